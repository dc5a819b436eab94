"""Writing what was typed in a panel: one transaction an edit, and why it was refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import Any

from PySide6.QtCore import QCoreApplication

from evidenceboard import commands
from evidenceboard.errors import EvidenceBoardError, InvalidValueError
from evidenceboard.model.document import Document
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.types import entity_type
from evidenceboard.model.values import dataclass
from evidenceboard.ui.panels.fields import Field
from evidenceboard.ui.shell import Shell

_say = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Draft:
    """Typed text that the file refused, and why."""

    text: str
    reason: str
    label: str


@dataclass(slots=True)
class Drafts:
    """Hold what is typed but not saved, by subject and field, until it is saved or put back."""

    held: dict[tuple[str, str], Draft] = field(default_factory=dict)

    def of(self, subject_id: str, key: str) -> Draft | None:
        """Return the text of one field, or None."""
        return self.held.get((subject_id, key))

    def keep(self, subject_id: str, key: str, draft: Draft | None) -> None:
        """Hold a text, or let go of it with None."""
        if draft is None:
            self.held.pop((subject_id, key), None)
        else:
            self.held[subject_id, key] = draft

    def elsewhere(self, subject_id: str) -> list[str]:
        """Return the subjects, other than this one, that hold a text."""
        return list(dict.fromkeys(subject for subject, _ in self.held if subject != subject_id))


def put(shell: Shell, label: str, change: Callable[[Transaction], object], **values: Any) -> str:
    """Perform a change as one operation; return why it was refused, or ""."""
    refused: list[str] = []

    def command(tx: Transaction) -> bool:
        try:
            change(tx)
        except EvidenceBoardError as error:
            refused.append(str(error))
            raise
        return True

    if shell.perform(label, command, **values):
        return ""
    return refused[0] if refused else not_taken()


def not_taken() -> str:
    """Return what is said beneath a value that the file, not a rule, refused."""
    return _say("Saving", "The file did not take it yet, it is tried again; the line above the board says why.")


def put_field(shell: Shell, subject_id: str, edited: Field, typed: str, *, group: str | None = None) -> str:
    """Write one field of an entity or link; return why it was refused, or ""."""

    def change(tx: Transaction) -> None:
        check_references(tx.document, edited, typed)
        commands.set_fields(tx, subject_id, **{edited.key: typed})

    return put(shell, "Change {field}", change, field=edited.label, group=group)


def check_references(document: Document, edited: Field, typed: str) -> None:
    """Refuse a number that names an entity of another type than the field refers to."""
    if edited.kind != "references":
        return
    for name in (part.strip() for part in typed.split(";")):
        if name and document.entity(name).type != edited.refers_to:
            wanted = entity_type(edited.refers_to).plural.lower()
            raise InvalidValueError(
                _say(
                    "Saving", "This field names {type}, and not every number here is one; nothing was changed."
                ).format(type=wanted)
            )
