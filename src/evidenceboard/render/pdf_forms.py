"""Forms: what many pages show and Qt draws once; a page only says which one stands where."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Final

from evidenceboard.render.pdf_drawn import Drawn, Piece
from evidenceboard.render.pdf_file import Packer, numbers
from evidenceboard.render.progress import Tick, unheard

_ABOUT: Final = (
    b"/Type /XObject /Subtype /Form /BBox [-14400 -14400 14400 14400] /Resources %d 0 R /Filter /FlateDecode "
)
_STEP: Final = 20
"""Forms that Qt draws in one step."""


@dataclass(slots=True)
class Forms:
    """Keep which forms there are, by what they show."""

    drawn: Drawn
    packer: Packer
    tick: Tick = unheard
    _names: dict[Hashable, bytes] = field(default_factory=dict)

    def make(self, pieces: Mapping[Hashable, Piece]) -> None:
        """Let Qt draw those forms that are not there yet, some in one step."""
        new = [(key, piece) for key, piece in pieces.items() if key not in self._names]
        for first in range(0, len(new), _STEP):
            self.tick(0.0)
            self._make(new[first : first + _STEP])

    def _make(self, new: list[tuple[Hashable, Piece]]) -> None:
        for (key, _), stamp in zip(new, self.drawn.stamps([piece for _, piece in new]), strict=True):
            # A stamp leaves its own state and the one around that.
            number = self.packer.put([b"/GSa gs /CSp cs /CSp CS q q\n", stamp, b"\nQ Q"], _ABOUT % self.drawn.resources)
            name = b"X%d" % number
            self._names[key] = name
            self.drawn.need(b"XObject", name, b"%d 0 R" % number)

    def placed(self, key: Hashable, x: float, y: float) -> bytes:
        """Return what shows a form at a point of a page, in points."""
        return b"q 1 0 0 1 %b cm /%b Do Q\n" % (numbers(x, y), self._names[key])
