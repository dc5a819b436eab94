"""The colours of the board, by what they are for: light, dark, high contrast, and paper."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtGui import QColor

from evidenceboard.model.values import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """One set of colours, as #rrggbb, or #aarrggbb where the ground shines through."""

    name: str
    board: str
    dot: str
    chrome: str
    edge: str
    card: str
    border: str
    frame: str
    ink: str
    muted: str
    chip: str
    link: str
    selection: str
    actor: str
    claim: str
    source: str
    scenario: str
    event: str
    place: str
    note: str
    question: str
    supports: str
    contradicts: str

    def type_colour(self, role: str) -> QColor:
        """Return the colour of a type or of a hand's choice; a name that is no token counts as a note's."""
        return QColor(getattr(self, role, self.note) if role in CHOICES else self.note)


CHOICES: Final = (
    "actor",
    "claim",
    "source",
    "scenario",
    "event",
    "place",
    "note",
    "question",
    "supports",
    "contradicts",
)
"""The tokens that a card may be coloured with."""

LIGHT: Final = Palette(
    name="light",
    board="#F5F4F1",
    dot="#DEDBD4",
    chrome="#FBFAF8",
    edge="#E4E1DA",
    card="#FFFFFF",
    border="#D8D4CB",
    frame="#73FFFFFF",
    ink="#23221F",
    muted="#6B675F",
    chip="#F0EEE9",
    link="#85817A",
    selection="#1668C7",
    actor="#2F6DB5",
    claim="#9E5907",
    source="#2B7A57",
    scenario="#7650A8",
    event="#187184",
    place="#7F6130",
    note="#6F6B60",
    question="#B0386B",
    supports="#2B7A57",
    contradicts="#C0392B",
)

DARK: Final = Palette(
    name="dark",
    board="#1C1D1F",
    dot="#2B2D30",
    chrome="#222426",
    edge="#34373B",
    card="#27292C",
    border="#3B3E43",
    frame="#0AFFFFFF",
    ink="#ECEBE7",
    muted="#A6A49E",
    chip="#33363A",
    link="#85878C",
    selection="#6CB0FF",
    actor="#6FA8E8",
    claim="#E3A04F",
    source="#63BD93",
    scenario="#AE8BDD",
    event="#5DB8CB",
    place="#C9A86E",
    note="#B0AB9E",
    question="#E48AB0",
    supports="#63BD93",
    contradicts="#FF7B6B",
)

HIGH_CONTRAST: Final = Palette(
    name="contrast",
    board="#FFFFFF",
    dot="#C8C8C8",
    chrome="#FFFFFF",
    edge="#000000",
    card="#FFFFFF",
    border="#000000",
    frame="#00FFFFFF",
    ink="#000000",
    muted="#303030",
    chip="#E6E6E6",
    link="#404040",
    selection="#0037B3",
    actor="#0B3D91",
    claim="#6B3600",
    source="#004D33",
    scenario="#4B1E87",
    event="#004A5C",
    place="#4F3600",
    note="#3A372F",
    question="#8A0045",
    supports="#004D33",
    contradicts="#A30000",
)

PAPER: Final = replace(LIGHT, name="paper", board="#FFFFFF", dot="#FFFFFF", frame="#00FFFFFF")
"""What is printed: the light colours on white, without the dots of the screen."""

MARKINGS: Final = {
    "TLP:RED": "#FF2B2B",
    "TLP:AMBER+STRICT": "#FFC000",
    "TLP:AMBER": "#FFC000",
    "TLP:GREEN": "#33FF00",
    "TLP:CLEAR": "#FFFFFF",
}
"""The colour of a marking's letters, on black (TLP 2.0)."""


def contrast(ink: QColor, ground: QColor) -> float:
    """Return the contrast of two opaque colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(ink), _luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def over(colour: QColor, ground: QColor) -> QColor:
    """Return the opaque colour that is seen where a colour lies over a ground."""
    share = colour.alphaF()
    return QColor.fromRgbF(
        colour.redF() * share + ground.redF() * (1 - share),
        colour.greenF() * share + ground.greenF() * (1 - share),
        colour.blueF() * share + ground.blueF() * (1 - share),
    )


def _luminance(colour: QColor) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
