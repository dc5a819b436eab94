"""Two boards compared record by record: what is only in one, what is different in which field, what only moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Any, Final

from evidenceboard.model.conflicts import ABSENT, PROPS, fields_of, same
from evidenceboard.model.document import Document
from evidenceboard.model.records import Assessment, Card, Entity, Link, Record, as_row
from evidenceboard.model.types import entity_type
from evidenceboard.model.values import dataclass

PLACE: Final = frozenset({"x", "y", "w", "h", "z", "fitted", "frame_id", "colour", "pinned", "collapsed", "position"})
_COMPARED: Final = (
    "settings", "boards", "entities", "links", "assessments", "frames", "cards", "attachments", "comments",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """A record that only one of the two has. `number` is that of the entity, or of both ends of a link."""

    table: str
    id: str
    number: str
    what: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that is different: `mine` in the first, `theirs` in the second; None where there is no such property."""

    table: str
    id: str
    number: str
    field: str
    mine: Any
    theirs: Any


@dataclass(slots=True)
class Difference:
    """What leads from the first board to the second. `moved`: cards and frames of which the place differs."""

    added: list[Item] = field(default_factory=list)
    removed: list[Item] = field(default_factory=list)
    changed: list[FieldChange] = field(default_factory=list)
    moved: list[Item] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.changed or self.moved)


def compare(mine: Document, theirs: Document) -> Difference:
    """Return what is different in the second document: added there, removed there, changed field by field, moved."""
    made = Difference()
    for table in _COMPARED:
        here, there = mine.table(table), theirs.table(table)
        made.added += [_item(theirs, table, one) for record_id, one in there.items() if record_id not in here]
        made.removed += [_item(mine, table, one) for record_id, one in here.items() if record_id not in there]
        for record_id, one in here.items():
            other = there.get(record_id)
            if other is None or one == other:
                continue
            changes = list(_changes(mine, table, one, other))
            placed = table in ("cards", "frames", "boards")
            made.changed += [change for change in changes if not placed or change.field not in PLACE]
            if placed and any(change.field in PLACE for change in changes):
                made.moved.append(_item(mine, table, one))
    return made


def _changes(document: Document, table: str, one: Record, other: Record) -> Iterator[FieldChange]:
    was, now = dict(fields_of(table, as_row(one))), dict(fields_of(table, as_row(other)))
    for name in dict.fromkeys((*was, *now)):
        old, new = was.get(name, ABSENT), now.get(name, ABSENT)
        if not same(old, new) and (table, name) != ("assessments", "at"):
            said = (None if value is ABSENT else value for value in (old, new))
            yield FieldChange(table, one.id, number_of(document, table, one), field_word(one, name), *said)


def _item(document: Document, table: str, record: Record) -> Item:
    return Item(table, record.id, number_of(document, table, record), what_of(record))


def number_of(document: Document, table: str, record: Record) -> str:
    """Return the number that people know a record by: its own, or that of the entity or the ends that it belongs to."""
    if isinstance(record, Entity):
        return record.number
    if isinstance(record, Link):
        return " → ".join(document.numbers_of([record.from_id, record.to_id]))
    subject = getattr(record, "subject_id", "") or getattr(record, "entity_id", "")
    link = document.find("links", subject) if subject else None
    if isinstance(link, Link):
        return number_of(document, "links", link)
    return "".join(document.numbers_of([subject])) if subject else "file" if table == "settings" else ""


def what_of(record: Record) -> str:
    """Return in a word what a record is: the type of an entity or link, the field of a judgement, else its kind."""
    if isinstance(record, Entity):
        return entity_type(record.type).word.lower()
    if isinstance(record, Link):
        return record.type
    if isinstance(record, Assessment):
        return record.field
    return "card" if isinstance(record, Card) else type(record).__name__.lower()


def field_word(record: Record, name: str) -> str:
    """Return a field as the command line names it: a property without what says so, a judgement by what is judged."""
    if isinstance(record, Assessment):
        return record.field if name == "value" else f"{record.field} {name}"
    if type(record).__name__ == "Setting":
        return record.id
    return name.removeprefix(f"{PROPS}.")
