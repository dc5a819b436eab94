"""The threads of a file as a list: filtered by state and by words, the newest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, cast

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from evidenceboard.model.comments import Thread, grouped
from evidenceboard.model.records import Comment
from evidenceboard.model.values import dataclass
from evidenceboard.ui.panels.comment_words import about, said_by, subject
from evidenceboard.ui.plain import one_line
from evidenceboard.ui.shell import Shell

ROW: Final = Qt.ItemDataRole.UserRole
OPEN: Final = "open"
RESOLVED: Final = "resolved"
ALL: Final = "all"
Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One thread as it is listed: what it is about, its first words, by whom and when."""

    thread: Thread
    number: str
    title: str
    entity_id: str
    words: str
    beneath: str

    @property
    def said(self) -> str:
        """Return all of the line, as it is read out."""
        return ", ".join((self.number, self.title, self.words, self.beneath))


class CommentsModel(QAbstractListModel):
    """List threads. `state` is open, resolved or all; `words` have to stand in what is said, or in whom and what."""

    def __init__(self, shell: Shell, said: Callable[[Thread], str], parent: QObject) -> None:
        """`said` tells how many answers a thread has, or that it is resolved."""
        super().__init__(parent)
        self._shell, self._said = shell, said
        self.state = OPEN
        self.words = ""
        self.rows: Sequence[Row] = ()
        self.total = 0

    def refresh(self) -> None:
        """List what there is now."""
        document = self._shell.document
        found = grouped(cast("list[Comment]", list(document.table("comments").values())))
        self.total = len(found)
        state, words = self.state, self.words.casefold().split()
        rows = []
        for thread in reversed(found):
            if state != ALL and thread.is_open != (state == OPEN):
                continue
            row = self._row(thread)
            if words:
                said = f"{row.said} {' '.join(said_by(self._shell, one) + ' ' + one.text for one in thread.all)}"
                if not all(word in said.casefold() for word in words):
                    continue
            rows.append(row)
        if rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def _row(self, thread: Thread) -> Row:
        document, first = self._shell.document, thread.first
        number, title, entity_id = subject(document, first.subject_id)
        field = about(document, first)
        beneath = " · ".join(part for part in (said_by(self._shell, first), self._said(thread)) if part)
        words = one_line(first.text, _SHOWN)
        return Row(thread, f"{number} · {field}" if field else number, title, entity_id, words, beneath)

    def place_of(self, thread_id: str) -> QModelIndex:
        """Return where a thread stands; invalid where it is not listed."""
        for at, row in enumerate(self.rows):
            if row.thread.first.id == thread_id:
                return self.index(at)
        return QModelIndex()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.words
        return row.said if role == Qt.ItemDataRole.AccessibleTextRole else None
