"""Taking records in as they are, ids and all: checked one by one, and every reference with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from evidenceboard.errors import InvalidValueError
from evidenceboard.formats.format import Input, Report, what
from evidenceboard.model.entity_type import checked
from evidenceboard.model.gradings import SCALES, marking
from evidenceboard.model.link_types import fits, link_type
from evidenceboard.model.markings import carried
from evidenceboard.model.records import (
    COLUMNS,
    TABLE_OF,
    TABLES,
    Assessment,
    Attachment,
    Board,
    Card,
    Entity,
    Frame,
    Link,
    Record,
    Setting,
    as_row,
    from_row,
)
from evidenceboard.model.takes import NotTakenError
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.types import entity_type
from evidenceboard.model.values import dataclass

ONE: Final = {
    "boards": "board", "entities": "entity", "frames": "frame", "cards": "card", "links": "link",
    "assessments": "judgement", "attachments": "attachment", "snapshots": "named state", "settings": "setting",
    "conflicts": "conflict", "comments": "comment", "custody": "entry of the custody log", "redactions": "redaction",
}  # fmt: skip
_POINTS: Final[dict[str, tuple[tuple[str, tuple[str, ...]], ...]]] = {
    "frames": (("board_id", ("boards",)),),
    "cards": (("board_id", ("boards",)), ("entity_id", ("entities",)), ("frame_id", ("frames",))),
    "links": (("from_id", ("entities",)), ("to_id", ("entities",))),
    "assessments": (("subject_id", ("entities", "links")),),
    "attachments": (("entity_id", ("entities",)),),
    "comments": (("subject_id", ("entities", "links", "boards", "cards", "frames", "attachments")),),
}
_FILE: Final = ("title", "marking")


@dataclass(frozen=True, slots=True)
class Row:
    """One record of an input as a dict of its columns, and where it stands there."""

    table: str
    where: str
    values: Any


def take_in(tx: Transaction, given: Input, rows: Iterable[Row], report: Report) -> None:
    """Add the records of an input to a transaction, in the order of their tables; report what is wrong with them.

    Where the input could not be read to its end, references are not looked at: what they name may come later.
    """
    to_the_end = not report.problems
    broken: set[tuple[str, str]] = set()
    order = {table: place for place, table in enumerate(TABLES)}
    read: dict[tuple[str, str], tuple[str, Record]] = {}
    for row in tx.pace.over(sorted(rows, key=lambda row: order[row.table])):
        record = _record(row, report)
        if record is None:
            broken.add((row.table, str(row.values.get("id")) if isinstance(row.values, dict) else ""))
        elif (row.table, record.id) in read:
            report.problem(row.where, f"this {ONE[row.table]} has the id of another one before it")
        else:
            read[row.table, record.id] = (row.where, record)
    found = list(read.values())
    if to_the_end:
        _check_references(tx, found, broken, report)
    if not report.problems:
        _put(tx, given, found, report)


def _record(row: Row, report: Report) -> Record | None:
    if not isinstance(row.values, dict):
        report.problem(row.where, f"this is no {ONE[row.table]}")
        return None
    values = {key: value for key, value in row.values.items() if key in COLUMNS[row.table]}
    strange = {key: value for key, value in row.values.items() if key not in values}
    if strange and "props" in COLUMNS[row.table] and isinstance(values.get("props", {}), dict):
        values["props"] = {**strange, **values.get("props", {})}
    elif strange:
        report.note(row.where, f"{len(strange)} fields that a {ONE[row.table]} does not have were left out")
    try:
        return _fitting(from_row(row.table, values), row, report)
    except NotTakenError as error:
        first = error.errors()[0]
        field = str(first["loc"][0])[:40] if first["loc"] else "a value"
        said = "is missing" if first["type"] == "missing" else f"does not take this value: {first['msg'].lower()}"
        report.problem(row.where, f"“{field}” of this {ONE[row.table]} {said}")
    except InvalidValueError as error:
        report.problem(row.where, what(error))
    return None


def _fitting(record: Record, row: Row, report: Report) -> Record | None:
    """Return the record as its type reads it, or None where it says what no scale knows."""
    if isinstance(record, Entity | Link):
        model = (link_type if isinstance(record, Link) else entity_type)(record.type).props
        record = replace(record, props=checked(model, dict(record.props), strangers=True))
    if isinstance(record, Entity | Link | Board | Attachment) and record.marking:
        try:
            record = replace(record, marking=marking(record.marking))
        except ValueError as error:
            report.problem(row.where, f"“marking” does not take this value; it takes {error}")
            return None
    if isinstance(record, Assessment) and record.field in SCALES and record.value not in SCALES[record.field].words:
        words = ", ".join(SCALES[record.field].words)
        report.problem(row.where, f"“{record.field}” does not take this value; it takes one of {words}")
        return None
    return record


def _check_references(
    tx: Transaction, found: list[tuple[str, Record]], broken: set[tuple[str, str]], report: Report
) -> None:
    # What is broken is told of by itself, and need not be told again by all that names it.
    known: dict[str, set[str]] = {table: set(tx.document.table(table)) for table in TABLES}
    boards = {card.id: card.board_id for card in tx.document.frames}
    types = {entity.id: entity.type for entity in tx.document.entities}
    for table, record_id in broken:
        known[table].add(record_id)
    for _, record in found:
        known[TABLE_OF[type(record)]].add(record.id)
        if isinstance(record, Frame) and record.board_id in known["boards"]:
            boards[record.id] = record.board_id
        elif isinstance(record, Entity):
            types[record.id] = record.type
    for where, record in found:
        table = TABLE_OF[type(record)]
        for column, tables in _POINTS.get(table, ()):
            target = getattr(record, column)
            if target is not None and not any(target in known[name] for name in tables):
                wanted = " or ".join(ONE[name] for name in tables)
                article = "an" if wanted[0] in "aeiou" else "a"
                report.problem(where, f"“{column}” of this {ONE[table]} names {article} {wanted} that is not there")
        if isinstance(record, Card) and boards.get(record.frame_id or "", record.board_id) != record.board_id:
            report.problem(where, "this card is owned by a frame of another board")
        ends = (types.get(record.from_id), types.get(record.to_id)) if isinstance(record, Link) else (None, None)
        if isinstance(record, Link) and ends[0] and ends[1] and not fits(link_type(record.type), ends[0], ends[1]):
            report.note(where, f"“{record.type}” does not usually join two such things; it was kept as it is")


def _put(tx: Transaction, given: Input, found: list[tuple[str, Record]], report: Report) -> None:
    here = {table: tx.document.table(table) for table in TABLES}
    last = max((board.position for board in tx.document.boards), default=-1)
    fresh = given.fresh and any(isinstance(record, Board) for _, record in found)
    if fresh:
        for board in tx.document.boards:
            tx.remove(board)
        last = -1
    numbers = {entity.number for entity in tx.document.entities}
    for _, record in found:
        if isinstance(record, Entity):
            tx.keep_number(record.number)
    from_file = next((one.value for _, one in found if isinstance(one, Setting) and one.id == "marking"), "")
    left = names = taken = 0
    for where, record in found:
        if isinstance(record, Board | Entity | Link | Attachment) and not fresh:
            bare, record = record, carried(record, str(from_file), tx.document)
            taken += record is not bare
        table = TABLE_OF[type(record)]
        old = here[table].get(record.id)
        if table == "snapshots":
            names += 1
            continue
        if isinstance(record, Setting):
            if old is None or fresh:
                tx.put(record)
            elif old != record:
                report.note(where, "a choice that belongs to the whole file stays as it is here")
            continue
        if old is not None and not (fresh and table == "boards"):
            left += as_row(old) == as_row(record)
            if as_row(old) != as_row(record):
                report.problem(where, f"this {ONE[table]} is in the file already, and is not the same there")
            continue
        if isinstance(record, Entity):
            if record.number in numbers or not record.number:
                record = replace(record, number=tx.next_number(entity_type(record.type).prefix))
                report.note(where, f"its number is given to another one, so it became {record.number}")
            numbers.add(record.number)
            report.created[record.type] += 1
        elif isinstance(record, Board) and not fresh:
            record = replace(record, position=last + 1)
            last += 1
        report.links += table == "links"
        report.cards += table == "cards"
        report.frames += table == "frames"
        tx.put(record)
    if left:
        report.note(
            "the whole input", f"{left} records are in the file already, exactly so; they were left as they are"
        )
    if taken:
        report.note(
            "the whole input",
            f"{taken} things that are marked by their file took that marking along: it is above the one of this file",
        )
    if names:
        report.note(
            "the whole input", f"{names} names of states were left out: the history they point into is not here"
        )
