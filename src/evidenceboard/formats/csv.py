"""CSV: one file of links with both ends' fields, or a folder of one file per table; tables of any kind are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from evidenceboard.formats import csv_tables, listing
from evidenceboard.formats.chosen import chosen, left_out
from evidenceboard.formats.csv_rows import Import
from evidenceboard.formats.csv_text import delimiter, table, written
from evidenceboard.formats.format import ExportOptions, Input, Report, Written
from evidenceboard.model.document import Document
from evidenceboard.model.link_types import link_type
from evidenceboard.model.markings import DEFAULT, effective
from evidenceboard.model.records import Entity, Link
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.types import entity_type

if TYPE_CHECKING:
    from evidenceboard.session import Session

OWN: Final = ("number", "type", "title", "notes", "marking", "marking_reason", "tags")
LINK: Final = ("type", "notes", "marking", "marking_reason", "tags")


def write(session: Session, options: ExportOptions) -> Written:
    """Write one row per link, or with `folder` one file per table."""
    document, withheld = chosen(session.document, options.at_most)
    if options.folder:
        return Written(csv_tables.write(document), csv_tables.not_expressed(session.document), withheld)
    rows = []
    for link in listing.links(document, document.links):
        start, end = document.get(Entity, link.from_id), document.get(Entity, link.to_id)
        row: dict[str, Any] = {"type": link.type, "notes": link.notes, "tags": link.tags, **_marking(document, link)}
        row |= {_beside(key): value for key, value in listing.fields(document, link).items()}
        rows.append(_end(document, start, "from") | row | _end(document, end, "to"))
    header = _header(document, rows)
    data = written(header, ([row.get(key) for key in header] for row in rows))
    return Written(data, _not_expressed(document), withheld)


def _beside(key: str) -> str:
    """Return the column of a link's field; a foreign field may not look like one of an end's."""
    return f"link_{key}" if key in LINK or key.startswith(("from_", "to_")) else key


def _end(document: Document, entity: Entity, side: str) -> dict[str, Any]:
    own = {key: getattr(entity, key) for key in OWN} | _marking(document, entity)
    return {f"{side}_{key}": value for key, value in {**listing.fields(document, entity), **own}.items()}


def _marking(document: Document, record: Entity | Link) -> dict[str, str]:
    """Return a marking with its reason. A single table has no place for the file's, so that stands with each thing."""
    counts = effective(document, record)
    if counts.whence in ("own", "lowered"):
        return {"marking": record.marking, "marking_reason": record.marking_reason}
    of_others = counts.word if counts.unheeded or (counts.whence == "file" and counts.word != DEFAULT) else ""
    return {"marking": of_others, "marking_reason": ""}


def _header(document: Document, rows: list[dict[str, Any]]) -> list[str]:
    """Return the columns in one order: the start, the link, the end; each with its own fields before the type's."""
    known = [
        key
        for type_id in sorted({e.type for e in document.entities})
        for key in entity_type(type_id).props.model_fields
    ]
    linked = [
        key
        for type_id in sorted({link.type for link in document.links})
        for key in link_type(type_id).props.model_fields
    ]
    wanted = [f"from_{key}" for key in (*OWN, *known)] + [*LINK, *linked] + [f"to_{key}" for key in (*OWN, *known)]
    used = {key for row in rows for key, value in row.items() if value not in ("", [], (), None)}
    always = {f"{side}_{key}" for side in ("from", "to") for key in ("number", "type", "title")} | {"type"}
    foreign = sorted(used - set(wanted))
    return [key for key in dict.fromkeys(wanted) if key in used | always] + foreign


def _not_expressed(document: Document) -> list[str]:
    linked = {end for link in document.links for end in (link.from_id, link.to_id)}
    alone = sum(entity.id not in linked for entity in document.entities)
    said = ["boards, frames and where cards lie", "who judged what and why: only the judgement that counts is here"]
    if alone:
        said.insert(0, f"{alone} entities that no link joins to another; a folder (a name with / at its end) has them")
    if document.table("attachments"):
        said.append(f"{len(document.table('attachments'))} attachments")
    said += left_out(document)
    return [*said, "the history"]


def recognises(given: Input) -> bool:
    """Tell whether an input is a folder with tables, or text whose first line has columns."""
    if isinstance(given.data, dict):
        return any(name.lower().endswith(".csv") for name in given.data)
    if given.data[:1] in (b"{", b"[", b"<") or given.name.lower().endswith((".md", ".json", ".txt")):
        return False
    head = given.data[:20_000].decode(
        "utf-16" if given.data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "replace"
    )
    return delimiter(head) in head.partition("\n")[0] and "\x00" not in head


def read(tx: Transaction, given: Input) -> Report:
    """Take in a table of entities or of links, or a folder of tables; each row becomes one thing."""
    report = Report()
    if isinstance(given.data, dict) and csv_tables.recognises(given.data):
        csv_tables.read(tx, given, given.data, report)
        return report
    several = isinstance(given.data, dict)
    files = given.data if isinstance(given.data, dict) else {given.name: given.data}
    found = [
        table(name, data, report, named=several)
        for name, data in files.items()
        if not several or name.lower().endswith((".csv", ".tsv"))
    ]
    if not report.problems:
        Import(tx, given, report).take([one for one in found if one])
    return report
