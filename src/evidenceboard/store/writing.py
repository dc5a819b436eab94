"""Records as rows on their way into the file: the statements of one operation, table by table."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from functools import cache
from operator import attrgetter
from typing import Any, Final

from evidenceboard.model.changes import Operation, canonical
from evidenceboard.model.document import Swap
from evidenceboard.model.pace import Pace
from evidenceboard.model.records import COLUMNS, TABLES, Record
from evidenceboard.store.rows import JSON

Row = Callable[[Record], tuple[Any, ...]]
Key = tuple[str, str]
_PLACE: Final = frozenset(("x", "y"))


def write_records(connection: sqlite3.Connection, swaps: Iterable[Swap], operation: Operation, pace: Pace) -> None:
    """Write the rows of one operation: of a record that was edited only the columns that differ."""
    edited = _edited(operation)
    whole: dict[str, list[Record]] = {}
    parts: dict[str, dict[frozenset[str], list[Record]]] = {}
    gone: dict[str, list[str]] = {}
    for table, record_id, record in swaps:
        columns = edited.get((table, record_id))
        if record is None:
            gone.setdefault(table, []).append(record_id)
        elif columns is None:
            whole.setdefault(table, []).append(record)
        else:
            parts.setdefault(table, {}).setdefault(columns, []).append(record)
    for table in TABLES:
        if records := whole.get(table):
            _write_whole(connection, table, pace.over(records))
        for columns, records in parts.get(table, {}).items():
            named = tuple(name for name in COLUMNS[table] if name in columns)
            connection.executemany(
                f"update {table} set {', '.join(f'{name} = ?' for name in named)} where id = ?",
                map(_row(table, (*named, "id")), pace.over(records)),
            )
        if ids := gone.get(table):
            connection.executemany(f"delete from {table} where id = ?", ((one,) for one in pace.over(ids)))


def _write_whole(connection: sqlite3.Connection, table: str, records: Iterable[Record]) -> None:
    columns = COLUMNS[table]
    updates = ", ".join(f"{name} = excluded.{name}" for name in columns[1:])
    connection.executemany(
        f"insert into {table} ({', '.join(columns)}) values ({', '.join('?' * len(columns))})"
        f" on conflict (id) do update set {updates}",
        map(_row(table, columns), records),
    )


def _edited(operation: Operation) -> dict[Key, frozenset[str]]:
    """Return the columns in which each record that stays one was edited."""
    edited: dict[Key, frozenset[str]] = {}
    whole: set[Key] = set()
    for change in operation.changes:
        if not change.is_shift and (change.before is None or change.after is None):
            whole.add((change.table, str(change.record_id)))
            continue
        columns = _PLACE if change.is_shift else frozenset(change.after or ())
        for record_id in change.ids():
            key = (change.table, record_id)
            edited[key] = edited[key] | columns if key in edited else columns
    return {key: columns for key, columns in edited.items() if key not in whole} if whole else edited


@cache
def _row(table: str, columns: tuple[str, ...]) -> Row:
    """Return what makes a row of these columns, two or more, out of a record."""
    values: Row = attrgetter(*columns)
    in_json = tuple(at for at, name in enumerate(columns) if name in JSON.get(table, ()))
    if not in_json:
        return values

    def row(record: Record) -> tuple[Any, ...]:
        made = list(values(record))
        for at in in_json:
            made[at] = canonical(made[at])
        return tuple(made)

    return row
