"""What would come of taking in another copy, before anything is written."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from evidenceboard.merge import Plan
from evidenceboard.model.numbers import natural
from evidenceboard.model.records import Conflict, from_row
from evidenceboard.session import Session
from evidenceboard.store.log import HEADER
from evidenceboard.ui.conflict_words import told_of
from evidenceboard.ui.panels.prose import Prose
from evidenceboard.ui.plain import one_line
from evidenceboard.ui.statusline import clock

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window

LISTED: Final = 200
"""Fields that are listed; the rest is counted."""
_COLUMNS: Final = HEADER.replace('"', "").split(", ")
_AUTHOR, _AT = _COLUMNS.index("author_id"), _COLUMNS.index("at")
_TABLES: Final = ("entities", "cards", "links", "assessments", "frames", "boards", "attachments", "comments")


def _say(text: str) -> str:
    return QCoreApplication.translate("MergeDialog", text)


class MergeDialog(QDialog):
    """Tell what would be taken, by whom and since when, and which fields would be left to decide."""

    def __init__(self, window: Window, theirs: Session, planned: Plan) -> None:
        super().__init__(window)
        self.setObjectName("mergeDialog")
        self._window, self._theirs, self._planned = window, theirs, planned
        self._wanted = ""
        name = one_line(theirs.path.name, 60)
        self.setWindowTitle(_say("Merge in another copy"))
        self.resize(600, 520)
        self.said = Prose("\n".join(self._account(name)), self)
        self.fields = Prose("\n".join(self._fields()), self)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget(scroll)
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addWidget(self.fields)
        inside.addStretch(1)
        scroll.setWidget(holder)
        holder.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        count = len(planned.conflicts)
        head = (
            _say("1 field is left for you to decide") if count == 1 else _say("{n} fields are left for you to decide")
        )
        head = head.format(n=f"{count:,}") if count else _say("Nothing is left to decide")
        self.take = self._button(_say("Merge"), "merge")
        self.take.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(
            Prose(_say("What {name} would bring").format(name=name), self, size=15, weight=QFont.Weight.DemiBold)
        )
        column.addWidget(self.said)
        column.addWidget(Prose(head, self, weight=QFont.Weight.DemiBold))
        column.addWidget(scroll, 1)
        note = _say(
            "Nothing is written yet. Merging is one step that undo takes back, and the state before it gets a name in "
            "the history. {name} itself is only read."
        )
        column.addWidget(Prose(note.format(name=name), self, quiet=True))
        row = QHBoxLayout()
        row.addWidget(self._button(_say("Compare…"), "compare"))
        row.addStretch(1)
        row.addWidget(self._button(_say("Cancel"), ""))
        row.addWidget(self.take)
        column.addLayout(row)

    def wanted(self) -> str:
        """Show the dialog; return `merge`, `compare`, or "" where it is put off."""
        self.exec()
        self.deleteLater()
        return self._wanted

    def _button(self, text: str, wanted: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(f"merge_{wanted or 'cancel'}")
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._choose(wanted))
        return button

    def _choose(self, wanted: str) -> None:
        self._wanted = wanted
        self.accept() if wanted else self.reject()

    # -- what is told ------------------------------------------------------------------------------------------

    def _account(self, name: str) -> list[str]:
        lines = []
        operations = self._planned.joined.brought.operations
        if self._planned.by_records:
            lines.append(
                _say(
                    "The two files have no history in common, as after a clean copy: they are compared record by "
                    "record. What only {name} has comes in, and every difference is left for you to decide."
                ).format(name=name)
            )
        for author_id, count in Counter(str(row[_AUTHOR]) for row in operations).most_common():
            since = min(str(row[_AT]) for row in operations if row[_AUTHOR] == author_id)
            said = (
                _say("1 operation by {who}, of {since}")
                if count == 1
                else _say("{n} operations by {who}, since {since}")
            )
            lines.append(said.format(n=f"{count:,}", who=self._who(author_id), since=clock(since)))
        changed = ", ".join(self._changes())
        if changed:
            lines.append(_say("On this board that means: {changes}.").format(changes=changed))
        return lines

    def _who(self, author_id: str) -> str:
        if author_id == self._window.session.author_id:
            return _say("you")
        return one_line(self._name(author_id), 60) or _say("another analyst")

    def _name(self, author_id: str) -> str:
        return self._theirs.author_name(author_id) or self._window.session.author_name(author_id)

    def _changes(self) -> list[str]:
        document = self._window.document
        added: Counter[str] = Counter()
        changed: Counter[str] = Counter()
        gone: Counter[str] = Counter()
        for (table, record_id), row in self._planned.rows.items():
            there = document.find(table, record_id) is not None
            (gone if row is None else changed if there else added)[table] += 1
        kinds = (
            (added, _say("{what} added")),
            (changed, _say("{what} changed")),
            (gone, _say("{what} removed")),
        )
        return [
            said.format(what=_counted(table, counted[table]))
            for counted, said in kinds
            for table in _TABLES
            if counted[table]
        ]

    def _fields(self) -> list[str]:
        lines = sorted((self._field(one) for one in self._planned.conflicts[:LISTED]), key=natural)
        more = len(self._planned.conflicts) - LISTED
        return [*lines, _say("… and {n} more").format(n=f"{more:,}")] if more > 0 else lines

    def _field(self, conflict: Conflict) -> str:
        document = self._window.document
        known = document.find(conflict.record_table, conflict.record_id) is not None
        source = document if known else self._theirs.document
        row = self._planned.rows.get((conflict.record_table, conflict.record_id))
        if not known and source.find(conflict.record_table, conflict.record_id) is None and row is not None:
            number = str(getattr(from_row(conflict.record_table, row), "number", ""))
            return f"{number} · {conflict.field}".strip(" ·")
        told = told_of(self._window.session, source, conflict, self._name)
        field = "" if told.deletion else told.field
        return " · ".join(part for part in (told.number or told.title, field, told.gist) if part)


def _counted(table: str, count: int) -> str:
    one, several = {
        "entities": (_say("1 entity"), _say("{n} entities")),
        "cards": (_say("1 card"), _say("{n} cards")),
        "links": (_say("1 link"), _say("{n} links")),
        "frames": (_say("1 frame"), _say("{n} frames")),
        "assessments": (_say("1 judgement"), _say("{n} judgements")),
        "boards": (_say("1 board"), _say("{n} boards")),
        "attachments": (_say("1 file"), _say("{n} files")),
        "comments": (_say("1 comment"), _say("{n} comments")),
    }[table]
    return (one if count == 1 else several).format(n=f"{count:,}")
