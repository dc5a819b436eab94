"""The rows of a marking in the inspector: the one that counts with where it comes from, and why it is lower."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QTimer

from evidenceboard import commands
from evidenceboard.model.document import Document
from evidenceboard.model.markings import Marked, effective, inherited
from evidenceboard.ui.dialogs import marking as dialog
from evidenceboard.ui.marking_words import choices, said, told
from evidenceboard.ui.panels.field_row import FieldRow, Value
from evidenceboard.ui.panels.fields import Field
from evidenceboard.ui.panels.page import Page
from evidenceboard.ui.panels.saving import put


def counting(page: Page, record_id: Callable[[], str], key: str = "marking", label: str = "") -> FieldRow:
    """Return the row of a marking. A choice that lowers it opens the dialog, which asks for the reason."""
    document = page.shell.document
    first = found(document, record_id())
    above = said(inherited(document, first)) if first else ""
    field = Field(key, label or _say("Marking"), kind="choice", choices=choices(above), empty=above)

    def read() -> Value:
        record = found(page.shell.document, record_id())
        if record is None:
            return Value("")
        counts = effective(page.shell.document, record)
        own = counts.whence in ("own", "lowered")
        return Value(said(counts) if own else "", record.marking, told(counts))

    def write(typed: str) -> str:
        record = found(page.shell.document, record_id())
        if record is not None and typed != record.marking and commands.lowers(page.shell.document, record, typed):
            # The editor closes first, and shows what still counts.
            QTimer.singleShot(0, page, lambda: dialog.ask(page.shell, page.window(), [record.id], typed))
            return ""
        if record is not None and typed == record.marking:
            return ""
        return put(page.shell, "Mark {n} things", lambda tx: commands.set_marking(tx, record_id(), typed), n=1)

    return _row(page, field, read, write)


def reasons(page: Page, record_id: str) -> list[FieldRow]:
    """Return the row of why a marking is lower, where it is."""
    record = found(page.shell.document, record_id)
    if record is None or effective(page.shell.document, record).whence != "lowered":
        return []
    field = Field("marking_reason", _say("Why lower"), kind="text")

    def read() -> Value:
        record = found(page.shell.document, record_id)
        return Value(record.marking_reason, record.marking_reason) if record else Value("")

    def write(typed: str) -> str:
        return put(
            page.shell, "Change {field}",
            lambda tx: commands.set_marking(
                tx, record_id, commands.marked_record(tx.document, record_id).marking, typed
            ),
            field=field.label,
        )  # fmt: skip

    return [_row(page, field, read, write)]


def shape(document: Document, record: Marked) -> object:
    """Return what of a marking stands in the choices and in whether there is a reason; a page is made anew for it."""
    return (inherited(document, record), effective(document, record).whence == "lowered")


def found(document: Document, record_id: str) -> Marked | None:
    """Return the thing that a row is of, or None where it is gone."""
    return commands.marked_record(document, record_id) if record_id and _there(document, record_id) else None


def _there(document: Document, record_id: str) -> bool:
    return any(document.find(table, record_id) for table in ("entities", "links", "boards", "attachments"))


def _row(page: Page, field: Field, read: Callable[[], Value], write: Callable[[str], str]) -> FieldRow:
    return FieldRow(field, page.subject_id, read, write, page.drafts, page.form, editable=page.writable)


def _say(text: str) -> str:
    return QCoreApplication.translate("Marking", text)
