"""How one card is dressed: the colours of its stripe, glyph and border, and the sign of its class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidenceboard.model.values import dataclass

if TYPE_CHECKING:
    from evidenceboard.model.styled import Styled


@dataclass(frozen=True, slots=True)
class Dress:
    """What a card wears. `colour` is a role of the palette, "" that of its type.

    `by_hand`: the colour comes from a hand, which wins over that of the class; `sign` and its colour are the class's
    all the same. `dashed`: what the styling asks for cannot be judged or is not recorded.
    """

    colour: str = ""
    by_hand: bool = False
    sign: str = ""
    sign_colour: str = ""
    dashed: bool = False

    @property
    def classed(self) -> bool:
        """Return whether the colour tells a class rather than the type or a hand's choice."""
        return bool(self.sign_colour) and not self.by_hand


def dress(styled: Styled | None, slot: int, colour: str) -> Dress:
    """Return what a card wears under a styling; `colour` is the one chosen by hand, or ""."""
    if styled is None or styled.styling.is_plain or slot >= len(styled.of):
        return Dress(colour, bool(colour))
    found = styled.class_of(slot)
    if found is None:
        return Dress(colour or "outside", bool(colour), "", "outside")
    return Dress(colour or found.colour, bool(colour), found.sign, found.colour, found.unknown)
