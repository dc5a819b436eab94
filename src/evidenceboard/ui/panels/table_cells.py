"""How the table paints its cells: plain text, quiet where it is computed, a ring around the current one."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from evidenceboard.model.records import Entity
from evidenceboard.model.types import entity_type
from evidenceboard.ui.panels import lines
from evidenceboard.ui.panels.table_model import ENTITY, QUIET
from evidenceboard.ui.shell import Shell

LINE: Final = 27
PAD: Final = 8


class Cells(QStyledItemDelegate):
    """Paint one cell."""

    def __init__(self, shell: Shell, view: QTableView) -> None:
        super().__init__(view)
        self._shell, self._view = shell, view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, LINE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect, colours = option.rect, option.palette
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colours.color(QPalette.ColorRole.AlternateBase))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colours.color(QPalette.ColorRole.Mid))
        said = str(index.data() or "")
        if said:
            font, colour = option.font, lines.quiet() if index.data(QUIET) else lines.ink(option)
            if index.column() == 0:
                font, colour = lines.sized(option.font, 12, QFont.Weight.Medium), self._colour(index)
            lines.text(painter, rect.adjusted(PAD, 0, -PAD, 0), said, font, colour)
        if index == self._view.currentIndex() and self._view.hasFocus():
            painter.setPen(colours.color(QPalette.ColorRole.Link))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(rect).adjusted(0.5, 0.5, -1.5, -1.5))

    def _colour(self, index: QModelIndex | QPersistentModelIndex) -> QColor:
        entity = index.data(ENTITY)
        role = entity_type(entity.type).colour if isinstance(entity, Entity) else "note"
        return self._shell.palette_.type_colour(role)
