"""What differs between two copies, as lines under four headings, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from evidenceboard.merge.comparing import FieldChange, Item
from evidenceboard.merge.overlaid import MINE, MOVED, OTHER, THEIRS, Overlaid, place_of
from evidenceboard.model.document import Document
from evidenceboard.model.link_types import link_type
from evidenceboard.model.records import Assessment, Card, Entity, Link
from evidenceboard.model.types import entity_type
from evidenceboard.model.values import dataclass
from evidenceboard.ui.compare.board import SIGNS
from evidenceboard.ui.conflict_words import field_for, value_said
from evidenceboard.ui.panels.folding import Line
from evidenceboard.ui.plain import one_line


def _say(text: str) -> str:
    return QCoreApplication.translate("Compare", text)


@dataclass(frozen=True, slots=True)
class Told:
    """One difference: where it leads, and for a field both values in words."""

    line: Line
    kind: str
    entity_id: str
    link_id: str
    card_id: str = ""
    mine: str = ""
    theirs: str = ""


def words_of(name: str) -> dict[str, str]:
    """Return what each kind of difference is called; `name` is that of the other side."""
    return {
        THEIRS: _say("Only in {name}").format(name=name),
        MINE: _say("Only in yours"),
        OTHER: _say("Different"),
        MOVED: _say("Only moved"),
    }


def listed(made: Overlaid) -> list[Told]:
    """Return every difference; the card of a thing that one side does not have goes with that."""
    found: list[Told] = []
    difference = made.difference
    for kind, items, document in ((THEIRS, difference.added, made.theirs), (MINE, difference.removed, made.mine)):
        alone = {one.id for one in items if one.table == "entities"}
        found += [_whole(made, kind, one, document) for one in items if not _goes_along(document, one, alone)]
    fields = _changes(made, difference.changed)
    found += fields
    found += [_whole(made, MOVED, one, made.mine) for one in difference.moved]
    return found


def groups(found: Sequence[Told], names: dict[str, str], wanted: str) -> list[tuple[str, str, str, list[Line]]]:
    """Return the lines by heading, those that have all words of a filter."""
    words = wanted.casefold().split()
    made: dict[str, list[Line]] = {kind: [] for kind in names}
    for one in found:
        said = f"{one.line.number} {one.line.title} {one.line.beneath} {one.mine} {one.theirs}".casefold()
        if all(word in said for word in words):
            made[one.kind].append(one.line)
    return [(kind, f"{SIGNS[kind]}  {names[kind]}", "", made[kind]) for kind in names]


def _goes_along(document: Document, one: Item, alone: set[str]) -> bool:
    record = document.find(one.table, one.id)
    return isinstance(record, Card) and record.entity_id in alone


def _whole(made: Overlaid, kind: str, one: Item, document: Document) -> Told:
    record = document.find(one.table, one.id)
    entity_id, link_id = place_of(made, one.table, one.id)
    entity = made.document.find("entities", entity_id)
    title, beneath = _title(entity), one.what
    if isinstance(record, Link):
        ends = [made.document.find("entities", end) for end in (record.from_id, record.to_id)]
        title = " → ".join(_title(end) for end in ends)
        beneath = _say("link: {type}").format(type=link_type(record.type).word)
    elif isinstance(record, Assessment):
        beneath = f"{record.field}: {record.value}"
    elif isinstance(record, Entity):
        beneath = entity_type(record.type).word
    elif not title:
        title = one_line(str(getattr(record, "title", "") or getattr(record, "name", "") or one.what))
    card_id = one.id if one.table == "cards" else ""
    type_id = entity.type if isinstance(entity, Entity) else ""
    line = Line(f"{kind}/{one.table}/{one.id}", one.number, title, beneath, type_id)
    return Told(line, kind, entity_id, link_id, card_id)


def _changes(made: Overlaid, changes: Sequence[FieldChange]) -> Iterator[Told]:
    for one in changes:
        record = made.mine.find(one.table, one.id)
        key = _column(record, one.field)
        field = field_for(made.mine, one.table, one.id, key)
        entity_id, link_id = place_of(made, one.table, one.id)
        entity = made.document.find("entities", entity_id)
        mine, theirs = (
            _value(document, field, value) for document, value in ((made.mine, one.mine), (made.theirs, one.theirs))
        )
        beneath = f"{field.label}: {_short(mine)} → {_short(theirs)}"
        title = _title(entity) or _say("Board") if one.table != "settings" else _say("File")
        type_id = entity.type if isinstance(entity, Entity) else ""
        line = Line(f"{OTHER}/{one.table}/{one.id}/{one.field}", one.number, title, beneath, type_id)
        yield Told(line, OTHER, entity_id, link_id, "", mine, theirs)


def _column(record: object, name: str) -> str:
    """Return the name of a field as the record has it, from that by which the command line names it."""
    if isinstance(record, Assessment):
        return "value" if name == record.field else name.removeprefix(f"{record.field} ")
    return name


def _value(document: Document, field: Any, value: Any) -> str:
    return value_said(document, field, value) or _say("nothing")


def _short(words: str) -> str:
    return f"“{one_line(words, 60)}”"


def _title(entity: object) -> str:
    return (one_line(entity.title) or entity_type(entity.type).word) if isinstance(entity, Entity) else ""
