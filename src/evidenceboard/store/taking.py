"""The log of a file as a merge reads it, and what a merge writes into the log of another one."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.model.changes import Change, canonical
from evidenceboard.model.joined import Brought
from evidenceboard.model.packing import commitment
from evidenceboard.store.digests import Sums, of_others
from evidenceboard.store.failures import told
from evidenceboard.store.log import HEADER
from evidenceboard.store.log_json import read_json
from evidenceboard.store.rows import changes_from_sql
from evidenceboard.store.steps import Steps
from evidenceboard.store.writing import write_new

CHANGES: Final = 'op, "index", "table", record_id, records, before, after, salt, commitment'
_MOST: Final = 2**53
"""Counters are smaller than this; a larger one was never counted."""
_AT_ONCE: Final = 1000
"""Operations whose headers become text together."""
_PART: Final = 4
"""Of so many operations one has to be asked for, so that going through all of them is quicker."""
_BETWEEN: Final = 918_273_645_546_372_819
"""Stands between two headers that become text together."""
_MARK: Final = f"{_BETWEEN},"
_NAMED: Final = "in (select value from json_each(?))"


class Header(NamedTuple):
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
        self.steps = Steps(connection)
        """The same log as going back reads it."""

    @told()
    def headers(self) -> list[Header]:
        """Return every operation, in the order of the log. Raises `FileRefusedError` for damage."""
        rows = self._connection.execute(
            'select id, hash, parents, kind, target, author_id, counter, at, "group", brought_by from operations'
            " order by rowid"
        )
        made = [Header(one, digest, tuple(read_json(parents)), *rest) for one, digest, parents, *rest in rows]
        if not all(type(one.counter) is int and 0 < one.counter < _MOST for one in made):
            raise ValueError("no counter")
        return made

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

    @staticmethod
    def changes_in(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[str, Change]]:
        """Yield the changes of rows that `raw` gave."""
        pool: dict[str, str] = {}
        for op, _, table, record_id, _, before, after, *_ in rows:
            if before is not None or after is not None:
                for change in changes_from_sql((table, record_id, before, after), pool):
                    yield op, change

    @told()
    def written(self, table: str, record_id: str) -> list[tuple[str, dict[str, Any]]]:
        """Return what was written into a record: the id of each operation with the columns that it gave."""
        rows = self._connection.execute(
            'select op, "table", record_id, before, after from changes where "table" = ? and after is not null'
            " and (record_id = ? or record_id is null and instr(after, ?))",
            (table, record_id, record_id),
        )
        each = ((str(op), change) for op, *row in rows for change in changes_from_sql(tuple(row)))
        return [(op, change.after) for op, change in each if change.record_id == record_id and change.after]

    @told()
    def raw(self, operation_ids: Sequence[str]) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        """Return some operations, in the order of the log, and their changes, as they stand in the file."""
        asked = (json.dumps(list(operation_ids)),)
        run = self._connection.execute
        (last,) = run("select max(rowid) from operations").fetchone()
        # Of a large part of the log it is quicker to go through all of it than to look up one after another.
        named = f"+id {_NAMED}" if len(operation_ids) * _PART > (last or 0) else f"id {_NAMED}"
        operations = run(f"select {HEADER} from operations where {named} order by rowid", asked).fetchall()
        changes = run(f'select {CHANGES} from changes where op {_NAMED} order by op, "index"', asked).fetchall()
        return operations, changes

    @told()
    def writers(self, table: str, record_id: str) -> list[str]:
        """Return the ids of the operations that changed a record otherwise than by moving several."""
        rows = self._connection.execute(
            'select distinct op from changes where "table" = ? and (record_id = ? or record_id is null and'
            " (instr(coalesce(before, ''), ?) or instr(coalesce(after, ''), ?)))",
            (table, record_id, record_id, record_id),
        )
        return [str(row[0]) for row in rows]

    @told()
    def has_gaps(self, operation_id: str) -> bool:
        """Tell whether something of an operation was taken out of the log for good."""
        said = "select 1 from changes where op = ? and before is null and after is null"
        return self._connection.execute(said, (operation_id,)).fetchone() is not None

    @told()
    def came_with(self, operation_ids: Iterable[str]) -> dict[str, str]:
        """Return the merge that brought each of some operations, for those that one brought."""
        rows = self._connection.execute(
            f"select id, brought_by from operations where brought_by is not null and id {_NAMED}",
            (json.dumps(list(operation_ids)),),
        )
        return {str(one): str(merge) for one, merge in rows}

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
    following = iter(operations)
    while rows := list(islice(following, _AT_ONCE)):
        headers: list[Any] = []
        for row in rows:
            values = list(row[:-1])
            try:
                values[2], values[10] = read_json(values[2]), read_json(values[10])
            except ValueError as error:
                raise _rewritten() from error
            headers += (_BETWEEN, [*values, said.get(row[0], [])])
        for row, text in zip(rows, _texts(headers), strict=True):
            if hashlib.sha256(text.encode()).hexdigest() != row[-1]:
                raise _rewritten()


def _texts(headers: list[Any]) -> list[str]:
    """Return the canonical texts of headers, which follow a number each that parts them: at once, which is quicker."""
    texts = f"{canonical(headers)[1:-1]},".split(_MARK)[1:]
    return [text[:-1] for text in texts] if len(texts) * 2 == len(headers) else list(map(canonical, headers[1::2]))


def _commitment(table: str, record_id: str | None, before: str | None, after: str | None, salt: str) -> str:
    if record_id is not None or (after or "").startswith('{"dx"'):
        # The columns hold the very text that is hashed.
        text = f"{salt}[{canonical(table)},{canonical(record_id)},{before or 'null'},{after or 'null'}]"
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
