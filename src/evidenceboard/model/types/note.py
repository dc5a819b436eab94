"""Note: a thought that is nobody's claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidenceboard.model.entity_type import EntityType, Props, no_chips
from evidenceboard.model.records import Entity

if TYPE_CHECKING:
    from evidenceboard.model.document import Document


class NoteProps(Props):
    """What is recorded of a note."""


def second_line(entity: Entity, document: Document) -> str:
    """Show the first line of the notes."""
    return entity.notes.partition("\n")[0]


NOTE = EntityType("note", "Note", "Notes", "N", "note", "note", "N", NoteProps, second_line, no_chips, hint="A thought")
