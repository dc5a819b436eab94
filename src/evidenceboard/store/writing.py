"""Records as rows on their way into the file: the statements of one operation, table by table, with their digests."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from operator import attrgetter, itemgetter
from typing import Any, Final

from evidenceboard.model.changes import Change, Operation, canonical
from evidenceboard.model.document import Swap
from evidenceboard.model.pace import Pace
from evidenceboard.model.records import COLUMNS, TABLES, Record
from evidenceboard.store.digests import Sums, digests, of_others
from evidenceboard.store.rows import BOOLEAN, JSON

_VALUES: Final[dict[str, Callable[[Record], tuple[Any, ...]]]] = {
    table: attrgetter(*columns) for table, columns in COLUMNS.items()
}
_AS_STORED: Final[dict[str, list[tuple[int, Callable[[Any], Any]]]]] = {
    table: [(columns.index(name), canonical) for name in JSON.get(table, ())]
    + [(columns.index(name), int) for name in BOOLEAN.get(table, ())]
    for table, columns in COLUMNS.items()
}
"""Columns whose values are stored as something else, by their place, and as what."""
_PLACE: Final = frozenset(("x", "y"))
_AT_ONCE: Final = 200
"""Rows whose digests are made together."""


def write_records(
    connection: sqlite3.Connection, swaps: Iterable[Swap], operation: Operation, pace: Pace, sums: Sums
) -> None:
    """Write the rows of one operation: of a record that was edited only the columns that differ, and its digest."""
    edited = _edited(operation)
    whole: dict[str, list[Record]] = {}
    parts: dict[str, dict[frozenset[str], list[Record]]] = {}
    gone: dict[str, list[str]] = {}
    for table, record_id, record in swaps:
        columns = edited[table].get(record_id) if table in edited else None
        if record is None:
            gone.setdefault(table, []).append(record_id)
        elif columns is None:
            whole.setdefault(table, []).append(record)
        else:
            parts.setdefault(table, {}).setdefault(columns, []).append(record)
    for table in TABLES:
        if records := whole.get(table):
            _write_whole(connection, table, pace.over(records), sums)
        for columns, records in parts.get(table, {}).items():
            named = tuple(name for name in COLUMNS[table] if name in columns)
            connection.executemany(
                f"update {table} set digest = ?, {', '.join(f'{name} = ?' for name in named)}"
                " where id = ? and given_up(digest) is null",
                _edits(table, named, pace.over(records), sums),
            )
            sums.add(table, 0)
        if ids := gone.get(table):
            connection.executemany(
                f"delete from {table} where id = ? and given_up(digest) is null", ((one,) for one in pace.over(ids))
            )
            sums.add(table, 0)


def _write_whole(connection: sqlite3.Connection, table: str, records: Iterable[Record], sums: Sums) -> None:
    columns = (*COLUMNS[table], "digest")
    updates = ", ".join(f"{name} = excluded.{name}" for name in columns[1:])
    connection.executemany(
        f"insert into {table} ({', '.join(columns)}) values ({', '.join('?' * len(columns))})"
        f" on conflict (id) do update set {updates} where given_up({table}.digest) is null",
        chain.from_iterable([(*row, digest) for row, digest in some] for some in _digested(table, records, sums)),
    )
    sums.add(table, 0)


def _edits(table: str, named: tuple[str, ...], records: Iterable[Record], sums: Sums) -> Iterable[tuple[Any, ...]]:
    taken = itemgetter(*(COLUMNS[table].index(name) for name in (*named, "id")))
    return chain.from_iterable(
        [(digest, *taken(row)) for row, digest in some] for some in _digested(table, records, sums)
    )


def _digested(table: str, records: Iterable[Record], sums: Sums) -> Iterator[Iterable[tuple[tuple[Any, ...], int]]]:
    """Yield rows of records with their digests, some made together, and note what comes to the sum of the table."""
    following = iter(records)
    while some := _rows(table, list(islice(following, _AT_ONCE))):
        made = digests(some)
        sums.add(table, sum(made))
        yield zip(some, made, strict=True)


def write_new(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]], sums: Sums
) -> None:
    """Write those rows of a table without digests that are not there yet."""
    said = f"insert into {table} ({', '.join(columns)}) values ({', '.join('?' * len(columns))}) on conflict do nothing"
    for row in rows:
        if connection.execute(said, row).rowcount:
            sums.add_rows(table, [tuple(len(value) if isinstance(value, bytes) else value for value in row)])


def write_author(connection: sqlite3.Connection, author_id: str, name: str, sums: Sums) -> None:
    """Write a name into the row of an author of the file; of nobody else."""
    known = connection.execute("select id, name from authors where id = ?", (author_id,)).fetchone()
    if known is not None and known[1] != name:
        connection.execute("update authors set name = ? where id = ?", (name, author_id))
        sums.add("authors", of_others("authors", [(author_id, name)]) - of_others("authors", [known]))


def write_numbers(connection: sqlite3.Connection, numbers: dict[str, int], sums: Sums) -> None:
    """Write the highest number that was given to each of some types."""
    if not numbers:
        return
    rows = [(f"highest_number.{prefix}", str(number)) for prefix, number in numbers.items()]
    keys = {key for key, _ in rows}
    known = [row for row in connection.execute("select key, value from meta") if row[0] in keys]
    connection.executemany(
        "insert into meta (key, value) values (?, ?) on conflict (key) do update set value = excluded.value", rows
    )
    sums.add("meta", of_others("meta", rows) - of_others("meta", known))


def _edited(operation: Operation) -> dict[str, dict[str, frozenset[str]]]:
    """Return, by table, the columns in which each record that stays one was edited."""
    edited: dict[str, dict[str, frozenset[str]]] = {}
    whole: list[Change] = []
    for change in operation.changes:
        if not change.is_shift and (change.before is None or change.after is None):
            whole.append(change)
            continue
        columns = _PLACE if change.is_shift else frozenset(change.after or ())
        known = edited.setdefault(change.table, {})
        for record_id in change.ids():
            known[record_id] = known[record_id] | columns if record_id in known else columns
    for change in whole:
        if change.table in edited:
            edited[change.table].pop(str(change.record_id), None)
    return edited


def _rows(table: str, records: Sequence[Record]) -> list[tuple[Any, ...]]:
    """Return records of a table as rows; a column at a time, which is quicker."""
    rows = list(map(_VALUES[table], records))
    if not rows or not _AS_STORED[table]:
        return rows
    columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
    for at, stored in _AS_STORED[table]:
        columns[at] = map(stored, columns[at])
    return list(zip(*columns, strict=True))
