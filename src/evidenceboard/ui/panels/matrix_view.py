"""The table of the matrix under hand and key: arrows move, a key judges, Enter asks why."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from evidenceboard.ui.board.physical import letter_of
from evidenceboard.ui.panels.matrix_model import WEIGHT_COLUMN, Index, MatrixModel
from evidenceboard.ui.panels.matrix_paint import Cells, Claims, Scenarios
from evidenceboard.ui.shell import Shell

DIGITS: Final = dict(zip("123456", ("CC", "C", "N", "NA", "I", "II"), strict=True))
LETTERS: Final = {"C": ("C", "CC"), "N": ("N", "NA"), "I": ("I", "II"), "A": ("NA", "NA")}
"""What a letter judges, alone and with Shift."""
WEIGHTS: Final = {"H": "high", "M": "medium", "L": "low"}
_WEIGHT_WIDTH, _LAST_WIDTH = 74, 78
_NARROW, _WIDE = 104, 132
_TITLES: Final = (240, 520)
"""The least and the greatest width of the column of claims."""
_IGNORED: Final = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier


def value_of(event: QKeyEvent, *, weight: bool) -> str | None:
    """Return what a key judges: a value, a weight, "" to take it back; None where it judges nothing."""
    held = event.modifiers() & ~_IGNORED
    if held & ~Qt.KeyboardModifier.ShiftModifier:
        return None
    shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
    if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
        return None if shift else ""
    letter = letter_of(event)
    if weight:
        return WEIGHTS.get(letter)
    if letter in LETTERS:
        return LETTERS[letter][shift]
    return DIGITS.get(event.text())


class MatrixView(QTableView):
    """Show the model; tell what its user wants of the current cell."""

    judged = Signal(str)
    asked_why = Signal()
    opened = Signal(QModelIndex)
    moved = Signal()

    def __init__(self, shell: Shell, model: MatrixModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("matrixTable")
        self._model = model
        self.cells = Cells(shell, model, self)
        self.scenarios, self.claims = Scenarios(shell, model, self), Claims(shell, model, self)
        self.setHorizontalHeader(self.scenarios)
        self.setVerticalHeader(self.claims)
        self.setModel(model)
        # The corner has no button, and the ring of the current cell tells where the keyboard is.
        self.setStyleSheet(
            "QTableCornerButton::section, QAbstractScrollArea::corner { background: transparent; border: none; }"
            " :focus { border: none; }"
        )
        self.setItemDelegate(self.cells)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.claims.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.doubleClicked.connect(self.opened)
        model.modelReset.connect(self.fit)
        self.fit()

    # -- where the hand is -------------------------------------------------------------------------------------

    def go(self, index: Index) -> None:
        """Make a cell the current one."""
        place = self._model.index(index.row(), index.column())
        if place.isValid():
            self.selectionModel().setCurrentIndex(place, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.cells.current = self.claims.current = current.row()
        self.claims.viewport().update()
        self.viewport().update()
        self.moved.emit()

    def step(self, by: int) -> None:
        """Go on to the next cell of the row, and from its end to the next row."""
        wide, here = len(self._model.scores), self.currentIndex()
        if not wide or not here.isValid():
            return
        at = here.row() * wide + max(0, min(here.column() - 1, wide - 1)) + by
        if 0 <= at < wide * self._model.rowCount():
            self.go(self._model.index(at // wide, at % wide + 1))

    # -- keys --------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        # A letter judges here, whatever it means to the window.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._value(event) is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def _value(self, event: QKeyEvent) -> str | None:
        column = self.currentIndex().column()
        if not self.currentIndex().isValid() or column == self._model.last:
            return None
        return value_of(event, weight=column == WEIGHT_COLUMN)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.currentIndex()
        if (value := self._value(event)) is not None:
            self.judged.emit(value)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and here.isValid():
            if here.column() == WEIGHT_COLUMN:
                self.opened.emit(here)
            else:
                self.asked_why.emit()
        elif self._model.hidden and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and here.column() > 0:
            self.step(1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.text().isprintable() and event.text():
            event.ignore()  # no search by typing: a wrong key must not carry the hand elsewhere
        else:
            super().keyPressEvent(event)

    # -- room --------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Share the width: scenarios as wide as they need, the rest to the claims."""
        count = len(self._model.scores)
        room = self.width() - _WEIGHT_WIDTH - _LAST_WIDTH - self.verticalScrollBar().sizeHint().width() - 4
        wide = max(_NARROW, min(_WIDE, (room - 320) // count)) if count else _NARROW
        titles = max(_TITLES[0], min(_TITLES[1], room - wide * count))
        self.claims.setFixedWidth(titles)
        self.setColumnWidth(WEIGHT_COLUMN, _WEIGHT_WIDTH)
        for column in range(1, count + 1):
            self.setColumnWidth(column, wide)
        self.setColumnWidth(self._model.last, _LAST_WIDTH)
