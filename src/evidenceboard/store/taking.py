"""The log of a file as a merge reads it, and what a merge writes into the log of another one."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.model.changes import Change, canonical
from evidenceboard.model.joined import Brought
from evidenceboard.model.packing import commitment
from evidenceboard.store.digests import Sums, of_others
from evidenceboard.store.failures import told
from evidenceboard.store.log import HEADER
from evidenceboard.store.rows import changes_from_sql
from evidenceboard.store.writing import write_new

CHANGES: Final = 'op, "index", "table", record_id, records, before, after, salt, commitment'
_NAMED: Final = "in (select value from json_each(?))"


@dataclass(frozen=True, slots=True)
class Header:
    """What a merge has to know of an operation before it looks at what that changed."""

    id: str
    hash: str
    parents: tuple[str, ...]
    kind: str
    target: str | None
    author_id: str
    counter: int
    at: str
    group: str | None
    brought: str | None


class Log:
    """Read the log of one open file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @told()
    def headers(self) -> list[Header]:
        """Return every operation, in the order of the log. Raises `FileRefusedError` for damage."""
        rows = self._connection.execute(
            'select id, hash, parents, kind, target, author_id, counter, at, "group", brought_by from operations'
            " order by rowid"
        )
        read = json.loads
        return [Header(one, digest, tuple(read(parents)), *rest) for one, digest, parents, *rest in rows]

    @told()
    def changes(self, operation_ids: Iterable[str]) -> Iterator[tuple[str, Change]]:
        """Yield each change of some operations with the id of its operation; what was taken out is left out."""
        pool: dict[str, str] = {}
        rows = self._connection.execute(
            'select op, "table", record_id, before, after from changes where op '
            f"{_NAMED} and (before is not null or after is not null) order by rowid",
            (json.dumps(list(operation_ids)),),
        ).fetchall()
        return ((row[0], change) for row in rows for change in changes_from_sql(row[1:], pool))

    @told()
    def last_writer(self, table: str, record_id: str, among: set[str], column: str) -> str:
        """Return the id of the newest of some operations that wrote a column of a record, or ""."""
        rows = self._connection.execute(
            'select op, "table", record_id, before, after from changes where "table" = ? and (record_id = ?'
            " or record_id is null and (instr(before, ?) or instr(after, ?))) order by rowid desc",
            (table, record_id, record_id, record_id),
        )
        for op, *row in rows:
            if op in among and any(
                change.record_id == record_id and column in (change.after or {})
                for change in changes_from_sql(tuple(row))
            ):
                return str(op)
        return ""

    @told()
    def raw(self, operation_ids: Sequence[str]) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        """Return some operations, in the order of the log, and their changes, as they stand in the file."""
        asked = (json.dumps(list(operation_ids)),)
        run = self._connection.execute
        operations = run(f"select {HEADER} from operations where id {_NAMED} order by rowid", asked).fetchall()
        changes = run(f'select {CHANGES} from changes where op {_NAMED} order by op, "index"', asked).fetchall()
        return operations, changes

    @told()
    def texts(self) -> Iterator[str]:
        """Yield what each change of the log holds before and after, as JSON, and what the labels name."""
        run = self._connection.execute
        for before, after in run("select before, after from changes"):
            yield from (side for side in (before, after) if isinstance(side, str))
        for label, values, group in run('select label_key, label_values, "group" from operations'):
            yield from (values, json.dumps([label, group]))

    @told()
    def authors(self) -> list[tuple[str, str]]:
        """Return the authors of the file, id and name."""
        return [(str(one), str(name)) for one, name in self._connection.execute("select id, name from authors")]

    @told()
    def attached(self) -> set[str]:
        """Return the SHA-256 of all bytes that the file keeps."""
        return {str(row[0]) for row in self._connection.execute("select distinct sha256 from chunks")}

    def chunks(self, digests: Iterable[str]) -> Iterator[tuple[Any, ...]]:
        """Yield the parts of some bytes as they stand in the file."""
        yield from self._connection.execute(
            f"select sha256, part, bytes from chunks where sha256 {_NAMED}", (json.dumps(list(digests)),)
        )

    @told()
    def numbers(self) -> dict[str, int]:
        """Return the highest number that was given, by prefix."""
        start = "highest_number."
        rows = self._connection.execute("select key, value from meta")
        return {str(key).removeprefix(start): int(value) for key, value in rows if str(key).startswith(start)}


def check_hashes(operations: Iterable[tuple[Any, ...]], changes: Iterable[tuple[Any, ...]]) -> None:
    """Raise `EvidenceBoardError` where an operation, or a change of one, is not as it was when it was sealed."""
    said: dict[str, list[str]] = {}
    for op, _, table, record_id, _, before, after, salt, sealed in changes:
        said.setdefault(op, []).append(sealed)
        # What was taken out has only its commitment left.
        if (salt or before or after) and _commitment(table, record_id, before, after, salt) != sealed:
            raise _rewritten()
    for row in operations:
        values = list(row)
        digest = values.pop()
        try:
            values[2], values[10] = json.loads(values[2]), json.loads(values[10])
        except ValueError as error:
            raise _rewritten() from error
        if hashlib.sha256(canonical([*values, said.get(row[0], [])]).encode()).hexdigest() != digest:
            raise _rewritten()


def _commitment(table: str, record_id: str | None, before: str | None, after: str | None, salt: str) -> str:
    if record_id is not None or (after or "").startswith('{"dx"'):
        # The columns hold the very text that is hashed.
        name, one = canonical(table), "null" if record_id is None else canonical(record_id)
        text = f"{salt}[{name},{one},{before or 'null'},{after or 'null'}]"
        return hashlib.sha256(text.encode()).hexdigest()
    try:
        return commitment(changes_from_sql((table, record_id, before, after)), salt)
    except ValueError as error:
        raise _rewritten() from error


def _rewritten() -> EvidenceBoardError:
    return EvidenceBoardError(
        "The history of the other file is not as it was written: an operation of it was changed afterwards. Nothing "
        "was merged; both files are as they were.",
        "Ask the sender for another copy.",
    )


def write_brought(connection: sqlite3.Connection, brought: Brought, merge_id: str, sums: Sums) -> None:
    """Write what a merge takes along; operations keep their ids and hashes."""
    write_new(connection, "authors", ("id", "name"), brought.authors, sums)
    for author_id, name in brought.authors:
        said = "update authors set name = ? where id = ? and name = '' and name <> ?"
        if connection.execute(said, (name, author_id, name)).rowcount:
            sums.add("authors", of_others("authors", [(author_id, name)]) - of_others("authors", [(author_id, "")]))
    connection.executemany(
        f"insert into operations ({HEADER}, brought_by) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((*row, merge_id) for row in brought.operations),
    )
    sums.add_rows("operations", [(row[-1],) for row in brought.operations])
    connection.executemany(f"insert into changes ({CHANGES}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)", brought.changes)
    sums.add_rows("changes", [(row[-1],) for row in brought.changes])
    write_new(connection, "chunks", ("sha256", "part", "bytes"), brought.chunks, sums)
