"""What every page of the inspector is: one subject, a form, and the tables that it shows."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from evidenceboard.model.document import Document
from evidenceboard.model.gradings import ASSESSED
from evidenceboard.model.records import Assessment, Entity, Link
from evidenceboard.ui.panels.dates_typed import understanding
from evidenceboard.ui.panels.field_row import FieldRow, Value
from evidenceboard.ui.panels.fields import Field, as_typed, as_words
from evidenceboard.ui.panels.form import Form
from evidenceboard.ui.panels.saving import Drafts, put_field
from evidenceboard.ui.panels.sections import column
from evidenceboard.ui.shell import Shell


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

    def refresh(self) -> None:
        """Show the subject as the document has it now."""
        self.form.refresh()

    def keep(self) -> None:
        """Write what stands in open editors."""
        self.form.keep()

    def writing(self) -> bool:
        """Tell whether an editor is open."""
        return any(row.editor is not None for row in self.form.rows)

    def record_row(self, field: Field, table: str, *, large: bool = False) -> FieldRow:
        """Return the row of a field of this page's entity or link."""
        shell, subject_id = self.shell, self.subject_id
        return FieldRow(
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


def read_field(shell: Shell, table: str, subject_id: str, field: Field) -> Value:
    """Return the value of a field of an entity or link; of what is gone, nothing."""
    document = shell.document
    record = document.find(table, subject_id)
    if not isinstance(record, Entity | Link):
        return Value("")
    if field.key in ("title", "notes", "tags"):
        value = getattr(record, field.key, "")
    elif field.key in ASSESSED:
        return _judged(shell, document, subject_id, field)
    else:
        value = record.props.get(field.key)
    return Value(as_words(field, value, document), as_typed(field, value, document))


def _judged(shell: Shell, document: Document, subject_id: str, field: Field) -> Value:
    """Return the judgement that counts; where several analysts judged, all of theirs stand beneath."""
    found = [made for made in document.assessments_of(subject_id) if made.field == field.key and made.value]
    counts = document.judged(subject_id, field.key)
    own = next((made.value for made in found if made.author_id == shell.session.author_id), counts)
    beneath = ""
    if len(found) > 1:
        beneath = " · ".join(f"{judged_by(shell, made)}: {made.value}" for made in found)
    elif found and found[0].reason:
        beneath = found[0].reason
    return Value(as_words(field, counts, document), own, beneath)


def judged_by(shell: Shell, made: Assessment) -> str:
    """Return who made a judgement: “you”, or a name where the file has one."""
    if made.author_id == shell.session.author_id:
        return QCoreApplication.translate("Page", "you")
    return shell.session.author_name(made.author_id) or QCoreApplication.translate("Page", "another analyst")
