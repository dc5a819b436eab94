"""What every page of the inspector is: one subject, a form, and the tables that it shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from evidenceboard.model.gradings import ASSESSED
from evidenceboard.model.health_names import suspect
from evidenceboard.model.records import Assessment, Entity, Link
from evidenceboard.ui.outside import follow
from evidenceboard.ui.panels.dates_typed import understanding
from evidenceboard.ui.panels.field_row import FieldRow, Value
from evidenceboard.ui.panels.fields import Field, as_typed, as_words
from evidenceboard.ui.panels.form import Form
from evidenceboard.ui.panels.judged_row import JudgedRow
from evidenceboard.ui.panels.judged_words import choices_here, who
from evidenceboard.ui.panels.saving import Drafts, put_field
from evidenceboard.ui.panels.sections import column
from evidenceboard.ui.shell import Shell

if TYPE_CHECKING:
    from evidenceboard.ui.panels.undecided_here import UndecidedHere

STEP: Final = 4
"""Rows of the form that are made in one step."""


class Page(QWidget):
    """Show one subject. `refresh` is called after an operation on one of `tables`."""

    tables: ClassVar[frozenset[str]] = frozenset()
    drafted = Signal()

    def __init__(self, shell: Shell, drafts: Drafts, subject_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shell, self.drafts, self.subject_id = shell, drafts, subject_id
        self.writable = not shell.session.read_only
        self.column = column(self, 0)
        self.form = Form(self)
        self.form.drafted.connect(self.drafted)
        self._undecided: UndecidedHere | None = None
        self._is_full = False

    def filling(self) -> Iterator[None]:
        """Put what the page was not made with, from top to bottom, a part in each step."""
        yield from ()

    def refresh(self) -> None:
        """Show the subject as the document has it now."""
        self.form.refresh()
        if self._is_full:
            self.tell_undecided()

    def tell_undecided(self) -> None:
        """Show which fields are not decided, now and after each change: every row is there."""
        self._is_full = True
        if self._undecided is None and self.shell.document.size("conflicts"):
            # What knows conflicts is loaded for a file that has some.
            from evidenceboard.ui.panels.undecided_here import UndecidedHere

            self._undecided = UndecidedHere(self)
        if self._undecided is not None:
            self._undecided.refresh()

    def keep(self) -> None:
        """Write what stands in open editors."""
        self.form.keep()

    def writing(self) -> bool:
        """Tell whether an editor is open."""
        return any(row.busy for row in self.form.rows) or (self._undecided is not None and self._undecided.busy)

    def record_row(self, field: Field, table: str, *, large: bool = False) -> FieldRow:
        """Return the row of a field of this page's entity or link."""
        shell, subject_id = self.shell, self.subject_id
        if field.key in ASSESSED:
            here = replace(field, choices=choices_here(field, shell.document))
            return JudgedRow(shell, here, subject_id, self.drafts, self.form)
        row = FieldRow(
            field,
            subject_id,
            lambda: read_field(shell, table, subject_id, field),
            lambda typed: put_field(shell, subject_id, field, typed),
            self.drafts,
            self.form,
            editable=self.writable,
            large=large,
            explain=partial(understanding, shell.session) if field.date else None,
        )
        if field.key == "url":
            words = QCoreApplication.translate("Page", "Open…")
            row.offer(words, lambda: follow(shell, self.window(), read_field(shell, table, subject_id, field).typed))
        return row


def read_field(shell: Shell, table: str, subject_id: str, field: Field) -> Value:
    """Return the value of a field of an entity or link; of what is gone, nothing."""
    document = shell.document
    record = document.find(table, subject_id)
    if not isinstance(record, Entity | Link):
        return Value("")
    own = field.key in ("title", "notes", "tags")
    value = getattr(record, field.key, "") if own else record.props.get(field.key)
    beneath = suspect(record) if field.key == "title" and isinstance(record, Entity) else ""
    return Value(as_words(field, value, document), as_typed(field, value, document), beneath)


def judged_by(shell: Shell, made: Assessment) -> str:
    """Return who made a judgement: “you”, or a name where the file has one."""
    return who(shell, made.author_id)
