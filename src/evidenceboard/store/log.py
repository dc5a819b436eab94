"""The log in the file: operations and their changes as rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any, Final

from evidenceboard.model.changes import Change, Operation
from evidenceboard.model.judged import LoggedJudgement
from evidenceboard.store.rows import change_from_sql, change_to_sql

HEADER: Final = (
    'id, label_key, label_values, kind, target, author_id, session_id, counter, at, "group", parents, prev, hash'
)
_FIELDS: Final = tuple(HEADER.replace('"', "").split(", "))
_TEXTS: Final = ("id", "label_key", "kind", "author_id", "session_id", "at", "hash")
_TEXTS_OR_NONE: Final = ("target", "group", "prev")


def header(row: tuple[Any, ...], changes: tuple[Change, ...] = (), salts: tuple[str, ...] = ()) -> Operation:
    """Return the operation of a row. Raises `ValueError` for one that is none."""
    values = dict(zip(_FIELDS, row, strict=True))
    values["label_values"] = json.loads(values["label_values"])
    values["parents"] = tuple(json.loads(values["parents"]))
    if not isinstance(values["label_values"], dict) or not isinstance(values["counter"], int):
        raise ValueError("no operation")
    words = [values[name] for name in _TEXTS] + [values[name] or "" for name in _TEXTS_OR_NONE]
    if not all(isinstance(word, str) for word in (*words, *values["parents"])):
        raise ValueError("no operation")
    return Operation(**values, changes=changes, salts=salts)


JUDGEMENTS: Final = (
    'select changes.record_id, coalesce(operations."group", operations.id), operations.kind, operations.author_id,'
    ' operations.at, changes."table", changes.record_id, changes.before, changes.after'
    " from changes join operations on operations.id = changes.op"
    " where changes.record_id in (select value from json_each(?)) and changes.\"table\" = 'assessments'"
    ' order by operations.rowid, changes."index"'
)
"""The changes of some assessments, oldest first, found by the index on `record_id`."""


def judgements(connection: sqlite3.Connection, record_ids: Iterable[str]) -> list[LoggedJudgement]:
    """Return what the log knows of some assessments, oldest first. Raises `ValueError` for what is no change."""
    found = []
    for row in connection.execute(JUDGEMENTS, (json.dumps(list(record_ids)),)):
        change = change_from_sql(row[5:])
        sides = (change.before, change.after)
        if not all(side is None or isinstance(side, dict) for side in sides):
            raise ValueError("no change of a judgement")
        record_id, step, kind, by_id, at = map(str, row[:5])
        found.append(LoggedJudgement(record_id, step, kind, by_id, at, *sides))
    return found


def write_operation(connection: sqlite3.Connection, operation: Operation) -> None:
    """Write an operation and its changes."""
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
        'insert into changes (op, "index", "table", record_id, before, after, salt, commitment)'
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            change_to_sql(operation.id, index, change, salt)
            for index, (change, salt) in enumerate(zip(operation.changes, operation.salts, strict=True))
        ],
    )
