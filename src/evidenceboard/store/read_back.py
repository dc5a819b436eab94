"""A file read back without knowing what it is to hold: every value, every row as its bytes lie there."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Any, Final

from evidenceboard.store.failures import told

_KINDS: Final = {0: 8, 1: 1, 2: 2, 3: 3, 4: 4, 6: 5, 8: 6}
"""How whole numbers of so many bytes are called; those of none are 0, and 1 is one more."""


def values(path: Path) -> Iterator[bytes]:
    """Yield every text and every run of bytes that a file gives back, the names of its tables aside."""
    with told(), closing(_opened(path)) as connection:
        for row in _rows(connection):
            for value in row:
                if isinstance(value, str):
                    yield value.encode("utf-8", "surrogateescape")
                elif isinstance(value, bytes):
                    yield value


def files(path: Path) -> Iterator[bytes]:
    """Yield the bytes of each attachment that a file keeps."""
    with told(), closing(_opened(path)) as connection:
        for (digest,) in connection.execute("select distinct sha256 from chunks").fetchall():
            parts = connection.execute("select bytes from chunks where sha256 = ? order by part", (digest,))
            yield b"".join(row[0] for row in parts)


def bodies(path: Path) -> Iterator[bytes]:
    """Yield the bytes of each row as SQLite puts them: the kinds of its values, then these one behind the other."""
    with told(), closing(_opened(path)) as connection:
        made = connection.execute("select type, name, tbl_name, rootpage, sql from sqlite_master")
        for row in chain(made, _rows(connection), _keys(connection)):
            values = [_packed(value) for value in row]
            yield b"".join([*map(_kind, row, values), *values])


def page_size(path: Path) -> int:
    """Return how many bytes a page of a file has."""
    with told(), closing(_opened(path)) as connection:
        return int(connection.execute("pragma page_size").fetchone()[0])


def _kind(value: Any, said: bytes) -> bytes:
    """Return how SQLite says before a row what kind of value it has and how long it is."""
    if isinstance(value, str | bytes):
        number = 2 * len(said) + (13 if isinstance(value, str) else 12)
        groups = [number & 127]
        while number := number >> 7:
            groups.append(number & 127 | 128)
        return bytes(reversed(groups))
    if isinstance(value, int | float):
        return bytes(
            [7 if isinstance(value, float) and len(said) == 8 else _KINDS[len(said)] + bool(value) * (not said)]
        )
    return b"\0"


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)


def _rows(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    tables = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table' order by name")]
    for table in tables:
        yield from connection.execute(f'select * from "{table}"')


def _keys(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """Yield what the indexes hold: the columns that they are of, and the number of the row."""
    for index, table in connection.execute("select name, tbl_name from sqlite_master where type = 'index'").fetchall():
        columns = [f'"{row[2]}"' for row in connection.execute(f'pragma index_info("{index}")')]
        yield from connection.execute(f'select {", ".join(columns)}, rowid from "{table}"')


def _packed(value: Any) -> bytes:
    """Return a value as a row of SQLite holds it: whole numbers as short as can be, floats that are whole alike."""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogateescape")
    if isinstance(value, float) and not (value.is_integer() and abs(value) < 2**47):
        return struct.pack(">d", value)
    if isinstance(value, int | float):
        number = int(value)
        size = next(one for one in (1, 2, 3, 4, 6, 8) if -(1 << 8 * one - 1) <= number < 1 << 8 * one - 1)
        return b"" if number in (0, 1) else number.to_bytes(size, "big", signed=True)
    return value or b""
