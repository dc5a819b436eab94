"""The history as a list: operations newest first under headings of days, loaded in pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QDate,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from evidenceboard.model.changes import Operation
from evidenceboard.session import Session
from evidenceboard.ui.plain import one_line, plain_tip

PAGE: Final = 200
_TRIES: Final = 10
"""Pages that one step of loading reads when a filter lets little through."""
ROW: Final = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
# Put together once: views ask for them at every cell that they paint.
_FLAGS: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def _say(text: str) -> str:
    return QCoreApplication.translate("History", text)


@dataclass(frozen=True, slots=True)
class Step:
    """One operation as the history shows it; `names` are those given to the state after it, `brought`: by a merge."""

    operation_id: str
    label: str
    who: str
    day: date | None
    time: str
    kind: str
    changes: int
    names: tuple[str, ...] = ()
    brought: bool = False

    @property
    def detail(self) -> str:
        """Return who did it, how, and how much of it there is."""
        n = _say("1 change") if self.changes == 1 else _say("{n} changes").format(n=f"{self.changes:,}")
        mark = {
            "undo": _say("undone"),
            "redo": _say("done again"),
            "import": _say("import"),
            "merge": _say("merge"),
            "create": "",
            "do": "",
        }.get(self.kind, one_line(self.kind, 40))
        came = _say("came with a merge") if self.brought else ""
        return " · ".join(part for part in (mark, self.who, n, came) if part)

    def holds(self, text: str) -> bool:
        """Tell whether a filter, in small letters, lets this through."""
        return text in " ".join((self.label, self.detail, *self.names)).casefold()


def day_words(day: date | None) -> str:
    """Return a day as a heading."""
    if day is None:
        return _say("Day not known")
    ago = (datetime.now().astimezone().date() - day).days
    if ago in (0, 1):
        return _say("Today") if ago == 0 else _say("Yesterday")
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)


class HistoryModel(QAbstractListModel):
    """Hold the steps that were loaded, and headings (plain text) between days."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._text = ""
        self._steps: list[Step] = []
        self._more = True
        self._names: dict[str, tuple[str, ...]] = {}
        self._authors: dict[str, str] = {}
        self.rows: list[Step | str] = []
        self.begin()

    def begin(self) -> None:
        """Load the newest page anew."""
        self.beginResetModel()
        self._steps, self.rows, self._more = [], [], True
        self._read_names()
        self.rows = self._load()
        self.endResetModel()

    def choose(self, text: str) -> None:
        """Show only what holds this text in label, name or author."""
        text = text.strip().casefold()
        if text != self._text:
            self._text = text
            self.beginResetModel()
            self.rows = []
            self.rows = self._with_headings(self._steps)
            if self._more and not self.rows:
                self.rows = self._load()
            self.endResetModel()

    def told(self, operation: Operation) -> None:
        """Put an operation that was just done on top; a merge has brought others along."""
        if operation.kind == "merge":
            self.begin()
            return
        if "snapshots" in operation.tables():
            self._read_names()
            self._rename()
        step = self._step(operation, operation.size)
        self._steps.insert(0, step)
        if self._text and not step.holds(self._text):
            return
        heading = day_words(step.day)
        if self.rows and self.rows[0] == heading:
            self.beginInsertRows(QModelIndex(), 1, 1)
            self.rows.insert(1, step)
        else:
            self.beginInsertRows(QModelIndex(), 0, 1)
            self.rows[:0] = [heading, step]
        self.endInsertRows()

    def _read_names(self) -> None:
        found: dict[str, tuple[str, ...]] = {}
        for snapshot in self._session.document.snapshots:
            found[snapshot.operation_id] = (*found.get(snapshot.operation_id, ()), one_line(snapshot.name, 120))
        self._names = found

    def _rename(self) -> None:
        def named(step: Step) -> Step:
            names = self._names.get(step.operation_id, ())
            if names == step.names:
                return step
            return replace(step, names=names)

        self._steps = [named(step) for step in self._steps]
        self.rows = [named(row) if isinstance(row, Step) else row for row in self.rows]
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def _step(self, operation: Operation, changes: int, brought: bool = False) -> Step:
        try:
            at = datetime.fromisoformat(operation.at.replace("Z", "+00:00"))
            here = at.replace(tzinfo=at.tzinfo or UTC).astimezone()
            day, time = here.date(), here.strftime("%H:%M")
        except (ValueError, OverflowError, OSError):
            # A stranger's file may hold any text as its time.
            day, time = None, ""
        return Step(
            operation.id,
            one_line(operation.label),
            self._who(operation.author_id),
            day,
            time,
            operation.kind,
            changes,
            self._names.get(operation.id, ()),
            brought,
        )

    def _who(self, author_id: str) -> str:
        if author_id == self._session.author_id:
            return _say("you")
        if author_id not in self._authors:
            self._authors[author_id] = one_line(self._session.author_name(author_id), 60) or _say("another analyst")
        return self._authors[author_id]

    def _load(self) -> list[Step | str]:
        """Read on until something passes the filter, or the end, or long enough; return the rows that are new."""
        for _ in range(_TRIES):
            page = self._session.history(PAGE, len(self._steps))
            self._more = len(page) == PAGE
            brought = self._session.log.came_with(operation.id for operation, _ in page)
            steps = [self._step(operation, n, operation.id in brought) for operation, n in page]
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
            if self._text and not step.holds(self._text):
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
            return plain_tip(" · ".join((row.label, *row.names)))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self.rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return _FLAGS
