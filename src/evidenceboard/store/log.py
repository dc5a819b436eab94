"""The log in the file: operations and their changes as rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from evidenceboard.model.changes import Change, Operation
from evidenceboard.model.judged import LoggedJudgement
from evidenceboard.model.packing import grouped
from evidenceboard.store.digests import Sums
from evidenceboard.store.rows import changes_from_sql, changes_to_sql

if TYPE_CHECKING:
    from evidenceboard.store.judged_rows import JudgedRows

EVER: Final = 2**62
"""A row that no log reaches."""
HEADER: Final = (
    'id, label_key, label_values, kind, target, author_id, session_id, counter, at, "group", parents, prev, hash'
)
_FIELDS: Final = tuple(HEADER.replace('"', "").split(", "))
_TEXTS: Final = ("id", "label_key", "kind", "author_id", "session_id", "at", "hash")
_TEXTS_OR_NONE: Final = ("target", "group", "prev")


def header(
    row: tuple[Any, ...],
    changes: tuple[Change, ...] = (),
    salts: tuple[str, ...] = (),
    spans: tuple[int, ...] = (),
) -> Operation:
    """Return the operation of a row. Raises `ValueError` for one that is none."""
    values = dict(zip(_FIELDS, row, strict=True))
    values["label_values"] = json.loads(values["label_values"])
    values["parents"] = tuple(json.loads(values["parents"]))
    if not isinstance(values["label_values"], dict) or not isinstance(values["counter"], int):
        raise ValueError("no operation")
    words = [*map(values.__getitem__, _TEXTS), *values["parents"]]
    words += [values[name] or "" for name in _TEXTS_OR_NONE]
    if set(map(type, words)) != {str}:
        raise ValueError("no operation")
    return Operation(**values, changes=changes, salts=salts, spans=spans)


def changes_of(
    connection: sqlite3.Connection, operation_id: str
) -> tuple[tuple[Change, ...], tuple[str, ...], tuple[int, ...]]:
    """Return the changes of an operation, the salts of its rows, and how many changes each row takes in.

    What was taken out of the log for good is left out. Raises `ValueError` for what is no change.
    """
    changes: list[Change] = []
    salts: list[str] = []
    counts: list[int] = []
    pool: dict[str, str] = {}
    for *row, salt in connection.execute(
        'select "table", record_id, before, after, salt from changes where op = ?'
        ' and (before is not null or after is not null) order by "index"',
        (operation_id,),
    ):
        found = changes_from_sql(tuple(row), pool)
        changes.extend(found)
        salts.append(salt)
        counts.append(len(found))
    return tuple(changes), tuple(salts), tuple(counts)


JUDGEMENTS: Final = (
    'select coalesce(operations."group", operations.id), operations.kind, operations.author_id,'
    ' operations.at, changes."table", changes.record_id, changes.before, changes.after'
    " from changes join operations on operations.id = changes.op"
    " and (operations.kind <> 'merge' or json_array_length(operations.parents) < 2)"
    " where +operations.rowid <= :until and changes.\"table\" = 'assessments'"
    " and coalesce(changes.before, changes.after) is not null"
    " and (changes.record_id in (select value from json_each(:ids))"
    " or changes.record_id is null and (changes.rowid in (select value from json_each(:rows))"
    " or changes.rowid > :known and exists (select 1 from json_each(:ids)"
    " where instr(changes.after, value) or instr(changes.before, value))))"
    ' order by operations.rowid, changes."index"'
)
"""The changes of some assessments, oldest first, found by the index on `record_id`.

Of the rows of several changes those that are named and those that are not known yet are looked into. A merge that joins
two logs only repeats what it brought.
"""


def judgements(
    connection: sqlite3.Connection, record_ids: Iterable[str], rows: JudgedRows, until: int
) -> list[LoggedJudgement]:
    """Return what the log knows, up to a row of it, of some assessments, oldest first.

    Raises `ValueError` for what is no change.
    """
    found = []
    wanted = set(record_ids)
    known = {"rows": json.dumps(rows.holding(wanted)), "known": rows.known}
    asked = {"ids": json.dumps(list(wanted)), "until": until, **known}
    for row in connection.execute(JUDGEMENTS, asked):
        step, kind, by_id, at = map(str, row[:4])
        for change in changes_from_sql(row[4:]):
            sides = (change.before, change.after)
            if not all(side is None or isinstance(side, dict) for side in sides):
                raise ValueError("no change of a judgement")
            if change.record_id in wanted:
                found.append(LoggedJudgement(str(change.record_id), step, kind, by_id, at, *sides))
    return found


def write_operation(
    connection: sqlite3.Connection, operation: Operation, following: Callable[[int], object], sums: Sums
) -> None:
    """Write an operation that was sealed, and its changes. `following` is told of each row how many it takes in."""
    dump = json.dumps
    connection.execute(
        f"insert into operations ({HEADER}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            operation.id, operation.label_key, dump(operation.label_values, ensure_ascii=False), operation.kind,
            operation.target, operation.author_id, operation.session_id, operation.counter, operation.at,
            operation.group, dump(list(operation.parents)), operation.prev, operation.hash,
        ),
    )  # fmt: skip
    connection.executemany(
        'insert into changes (op, "index", "table", record_id, records, before, after, salt, commitment)'
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        _rows(operation, following),
    )
    sums.add_rows("operations", [(operation.hash,)])
    sums.add_rows("changes", [(commitment,) for commitment in operation.commitments])


def _rows(operation: Operation, following: Callable[[int], object]) -> Iterator[tuple[Any, ...]]:
    sealing = zip(grouped(operation), operation.salts, operation.commitments, strict=True)
    for index, (changes, salt, commitment) in enumerate(sealing):
        yield changes_to_sql(operation.id, index, changes, salt, commitment)
        following(len(changes))
