"""The history as a list: operations newest first under headings of days, loaded in pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from evidenceboard.model.changes import Operation
from evidenceboard.session import Session
from evidenceboard.ui.panels.history_steps import Step, Telling, Wanted, day_words
from evidenceboard.ui.plain import plain_tip

PAGE: Final = 200
_TRIES: Final = 10
"""Pages that one step of loading reads when a filter lets little through."""
ROW: Final = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
# Put together once: views ask for them at every cell that they paint.
_FLAGS: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class HistoryModel(QAbstractListModel):
    """Hold the steps that were loaded, and headings (plain text) between days."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._telling = Telling(session)
        self._wanted = Wanted()
        self._steps: list[Step] = []
        self._more = True
        self._counted = 0
        self.rows: list[Step | str] = []
        self.begin()

    def begin(self) -> None:
        """Load the newest page anew."""
        self._telling.learn()
        self.beginResetModel()
        self._steps, self.rows, self._more = [], [], True
        self._counted = self._session.operation_count()
        self.rows = self._load()
        self.endResetModel()

    def choose(self, wanted: Wanted) -> None:
        """Show only the steps that are wanted."""
        if wanted != self._wanted:
            self._wanted = wanted
            self.beginResetModel()
            self.rows = []
            self.rows = self._with_headings(self._steps)
            if self._more and not self.rows:
                self.rows = self._load()
            self.endResetModel()

    def told(self, operation: Operation) -> None:
        """Put an operation that was just done on top, with what it brought where it is a merge."""
        if operation.kind == "merge":
            self.begin()
            return
        if "snapshots" in operation.tables():
            self.tell_anew()
        step = self._telling.step(operation, operation.size)
        self._steps.insert(0, step)
        if not self._wanted.takes(step):
            return
        heading = day_words(step.day)
        if self.rows and self.rows[0] == heading:
            self.beginInsertRows(QModelIndex(), 1, 1)
            self.rows.insert(1, step)
        else:
            self.beginInsertRows(QModelIndex(), 0, 1)
            self.rows[:0] = [heading, step]
        self.endInsertRows()

    def tell_anew(self) -> None:
        """Say what is known now of the steps that are listed: names of states, and which of them is shown."""
        if self._session.place_shown is not None and self._session.operation_count() != self._counted:
            self.begin()
            return
        self._telling.learn_names()
        self._steps = [self._telling.again(step) for step in self._steps]
        self.rows = [self._telling.again(row) if isinstance(row, Step) else row for row in self.rows]
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def row_of(self, operation_id: str) -> int | None:
        """Return the row of an operation among those that are listed, or None."""
        found = (n for n, row in enumerate(self.rows) if isinstance(row, Step) and row.operation_id == operation_id)
        return next(found, None)

    def _load(self) -> list[Step | str]:
        """Read on until something passes the filter, or the end, or long enough; return the rows that are new."""
        for _ in range(_TRIES):
            page = self._session.history(PAGE, len(self._steps))
            self._more = len(page) == PAGE
            steps = [self._telling.step(operation, n) for operation, n in page]
            self._steps.extend(steps)
            found = self._with_headings(steps)
            if found or not self._more:
                return found
        return []

    def _with_headings(self, steps: Sequence[Step]) -> list[Step | str]:
        last = next((row for row in reversed(self.rows) if isinstance(row, Step)), None)
        heading = day_words(last.day) if last else None
        made: list[Step | str] = []
        for step in steps:
            if not self._wanted.takes(step):
                continue
            if day_words(step.day) != heading:
                heading = day_words(step.day)
                made.append(heading)
            made.append(step)
        return made

    # -- Qt's questions ----------------------------------------------------------------------------------------

    def canFetchMore(self, parent: Index = _NOWHERE) -> bool:
        return self._more and not parent.isValid()

    def fetchMore(self, parent: Index = _NOWHERE) -> None:
        found = self._load()
        if found:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(found) - 1)
            self.rows.extend(found)
            self.endInsertRows()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if isinstance(row, str):
            return row if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (row.time, row.label, row.detail, *row.names) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(" · ".join((row.label, row.detail, *row.names)))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self.rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return _FLAGS
