"""Digests of rows, and their sums by table: what makes a flipped bit show that SQLite itself does not see."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import chain, repeat
from struct import Struct
from typing import Any, Final

from evidenceboard.model.records import COLUMNS, TABLES

SUM: Final = "digest."
"""What the key of a sum in `meta` begins with; the name of its table follows."""
WHOLE: Final = 1 << 64
"""Sums are taken modulo this."""
_BETWEEN: Final = 918_273_645_546_372_819
"""Stands between two rows that become text together."""
_MARK: Final = f",{_BETWEEN},"
_encode: Final = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=False
).encode
OTHERS: Final = {
    "authors": "id, name",
    "_sqlite_migrations": "id, migration_set, name, applied_at",
    "operations": "hash",
    "changes": "commitment",
    "chunks": "sha256, part, length(bytes)",
    "meta": "key, value",
}
"""Tables whose rows have no digest of their own: what of a row goes into the sum."""
CONDITION: Final = {"meta": f"where key not like '{SUM}%'"}
"""Which rows of a table go into its sum, where not all do."""


def digests(rows: Sequence[Sequence[Any]]) -> list[int]:
    """Return the digest of each row: text, whole numbers, floats and None. Raises `ValueError` for anything else."""
    if not rows:
        return []
    try:
        texts = _encode(list(chain.from_iterable(zip(rows, repeat(_BETWEEN)))))[1 : -len(_MARK)].split(_MARK)
        if len(texts) != len(rows):
            # A row holds that number itself.
            texts = list(map(_encode, rows))
    except TypeError as error:
        raise ValueError("bytes are no text") from error
    return of_texts([text.encode() for text in texts])


def of_texts(texts: Sequence[bytes]) -> list[int]:
    """Return the digests of rows that were written as JSON, without a blank, in UTF-8."""
    made = b"".join([blake2b(text, digest_size=8).digest() for text in texts])
    return list(Struct(f">{len(texts)}q").unpack(made))


def of_hash(said: Any) -> int:
    """Return what the hash of an operation, or the commitment of a change, adds to the sum of its table."""
    return int(said[:16], 16)


def of_others(table: str, rows: Iterable[Sequence[Any]]) -> int:
    """Return the sum for rows of one of `OTHERS`. Raises `ValueError` where a row cannot be as it was written."""
    if table in ("operations", "changes"):
        return sum(of_hash(row[0]) for row in rows)
    return sum(digests(list(rows)))


class Sums:
    """Follow the sums of a file through a transaction: `add` what comes, let SQLite call `given_up` for what goes.

    One is made for a connection and begun again with each transaction: to name a function to SQLite again would have
    it prepare every statement anew.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._more: dict[str, int] = {}
        self._gone: list[Any] = []
        # It is called for each row, so nothing but what Python itself brings; it returns nothing, which is NULL.
        connection.create_function("given_up", 1, self._gone.append)

    def begun(self) -> Sums:
        """Return it with nothing in it, whatever a transaction that failed may have left."""
        self._more = {}
        self._gone.clear()
        return self

    def add(self, table: str, number: int) -> None:
        """Note what came, less what was given up since the last time."""
        gone = sum(digest for digest in self._gone if type(digest) is int)
        self._more[table] = self._more.get(table, 0) + number - gone
        self._gone.clear()

    def add_rows(self, table: str, rows: Iterable[Sequence[Any]]) -> None:
        """Note rows of one of `OTHERS`."""
        self.add(table, of_others(table, rows))

    def write(self) -> None:
        """Write the sums of the tables that something came to or went from."""
        for table, more in self._more.items():
            key = f"{SUM}{table}"
            known = self._connection.execute("select value from meta where key = ?", (key,)).fetchone()
            said = following(known[0] if known else None, more)
            if not known:
                self._connection.execute("insert into meta (key, value) values (?, ?)", (key, said))
            elif known[0] != said:
                self._connection.execute("update meta set value = ? where key = ?", (said, key))


def following(known: Any, more: int) -> str:
    """Return the text of a sum after something came to it; one that is none stays none."""
    try:
        return str((int(known or 0) + more) % WHOLE)
    except (TypeError, ValueError):
        return "none"


def sum_of(connection: Any, table: str) -> int:
    """Return the sum of a table as it stands there: of digests that are stored, else of rows."""
    if table in TABLES:
        return sum(row[0] for row in connection.execute(f"select digest from {table}") if type(row[0]) is int) % WHOLE
    said = f"select {OTHERS[table]} from {table} {CONDITION.get(table, '')}"
    return of_others(table, connection.execute(said)) % WHOLE


def mismatched(table: str, rows: Sequence[Sequence[Any]]) -> list[int]:
    """Return the places of those rows, their digest last, that are not as they were written."""
    try:
        made: list[int | None] = [*digests([row[:-1] for row in rows])]
    except ValueError:
        made = list(map(_alone, rows))
    return [at for at, (row, digest) in enumerate(zip(rows, made, strict=True)) if row[-1] != digest or digest is None]


def _alone(row: Sequence[Any]) -> int | None:
    try:
        return digests([row[:-1]])[0]
    except ValueError:
        return None


ROW: Final = {table: ", ".join(columns) + ", digest" for table, columns in COLUMNS.items()}
"""The columns of a row with its digest last, by table."""
