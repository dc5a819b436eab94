"""The sign of a class: a letter in a patch of its colour, or a shape, so that nothing is told by colour alone."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from evidenceboard.model.types.claim import MARKS
from evidenceboard.render.chips import mark_width, paint_mark
from evidenceboard.render.palette import contrast
from evidenceboard.render.text import draw_lines_of_text, line_width

HIGH: Final = 15.0
"""Height of a badge, in board units."""
SHAPES: Final = frozenset(MARKS.values())
"""Signs that are the shape of a standing rather than letters."""
_LARGER: Final = 1.25
"""How much larger such a shape is than on a chip."""
_INSIDE: Final = 4.0
_SIZE: Final = 10.0
_FINE: Final = 4
"""The letters are drawn larger and scaled down, as those of chips."""
_BLACK, _WHITE = QColor("#000000"), QColor("#FFFFFF")


def badge_width(sign: str) -> float:
    """Return the width of the badge of a sign, in board units; 0 where there is none."""
    if not sign:
        return 0.0
    if sign in SHAPES:
        return mark_width(sign) * _LARGER
    return max(HIGH, line_width(sign, _SIZE * _FINE, "medium") / _FINE + 2 * _INSIDE)


def paint_badge(painter: QPainter, sign: str, at: QPointF, colour: QColor, *, dashed: bool = False) -> None:
    """Paint the badge of a sign, its upper left corner at `at`. `dashed`: an open box, for what is not known."""
    if not sign:
        return
    box = QRectF(at.x(), at.y(), badge_width(sign), HIGH)
    if sign in SHAPES:
        painter.save()
        painter.translate(box.left(), box.center().y())
        painter.scale(_LARGER, _LARGER)
        paint_mark(painter, sign, QPointF(0, 0), colour)
        painter.restore()
        return
    if dashed:
        painter.setPen(QPen(colour, 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        ink = colour
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(box, 3, 3)
        ink = max((_BLACK, _WHITE), key=lambda one: contrast(one, colour))
    wide = line_width(sign, _SIZE * _FINE, "medium") / _FINE
    painter.save()
    painter.translate(box.center().x() - wide / 2, box.top())
    painter.scale(1 / _FINE, 1 / _FINE)
    draw_lines_of_text(painter, QPointF(0, 0), (sign,), _SIZE * _FINE, "medium", HIGH * _FINE, ink)
    painter.restore()
