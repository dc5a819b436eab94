"""The mark of open comments: a speech bubble with their number, on a card, beside a field, in the legend."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from evidenceboard.render.palette import Palette
from evidenceboard.render.text import draw_lines_of_text, line_width

HIGH: Final = 16.0
"""Board units from the top of a bubble to its tip."""
_BODY: Final = 13.0
_INSIDE: Final = 5.0
_SIZE: Final = 10.0
_FINE: Final = 4
_MOST: Final = 99


def talk_width(count: int) -> float:
    """Return how wide the bubble of so many comments is, in board units; 0 for none."""
    return max(18.0, line_width(_said(count), _SIZE * _FINE, "medium") / _FINE + 2 * _INSIDE) if count else 0.0


def paint_talk(painter: QPainter, palette: Palette, count: int, at: QPointF) -> None:
    """Paint the bubble of so many open comments with its upper left corner at a point; nothing for none."""
    if not count:
        return
    wide = talk_width(count)
    body = QRectF(at.x() + 0.5, at.y() + 0.5, wide - 1, _BODY)
    shape = QPainterPath()
    shape.addRoundedRect(body, 4, 4)
    tip = QPainterPath(QPointF(body.left() + 4, body.bottom() - 0.5))
    tip.lineTo(body.left() + 4, body.bottom() + 3.0)
    tip.lineTo(body.left() + 9, body.bottom() - 0.5)
    tip.closeSubpath()
    painter.save()
    painter.setPen(QPen(QColor(palette.muted), 1, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.setBrush(QColor(palette.card))
    painter.drawPath(shape.united(tip))
    words, ink = _said(count), QColor(palette.ink)
    left = body.center().x() - line_width(words, _SIZE * _FINE, "medium") / _FINE / 2
    painter.translate(left, body.top())
    painter.scale(1 / _FINE, 1 / _FINE)
    draw_lines_of_text(painter, QPointF(0, 0), (words,), _SIZE * _FINE, "medium", _BODY * _FINE, ink)
    painter.restore()


def _said(count: int) -> str:
    return str(count) if count <= _MOST else f"{_MOST}+"
