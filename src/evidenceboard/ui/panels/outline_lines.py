"""How the outline paints its lines: a type with its count, an entity with its number."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from evidenceboard.ui.panels import lines
from evidenceboard.ui.panels.outline_model import COUNT, ID, NUMBER, OPEN, PLACED

LINE: Final = 27


class OutlineLines(QStyledItemDelegate):
    """Paint one line; all are equally high, so that no list is too long."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, LINE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        lines.ground(painter, option)
        if index.data(ID):
            _entity(painter, option, index)
        else:
            _heading(painter, option, index)
        painter.restore()


def _heading(painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
    rect: QRect = option.rect
    font: QFont = option.font
    glyph = index.data(Qt.ItemDataRole.DecorationRole)
    if isinstance(glyph, QIcon):
        glyph.paint(painter, QRect(rect.left() + 32, rect.center().y() - 8, 17, 17))
    bold = lines.sized(font, 13, QFont.Weight.DemiBold)
    lines.text(painter, rect.adjusted(56, 0, -60, 0), str(index.data()), bold, lines.ink(option))
    lines.text(painter, rect.adjusted(60, 0, -16, 0), f"{index.data(COUNT):,}", font, lines.quiet(), right=True)
    middle = QPoint(rect.left() + 18, rect.center().y())
    across = [(-3, -1), (0, 2), (3, -1)] if index.data(OPEN) else [(-1, -3), (2, 0), (-1, 3)]
    painter.setPen(lines.quiet())
    painter.drawPolyline([QPoint(middle.x() + x, middle.y() + y) for x, y in across])


def _entity(painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
    rect: QRect = option.rect
    placed = bool(index.data(PLACED))
    colour = QColor(index.data(Qt.ItemDataRole.ForegroundRole)) if placed else lines.quiet()
    number = lines.sized(option.font, 12, QFont.Weight.Medium)
    wide = lines.text(painter, rect.adjusted(32, 0, -16, 0), str(index.data(NUMBER)), number, colour)
    room = rect.adjusted(32 + max(42, wide + 8), 0, -14, 0)
    lines.text(painter, room, str(index.data()), option.font, lines.ink(option) if placed else lines.quiet())
