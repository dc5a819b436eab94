"""Which entities have values that nobody has decided between yet, and in which fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, cast

from evidenceboard.model.conflicts import DELETED, PROPS
from evidenceboard.model.entity_type import Props
from evidenceboard.model.link_types import link_type
from evidenceboard.model.records import Assessment, Card, Conflict, Entity, Link
from evidenceboard.model.types import entity_type

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

DELETION: Final = "deletion"
_KEY: Final = ("undecided", "")
_OWN: Final = {"from_id": "from", "to_id": "to", "marking_reason": "why lower"}


def undecided(document: Document) -> dict[str, list[Conflict]]:
    """Return the open conflicts by the entity whose card shows them, "" for those of boards and of the file."""
    if not document.size("conflicts"):
        return {}
    known = document.worked_out.get(_KEY)
    if known is None:
        known = {}
        for conflict in document.conflicts:
            known.setdefault(holder_of(document, conflict), []).append(conflict)
        document.worked_out[_KEY] = known
    return cast("dict[str, list[Conflict]]", known)


def fields_undecided(document: Document, entity_id: str) -> tuple[str, ...]:
    """Return the fields of an entity, and of the links that start at it, that are not decided, in words."""
    found = undecided(document).get(entity_id, ())
    return tuple(sorted({field_of(document, one) for one in found}))


def holder_of(document: Document, conflict: Conflict) -> str:
    """Return the entity whose card shows a conflict: of a link the one that it starts at; "" where there is none."""
    link = link_of(document, conflict)
    if link is not None:
        return link.from_id
    record = document.find(conflict.record_table, conflict.record_id)
    if isinstance(record, Entity):
        return record.id
    held = str(getattr(record, "entity_id", "") or getattr(record, "subject_id", "") or "")
    return held if document.find("entities", held) is not None else ""


def link_of(document: Document, conflict: Conflict) -> Link | None:
    """Return the link that a conflict is about, itself or what is judged or said of it."""
    record = document.find(conflict.record_table, conflict.record_id)
    if isinstance(record, Link):
        return record
    found = document.find("links", str(getattr(record, "subject_id", "") or ""))
    return found if isinstance(found, Link) else None


def field_of(document: Document, conflict: Conflict) -> str:
    """Return in words which field a conflict is about; of a link with the type of that."""
    record = document.find(conflict.record_table, conflict.record_id)
    link = link_of(document, conflict)
    word = _word(document, conflict)
    if conflict.field == DELETED and isinstance(record, (Card, Assessment)):
        what = "card" if isinstance(record, Card) else record.field
        word = f"{DELETION} of a {what}" if isinstance(record, Card) else f"{DELETION} of {what}"
    return f"{link_type(link.type).word}: {word}" if link is not None else word


def _word(document: Document, conflict: Conflict) -> str:
    if conflict.field == DELETED:
        return DELETION
    record = document.find(conflict.record_table, conflict.record_id)
    if isinstance(record, Assessment):
        return record.field if conflict.field == "value" else f"{record.field}, {conflict.field}"
    if conflict.record_table == "settings":
        return conflict.record_id
    name = conflict.field.removeprefix(f"{PROPS}.")
    model = _model(document, conflict)
    known = model.model_fields.get(name) if name != conflict.field else None
    return (known.title if known and known.title else _OWN.get(name, name)).lower()


def _model(document: Document, conflict: Conflict) -> type[Props]:
    record = document.find(conflict.record_table, conflict.record_id)
    if isinstance(record, Link):
        return link_type(record.type).props
    return entity_type(record.type).props if isinstance(record, Entity) else Props


def chip_words(fields: Sequence[str]) -> str:
    """Return what is not decided in short: the field where it is one, else how many."""
    return f"{fields[0]} undecided" if len(fields) == 1 else f"{len(fields)} fields undecided"
