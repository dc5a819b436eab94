"""The table under hand and key: arrows and Tab move, Enter writes, a block is copied, pasted, filled and emptied."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from evidenceboard.ui.panels.table_blocks import Blocks
from evidenceboard.ui.panels.table_cells import LINE, Cells
from evidenceboard.ui.panels.table_columns import Column
from evidenceboard.ui.panels.table_model import TableModel
from evidenceboard.ui.shell import Shell

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STANDARD: Final = (
    (QKeySequence.StandardKey.Copy, "copy"),
    (QKeySequence.StandardKey.Paste, "paste"),
    (QKeySequence.StandardKey.SelectAll, "all"),
)
_HELD: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class TableView(QTableView):
    """Show the model; tell what its user wants of the selected cells."""

    wanted = Signal(str)
    """One of copy, paste, fill, empty, write, go."""
    typed = Signal(str)
    """The first letter of a value that is typed over a cell."""

    def __init__(self, shell: Shell, model: TableModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("tableCells")
        self.setAccessibleName(self.tr("Table of entities"))
        self.rows: TableModel = model
        self.setModel(model)
        self.setItemDelegate(Cells(shell, self))
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        # Rows of one fixed height: Qt does not walk through all of them to lay them out.
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(LINE)
        self.verticalHeader().setDefaultSectionSize(LINE)
        head = self.horizontalHeader()
        head.setSectionsMovable(True)
        head.setSectionsClickable(True)
        head.setHighlightSections(False)
        head.setMinimumSectionSize(40)
        self.setSortingEnabled(True)
        # For each section that it paints, a header asks cell by cell whether all of its column is selected.
        head.setSelectionModel(QItemSelectionModel(model, head))
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    # -- which cells are meant ---------------------------------------------------------------------------------

    def shown_columns(self) -> list[int]:
        """Return the columns that show, from the left to the right."""
        head = self.horizontalHeader()
        logical = (head.logicalIndex(place) for place in range(head.count()))
        return [column for column in logical if not self.isColumnHidden(column)]

    def column_at(self, column: int) -> Column:
        """Return what a column is."""
        return self.rows.columns[column]

    def blocks(self) -> Blocks:
        """Return the cells that are selected now."""
        ranges = self.selectionModel().selection()
        blocks = (ranges.at(place) for place in range(ranges.count()))
        found = tuple((r.top(), r.bottom(), r.left(), r.right()) for r in blocks)
        return Blocks(found, tuple(self.shown_columns()))

    def select_rows(self, rows: list[int], column: int, *, current: int = -1) -> None:
        """Select one cell in each of some rows."""
        chosen = QItemSelection()
        for first, last in _runs(sorted(rows)):
            chosen.select(self.rows.index(first, column), self.rows.index(last, column))
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(chosen, flag.ClearAndSelect)
        if current >= 0:
            self.selectionModel().setCurrentIndex(self.rows.index(current, column), flag.NoUpdate)

    # -- keys --------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._means(event):
            event.accept()  # what the window does with the key on the board is not meant here
            return True
        return super().event(event)

    def _means(self, event: QKeyEvent) -> str:
        for standard, word in _STANDARD:
            if event.matches(standard):
                return word
        key, held = event.key(), event.modifiers() & _HELD
        if held == Qt.KeyboardModifier.ControlModifier:
            return {Qt.Key.Key_D: "fill", Qt.Key.Key_Return: "go", Qt.Key.Key_Enter: "go"}.get(Qt.Key(key), "")
        if held:
            return ""
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            return "" if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else "empty"
        if key in (*_ENTER, Qt.Key.Key_F2):
            return "write"
        return "type" if event.text() and event.text().isprintable() else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        meant = self._means(event)
        if meant == "type":
            self.typed.emit(event.text())
        elif meant == "all":
            self.selectAll()
        elif meant:
            self.wanted.emit(meant)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.setCurrentIndex(index)
            self.wanted.emit("go" if index.column() == 0 else "write")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows.rowCount() and self.shown_columns():
            self.setCurrentIndex(self.rows.index(0, self.shown_columns()[0]))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Tab goes from cell to cell and, from the last one, on to what follows the table.
        index = self.currentIndex()
        shown = self.shown_columns()
        end = (self.rows.rowCount() - 1, shown[-1]) if forward else (0, shown[0])
        if not index.isValid() or (index.row(), index.column()) == end:
            return QWidget.focusNextPrevChild(self, forward)
        return super().focusNextPrevChild(forward)

    def step(self, down: int, across: int) -> None:
        """Go to the next cell below or beside the current one; one selected block stays selected."""
        index, shown = self.currentIndex(), self.shown_columns()
        if not index.isValid() or index.column() not in shown or self.blocks().count() > 1:
            return
        row = min(max(0, index.row() + down), self.rows.rowCount() - 1)
        place = min(max(0, shown.index(index.column()) + across), len(shown) - 1)
        self.setCurrentIndex(self.rows.index(row, shown[place]))

    def current(self) -> QModelIndex:
        """Return the current cell where it shows."""
        index = self.currentIndex()
        return index if index.isValid() and not self.isColumnHidden(index.column()) else QModelIndex()


def _runs(rows: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of rows that follow each other."""
    start = 0
    for place in range(1, len(rows) + 1):
        if place == len(rows) or rows[place] != rows[place - 1] + 1:
            yield rows[start], rows[place - 1]
            start = place
