"""A conflict in the words of people: which card and field, and who says what since when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from evidenceboard import commands
from evidenceboard.merge import sides
from evidenceboard.merge.by_records import MINE, THEIRS
from evidenceboard.model.conflicts import ABSENT, DELETED, PROPS, same
from evidenceboard.model.document import Document
from evidenceboard.model.entity_type import Props
from evidenceboard.model.link_types import link_type
from evidenceboard.model.records import Assessment, Conflict, Entity, Link
from evidenceboard.model.types import entity_type
from evidenceboard.model.undecided import field_of, holder_of, link_of
from evidenceboard.model.values import dataclass
from evidenceboard.session import Session
from evidenceboard.ui.panels.fields import Field, as_typed, as_words, fields_of, notes_field, plain_value, title_field
from evidenceboard.ui.plain import one_line
from evidenceboard.ui.statusline import clock

__all__ = ["Side", "Told", "field_for", "told", "told_of", "value_said"]


GONE: Final = "deleted"
"""The value of the side that deleted, in words."""


def _say(text: str) -> str:
    return QCoreApplication.translate("Conflicts", text)


@dataclass(frozen=True, slots=True)
class Side:
    """One value of a conflict. `key` is what `commands.decide` takes; `own`: it is this author's."""

    key: str
    who: str
    when: str
    words: str
    typed: str
    own: bool
    stands: bool

    @property
    def by(self) -> str:
        """Return who gave the value and when."""
        return " · ".join(part for part in (self.who, self.when) if part)


@dataclass(frozen=True, slots=True)
class Told:
    """One open conflict: the entity whose card shows it, its field, and each value that somebody gave it once.

    `own_key` is the field of the entity or link itself, "" where it is told of something that hangs on that.
    """

    id: str
    entity_id: str
    link_id: str
    number: str
    title: str
    type_id: str
    field: str
    own_key: str
    sides: tuple[Side, ...]
    deletion: bool
    both: bool

    @property
    def mine(self) -> Side | None:
        """Return this author's value, or what stands where none is."""
        return next((one for one in self.sides if one.own), self.sides[0] if self.sides else None)

    @property
    def gist(self) -> str:
        """Return the values in one line; of a deletion who deleted and who went on working."""
        gone = next((one for one in self.sides if one.words == _say(GONE)), None)
        kept = next((one for one in self.sides if one is not gone), None)
        if self.deletion and gone is not None and kept is not None:
            said = _say("deleted by {who}, changed by {other}") if kept.who else _say("deleted by {who}, changed here")
            return said.format(who=gone.who or _say("another analyst"), other=kept.who)
        return _say(" or ").join(f"“{one_line(side.words, 90)}”" for side in self.sides)

    @property
    def theirs(self) -> Side | None:
        """Return the first of the other values."""
        return next((one for one in self.sides if one is not self.mine), None)


def told(session: Session) -> Iterator[Told]:
    """Yield every open conflict of a file."""
    for conflict in session.document.conflicts:
        yield told_of(session, session.document, conflict)


def told_of(session: Session, document: Document, conflict: Conflict, name: Callable[[str], str] | None = None) -> Told:
    """Return one conflict in the words of people; `name` gives that of an author, by default as the file has it."""
    entity_id, link = holder_of(document, conflict), link_of(document, conflict)
    entity = document.find("entities", entity_id)
    field = field_for(document, conflict.record_table, conflict.record_id, conflict.field)
    about = conflict.record_id in (entity_id, link.id if link else "")
    return Told(
        conflict.id,
        entity_id,
        link.id if link else "",
        entity.number if isinstance(entity, Entity) else "",
        _title(document, conflict, entity),
        entity.type if isinstance(entity, Entity) else "",
        field_of(document, conflict),
        conflict.field.removeprefix(f"{PROPS}.") if about else _judged_key(document, conflict),
        tuple(_sides(session, document, conflict, field, name or session.author_name)),
        conflict.field == DELETED,
        commands.can_be_both(conflict),
    )


def _judged_key(document: Document, conflict: Conflict) -> str:
    record = document.find(conflict.record_table, conflict.record_id)
    return record.field if isinstance(record, Assessment) else ""


def _title(document: Document, conflict: Conflict, entity: object) -> str:
    if isinstance(entity, Entity):
        return one_line(entity.title) or entity_type(entity.type).word
    record = document.find(conflict.record_table, conflict.record_id)
    name = one_line(str(getattr(record, "title", "") or ""))
    kind = {"boards": _say("Board"), "frames": _say("Frame")}.get(conflict.record_table, _say("File"))
    return f"{kind} · {name}" if name else kind


def _sides(
    session: Session, document: Document, conflict: Conflict, field: Field, name: Callable[[str], str]
) -> Iterator[Side]:
    seen: list[Any] = []
    asked = sides.question(document, conflict, session.author_id)
    for one in asked.candidates:
        if any(same(one.value, value) for value in seen):
            continue
        seen.append(one.value)
        who = _who(session, one, bool(conflict.candidates), name)
        if conflict.field == DELETED:
            words = _say(GONE) if one.value == DELETED else _say("kept, with what was changed")
        else:
            words = value_said(document, field, one.value) or _say("nothing")
        own = one.author_id == session.author_id or one.operation_id == MINE
        typed = "" if conflict.field == DELETED else as_typed(field, one.value, document)
        yield Side(one.operation_id, who, clock(one.at) if one.at else "", words, typed, own, one.stands)


def _who(session: Session, one: sides.Candidate, known: bool, name: Callable[[str], str]) -> str:
    if one.operation_id == MINE:
        return _say("this file")
    if one.operation_id == THEIRS:
        return _say("the other copy")
    if not one.author_id:
        return _say("as it stood before") if known else ""
    if one.author_id == session.author_id:
        return _say("you")
    return one_line(name(one.author_id)) or _say("another analyst")


def value_said(document: Document, field: Field, value: Any) -> str:
    """Return a value of a field as a reader sees it; "" for none. Ids are told by the numbers of what they name."""
    if value is ABSENT:
        return ""
    if isinstance(value, str) and isinstance(end := document.find("entities", value), Entity):
        return f"{end.number} {one_line(end.title)}".strip()
    return as_words(field, value, document) if field.key else plain_value(value)


def field_for(document: Document, table: str, record_id: str, name: str) -> Field:
    """Return the field of a record as its form has it, with its label; what no form has is a line of text."""
    record = document.find(table, record_id)
    model: type[Props] = Props
    if isinstance(record, Assessment):
        subject = document.find("links", record.subject_id) or document.find("entities", record.subject_id)
        model, name = _model(subject), record.field if name == "value" else name
    elif isinstance(record, Entity | Link):
        model = _model(record)
    key = name.removeprefix(f"{PROPS}.")
    own = (title_field(), notes_field(), *fields_of(model))
    labels = {"marking": _say("Marking"), "marking_reason": _say("Why lower"), "tags": _say("Tags"),
              "from_id": _say("From"), "to_id": _say("To"), "type": _say("Type")}  # fmt: skip
    return next((one for one in own if one.key == key), Field(key, labels.get(key, one_line(key, 60))))


def _model(record: object) -> type[Props]:
    if isinstance(record, Link):
        return link_type(record.type).props
    return entity_type(record.type).props if isinstance(record, Entity) else Props
