"""A list of lines under headings that fold, for panels that lead to cards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from evidenceboard.model.types import entity_type
from evidenceboard.model.values import dataclass
from evidenceboard.render import chips
from evidenceboard.ui.panels import lines
from evidenceboard.ui.panels.row_list import row_list
from evidenceboard.ui.plain import plain_tip
from evidenceboard.ui.shell import Shell

ROW: Final = Qt.ItemDataRole.UserRole
HEAD, LINE = 32, 46
_NOWHERE: Final = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a number in the colour of its type, a title, quiet words beneath. `mark`: a shape before the title."""

    id: str
    number: str
    title: str
    beneath: str
    type_id: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """What lines have in common, and how many there are."""

    key: str
    words: str
    count: int
    open: bool
    mark: str = ""


class FoldingModel(QAbstractListModel):
    """Lines by heading, in the order in which they are given; what was folded stays folded."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.folded: set[str] = set()
        self.rows: Sequence[Heading | Line] = ()
        self._groups: Sequence[tuple[str, str, str, Sequence[Line]]] = ()

    def take(self, groups: Sequence[tuple[str, str, str, Sequence[Line]]]) -> None:
        """List lines: for each heading its key, words, mark and lines; without words or lines there is no heading."""
        self._groups = groups
        rows: list[Heading | Line] = []
        for key, words, mark, found in groups:
            if found and words:
                rows.append(Heading(key, words, len(found), key not in self.folded, mark))
            rows += [] if key in self.folded else found
        if rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def fold(self, key: str) -> None:
        """Close the lines of a heading, or open them."""
        self.folded ^= {key}
        self.take(self._groups)

    def place_of(self, line_id: str) -> QModelIndex:
        """Return where a line stands; invalid where it is not listed."""
        for place, row in enumerate(self.rows):
            if isinstance(row, Line) and row.id == line_id:
                return self.index(place)
        return QModelIndex()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if isinstance(row, Heading):
                return f"{row.words}, {row.count:,}"
            return ", ".join(part for part in (row.number, row.title, row.beneath) if part)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, Line):
            return plain_tip(row.beneath)
        return None


class FoldingList(QWidget):
    """The view of such a list. `chosen` tells a line that the keyboard is on, `activated` one to go to."""

    chosen = Signal()
    activated = Signal(str)

    def __init__(self, shell: Shell, name: str, said: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.model = FoldingModel(self)
        self.view: QTableView = row_list(self, name, said, self.model, high=LINE, least=HEAD)
        self.view.setItemDelegate(_Painter(self.view, shell, self.model))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.clicked.connect(self._go)
        self.view.selectionModel().currentChanged.connect(lambda: self.chosen.emit())
        self.view.installEventFilter(self)
        self.model.modelReset.connect(self._size)
        self.setFocusProxy(self.view)

    def resizeEvent(self, event: object) -> None:
        self.view.setGeometry(self.rect())

    def _size(self) -> None:
        for place, row in enumerate(self.model.rows):
            self.view.verticalHeader().resizeSection(place, HEAD if isinstance(row, Heading) else LINE)

    def line(self) -> Line | None:
        """Return the line that is chosen, or None."""
        index = self.view.currentIndex()
        row = index.data(ROW) if index.isValid() else None
        return row if isinstance(row, Line) else None

    def choose(self, line_id: str, near: int = 0) -> None:
        """Choose a line; where it is gone, the one that stands in its place now."""
        place = self.model.place_of(line_id)
        if not place.isValid() and self.model.rows:
            rows = range(len(self.model.rows))
            after = [row for row in rows if row >= near and isinstance(self.model.rows[row], Line)]
            before = [row for row in rows if row < near and isinstance(self.model.rows[row], Line)]
            wanted = after[0] if after else before[-1] if before else 0
            place = self.model.index(wanted)
        self.view.setCurrentIndex(place)
        self.chosen.emit()

    def _go(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if isinstance(row, Heading):
            self.model.fold(row.key)
            self.view.setCurrentIndex(self.model.index(index.row()))
        elif isinstance(row, Line):
            self.activated.emit(row.id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            index = self.view.currentIndex()
            row = index.data(ROW) if index.isValid() else None
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row is not None:
                self._go(index)
                return True
            if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and isinstance(row, Heading):
                if row.open != (event.key() == Qt.Key.Key_Right):
                    self._go(index)
                return True
        return super().eventFilter(watched, event)


class _Painter(QStyledItemDelegate):
    """Paint a heading with its count, or a line."""

    def __init__(self, parent: QWidget, shell: Shell, model: FoldingModel) -> None:
        super().__init__(parent)
        self._shell, self._model = shell, model

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(120, HEAD if isinstance(index.data(ROW), Heading) else LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row = index.data(ROW)
        rect: QRect = option.rect
        painter.save()
        lines.ground(painter, option)
        if isinstance(row, Heading):
            self._heading(painter, option, row, rect)
        elif isinstance(row, Line):
            self._line(painter, option, row, rect)
        painter.restore()

    def _heading(self, painter: QPainter, option: QStyleOptionViewItem, row: Heading, rect: QRect) -> None:
        bold = lines.sized(option.font, 13, QFont.Weight.DemiBold)
        count = lines.text(
            painter, rect.adjusted(16, 3, -16, 0), f"{row.count:,}", option.font, lines.quiet(), right=True
        )
        left = 32 + self._mark(painter, row.mark, rect.left() + 32, rect.center().y() + 2, lines.ink(option))
        lines.text(painter, rect.adjusted(left, 3, -count - 24, 0), row.words, bold, lines.ink(option))
        middle = QPoint(rect.left() + 19, rect.center().y() + 2)
        across = [(-3, -1), (0, 2), (3, -1)] if row.open else [(-1, -3), (2, 0), (-1, 3)]
        painter.setPen(lines.quiet())
        painter.drawPolyline([QPoint(middle.x() + x, middle.y() + y) for x, y in across])

    def _line(self, painter: QPainter, option: QStyleOptionViewItem, row: Line, rect: QRect) -> None:
        colour = lines.quiet()
        if row.type_id:
            colour = self._shell.palette_.type_colour(entity_type(row.type_id).colour)
        left = 32 if any(isinstance(one, Heading) for one in self._model.rows[:1]) else 16
        first = QRect(rect.left() + left, rect.top() + 3, rect.width() - left - 14, 21)
        numbered = lines.sized(option.font, 12, QFont.Weight.Medium)
        wide = lines.text(painter, first, row.number, numbered, colour) if row.number else 0
        room = first.adjusted(max(42, wide + 8) if row.number else 0, 0, 0, 0)
        lines.text(painter, room, row.title, lines.sized(option.font, 13), lines.ink(option))
        below = QRect(room.left(), first.bottom() - 1, room.width(), 20)
        lines.text(painter, below, row.beneath, lines.sized(option.font, 12), lines.quiet())

    def _mark(self, painter: QPainter, mark: str, left: int, middle: int, ink: QColor) -> int:
        if not mark:
            return 0
        chips.paint_mark(painter, mark, QPointF(left, middle), ink)
        return round(chips.mark_width(mark)) + 7
