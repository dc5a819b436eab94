"""Where board units lie on the target, and how much detail a scale can show."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from PySide6.QtCore import QRect, QRectF

from evidenceboard.model.boxes import Box
from evidenceboard.model.values import dataclass


class Detail(IntEnum):
    """What a card shows. The level depends on the scale alone, so that a scrolled picture equals a fresh one."""

    BLOCKS = 0
    SKETCHES = 1
    TITLES = 2
    FACES = 3


_FROM: Final = ((0.55, Detail.FACES), (0.24, Detail.TITLES), (0.11, Detail.SKETCHES))
READING: Final = 0.7
"""The scale from which the words of links are shown; below it they would be too small to read."""


@dataclass(frozen=True, slots=True)
class View:
    """Target pixels are board units times `scale`, plus whole numbers `dx` and `dy`."""

    scale: float
    dx: int = 0
    dy: int = 0

    @property
    def detail(self) -> Detail:
        return next((detail for start, detail in _FROM if self.scale >= start), Detail.BLOCKS)

    def area(self, target: QRect) -> Box:
        """Return the part of the board, in board units, under a rectangle of the target."""
        return (
            (target.left() - self.dx) / self.scale,
            (target.top() - self.dy) / self.scale,
            (target.left() + target.width() - self.dx) / self.scale,
            (target.top() + target.height() - self.dy) / self.scale,
        )

    def snapped(self, x: float, y: float, w: float, h: float) -> QRect:
        """Return whole target pixels for a box in board units."""
        left, top = round(x * self.scale) + self.dx, round(y * self.scale) + self.dy
        return QRect(left, top, max(1, round(w * self.scale)), max(1, round(h * self.scale)))

    def exact(self, x: float, y: float, w: float, h: float) -> QRectF:
        """Return a box of the board on the target, not snapped."""
        return QRectF(x * self.scale + self.dx, y * self.scale + self.dy, w * self.scale, h * self.scale)
