"""How a cell of the matrix looks: ground and letters for each value, in the colours of the window."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtGui import QColor

from evidenceboard.render.palette import Palette, contrast, over

_TINT: Final = 0.2
"""How much of the colour is in the ground of a value that is not the strongest."""


@lru_cache(maxsize=32)
def cell_colours(colours: Palette, value: str) -> tuple[QColor, QColor]:
    """Return the ground of a value and the colour of its letters, which can be read on it (4.5 : 1).

    Nobody may change them.
    """
    if value in ("CC", "II"):
        ground = QColor(colours.supports if value == "CC" else colours.contradicts)
        inks = [QColor("#FFFFFF"), QColor("#111111")]
        return ground, max(inks, key=lambda ink: contrast(ink, ground))
    if value in ("C", "I"):
        tint = QColor(colours.supports if value == "C" else colours.contradicts)
        tint.setAlphaF(_TINT)
        return over(tint, QColor(colours.card)), QColor(colours.ink)
    if value == "N":
        return QColor(colours.chip), QColor(colours.ink)
    return QColor(colours.chrome), QColor(colours.muted)
