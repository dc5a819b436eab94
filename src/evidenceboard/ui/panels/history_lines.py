"""How a step of the history is painted: what and when, who and how much beneath, the name of its state above."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from evidenceboard.ui.panels import lines
from evidenceboard.ui.panels.history_model import ROW, Index
from evidenceboard.ui.panels.history_steps import Step

_HEAD, _STEP, _NAMED = 32, 44, 62
_BAR: Final = 4
"""Pixels of the bar at the step whose state is shown."""


class StepLines(QStyledItemDelegate):
    """Paint a day, or a step: what at the left, when at the right, who and how much beneath."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(ROW)
        return QSize(120, _HEAD if not isinstance(row, Step) else _NAMED if row.names else _STEP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        rect: QRect = option.rect
        painter.save()
        if not isinstance(row, Step):
            bold = lines.sized(option.font, 11, QFont.Weight.DemiBold)
            lines.text(painter, rect.adjusted(16, 6, -16, 0), str(row), bold, lines.quiet())
            painter.restore()
            return
        lines.ground(painter, option)
        if row.is_here:
            painter.fillRect(QRect(rect.left(), rect.top(), _BAR, rect.height()), option.palette.link())
        top = rect.top() + 4
        if row.names:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(option.palette.link())
            painter.drawEllipse(QRect(rect.left() + 16, top + 6, 7, 7))
            name = QRect(rect.left() + 30, top, rect.width() - 46, 19)
            bold = lines.sized(option.font, 13, QFont.Weight.DemiBold)
            lines.text(painter, name, ", ".join(row.names), bold, lines.ink(option))
            top += 18
        small = lines.sized(option.font, 12)
        room = QRect(rect.left() + 16, top, rect.width() - 32, 20)
        wide = lines.text(painter, room, row.time, small, lines.quiet(), right=True)
        colour = lines.quiet() if row.kind == "undo" or row.later else lines.ink(option)
        lines.text(painter, room.adjusted(0, 0, -wide - 10, 0), row.label, lines.sized(option.font, 13), colour)
        below = QRect(rect.left() + 16, top + 18, rect.width() - 32, 18)
        lines.text(painter, below, row.detail, small, lines.quiet())
        painter.restore()
