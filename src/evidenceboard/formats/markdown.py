"""Markdown: an outline of the whole file, to read or paste: scenarios, claims and their sources, questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from evidenceboard.formats import listing
from evidenceboard.formats.chosen import chosen, left_out
from evidenceboard.formats.format import ExportOptions, Written
from evidenceboard.model.deception import first_of
from evidenceboard.model.document import Document
from evidenceboard.model.link_types import link_type
from evidenceboard.model.markings import derivation, effective, of_file, rank, strictest
from evidenceboard.model.origins import standing_of
from evidenceboard.model.records import Entity, Link
from evidenceboard.model.reports import grade
from evidenceboard.model.types import TYPES, entity_type

if TYPE_CHECKING:
    from evidenceboard.session import Session

FIRST: Final = ("scenario", "claim", "source", "question")
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~$!&])")
_START: Final = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$))|(?=[-+=]))")


def write(session: Session, options: ExportOptions) -> Written:
    """Write an outline. Every text of a record is escaped, so that it reads as it was typed."""
    document, withheld = chosen(session.document, options.at_most)
    lines = [f"# {escaped(str(document.setting('title', '')))}", "", escaped(" ".join(_highest(document))), ""]
    if session.as_of:
        lines[2:2] = [f"*This is the board {escaped(session.as_of)}.*", ""]
    types = list(dict.fromkeys([*FIRST, *(kind.id for kind in TYPES), *sorted({e.type for e in document.entities})]))
    for type_id in types:
        found = listing.entities(document, type_id)
        if found:
            lines += [f"## {escaped(entity_type(type_id).plural)}", ""]
            for entity in found:
                lines += [*_entity(document, entity), ""]
    said = ["boards, frames and where cards lie", "the history"]
    if document.table("attachments"):
        said.insert(0, f"{len(document.table('attachments'))} attachments")
    said += left_out(document)
    return Written(("\n".join(lines).rstrip() + "\n").encode(), said, withheld)


def _entity(document: Document, entity: Entity) -> Iterator[str]:
    yield f"### {entity.number} {escaped(entity.title)}"
    yield ""
    if entity.type == "claim" and first_of(document, entity) is None:
        yield f"- {_standing(document, entity)}"
    model = entity_type(entity.type).props
    for key, value in listing.fields(document, entity).items():
        if value not in ("", [], None):
            yield f"- {_label(model, key)}: {_value(value)}"
    if entity.tags:
        yield f"- Tags: {', '.join(map(escaped, entity.tags))}"
    if entity.marking:
        yield f"- Marking: {_marking(document, entity)}"
    for link in listing.links(document, document.links_of(entity.id)):
        yield _link(document, entity, link)
    if entity.notes:
        yield ""
        yield from (f"> {escaped(line)}".rstrip() for line in entity.notes.splitlines())


def _highest(document: Document) -> tuple[str, ...]:
    """Return the highest marking that is present."""
    marked = (record.marking for table in ("entities", "links") for record in document.marked(table))
    return strictest([of_file(document), *marked])


def _marking(document: Document, record: Entity | Link) -> str:
    counts = effective(document, record)
    return escaped(counts.word if counts.whence == "own" else f"{counts.word}, {derivation(counts)}")


def _standing(document: Document, claim: Entity) -> str:
    standing = standing_of(document, claim.id)
    independent = f" ({standing.established} independent)" if standing.established else ""
    grades = f", {', '.join(standing.grades)}" if standing.grades else ""
    reports = f"{standing.reports} report{'' if standing.reports == 1 else 's'}"
    origins = f"{standing.origins} origin{'' if standing.origins == 1 else 's'}{independent}"
    return f"{standing.standing}: {reports}, {origins}{grades}"


def _link(document: Document, entity: Entity, link: Link) -> str:
    kind = link_type(link.type)
    out = link.from_id == entity.id
    other = document.get(Entity, link.to_id if out else link.from_id)
    pair = grade(document, link.id, link.from_id) if link.type in ("states", "denies") else ""
    fields = listing.fields(document, link)
    said = [escaped(kind.word if out else kind.reverse), f"{other.number} {escaped(other.title)}"]
    told = [pair] if pair else []
    told += [
        f"{_label(kind.props, key).lower()} {_value(value)}"
        for key, value in {**fields, "notes": link.notes}.items()
        if value not in ("", [], None) and not (pair and key == "credibility")
    ]
    counts = effective(document, link)
    if link.marking or rank(counts.word) > rank(of_file(document)):
        told.append(f"marking {_marking(document, link)}")
    return f"- {' '.join(said)}" + (f" ({'; '.join(told)})" if told else "")


def _label(model: Any, key: str) -> str:
    return escaped(str(model.model_fields[key].title or key) if key in model.model_fields else key.capitalize())


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(escaped(str(one)) for one in value)
    return escaped(str(value))


def escaped(text: str) -> str:
    """Return a text on one line in which nothing is markup."""
    return _START.sub(r"\1\\", _SPECIAL.sub(r"\\\1", " ".join(text.split())))
