"""Reading a large table as columns of text that SQLite puts together, which is also how its records are held.

A worker reads: SQLite needs no Python meanwhile. Every value is looked at, as it is where records are made of rows;
where one is not plainly sound, the table is read row by row instead, which mends and tells.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.records import COLUMNS, FARTHEST, STEPS_PER_UNIT, TEXT_LIMIT, TITLE_LIMIT, Record
from evidenceboard.store import bulk
from evidenceboard.store.columns import NotPlainError, Places, keys_of

Column = str | tuple[str]
"""The values of a part with a NUL between each two; where all are the same, that one."""
_BETWEEN: Final = "\0"
PART: Final = 128
"""Rows that are read and held together, about."""
_MOST: Final = 1024
"""Rows of a part above which the rows of a table lie too unevenly."""
_TEXTS: Final = {"title": TITLE_LIMIT, "notes": TEXT_LIMIT, "marking_reason": TEXT_LIMIT, "reason": TEXT_LIMIT}
"""Characters that a text may have."""
_IDS: Final = frozenset({"author_id", "board_id"})
"""Texts of 1 to 64 characters."""
_ONCE: Final = frozenset({"number", "title", "notes", "marking_reason", "reason", "at"})
"""Columns whose values hardly ever come again."""
_JSON: Final = frozenset({"tags", "props"})
_PLACES: Final = {"x": -FARTHEST, "y": -FARTHEST, "w": 1.0, "h": 1.0}
"""Numbers on the grid, and the least that they may be."""
_NUMBERS: Final = frozenset({*_PLACES, "z"})
_FLAGS: Final = frozenset({"fitted", "pinned"})
_REFS: Final = {
    "entities": (),
    "links": ("from_id", "to_id"),
    "assessments": ("subject_id",),
    "cards": ("entity_id",),
}
"""The tables that are read so, and the columns that name a record of another one by its id."""
TABLES: Final = tuple(_REFS)


def _odd(column: str) -> str:
    """Return the condition under which a value has to be looked at more closely; its length is looked at later."""
    if column in _PLACES:
        whole = f"cast({column} * {STEPS_PER_UNIT}.0 as integer) / {STEPS_PER_UNIT}.0"
        return f"{column} is not {whole} or {column} not between {_PLACES[column]!r} and {FARTHEST!r}"
    if column == "z":
        return f"z is not cast(z as integer) or z not between -{2**53} and {2**53}"
    # Every blob is more than every text; a number that has been put into a column of text is text.
    return f"{column} >= x''"


def _said(column: str) -> str:
    if column in _PLACES:
        column = f"cast({column} * {STEPS_PER_UNIT}.0 as integer)"
    elif column == "frame_id":
        column = "coalesce(frame_id, '')"
    return f"group_concat({column}, :nul)"


class Reader:
    """Read one table, a part after the other. Raises `NotPlainError` where it has to be read row by row."""

    def __init__(self, table: str, known: Sequence[str], targets: Sequence[tuple[Sequence[str], Places]]) -> None:
        """`known`: ids that are in memory, to be held in place of the same ones; `targets`: what is named by id."""
        self.table = table
        self.rows = 0
        self.starts = array("i")
        self.stopped = False
        self._known, self._targets = known, targets
        self.ids: list[str] = []
        self.keys: list[NDArray[np.uint64]] = []
        self.refs = {column: array("i") for column in _REFS[table]}
        self.columns = [name for name in COLUMNS[table] if name != "id" and name not in self.refs]
        self.parts: list[tuple[Column, ...]] = []
        self.pool: dict[Any, Any] = {}
        self._hashes = array("q")
        own = ["id", *self.refs]
        said = [f"group_concat({column}, :line)" for column in own] + [_said(column) for column in self.columns]
        odd = " or ".join(map(_odd, [*own, *self.columns]))
        self._query = (
            f"select count(*), total({odd}), {', '.join(said)} from {table} where rowid between :first and :last"
        )
        if table == "cards":
            self._query += " and (frame_id is null or frame_id > '')"

    def read(self, connection: sqlite3.Connection) -> None:
        """Read the whole table, unless `stopped` is set meanwhile."""
        values: dict[str, Any] = {"nul": _BETWEEN, "line": "\n"}
        try:
            rows, first, end = connection.execute(
                f"select count(*), min(rowid), max(rowid) from {self.table}"
            ).fetchone()
            step = max(1, PART * (end - first + 1) // max(rows, 1)) if rows else 1
            while rows and first <= end and not self.stopped:
                values["first"], values["last"] = first, min(first + step - 1, end)
                count, odd, *columns = connection.execute(self._query, values).fetchone()
                if odd or count > _MOST:
                    raise NotPlainError
                if count:
                    self._take(count, columns)
                first += step
        except (sqlite3.DatabaseError, UnicodeError) as error:
            # Bytes that are no text, or damage: row by row it is told which.
            raise NotPlainError from error
        if self.rows != rows:
            raise NotPlainError

    def hashes(self) -> NDArray[np.int64]:
        """Return what Python gives as hashes of the ids."""
        return np.frombuffer(self._hashes, np.int64)

    def _take(self, count: int, columns: Sequence[str]) -> None:
        named = len(self.refs) + 1
        keys = [keys_of(column, count) for column in columns[:named]]
        ids = self._known[len(self.ids) : len(self.ids) + count]
        if "\n".join(ids) != columns[0]:
            ids = columns[0].split("\n")
            if len(ids) != count:
                raise NotPlainError
        self.starts.append(self.rows)
        self.rows += count
        self.ids += ids
        self.keys.append(keys[0])
        self._hashes.extend(map(hash, ids))
        for column, asked in zip(self.refs.values(), keys[1:], strict=True):
            column.frombytes(self._found(asked).astype(np.int32).tobytes())
        self.parts.append(tuple(map(self._checked, self.columns, columns[named:], [count] * len(self.columns))))

    def _found(self, asked: NDArray[np.uint64]) -> NDArray[np.intp]:
        """Return the numbers of the records that are named: those of the first table, then those of the next."""
        found, below = np.full(len(asked), -1, np.intp), 0
        for ids, places in self._targets:
            here = places.of(asked)
            found = np.where((found < 0) & (here >= 0), here + below, found)
            below += len(ids)
        if len(found) and found.min() < 0:
            raise NotPlainError
        return found

    def _checked(self, column: str, text: str | None, count: int) -> Column:
        """Return a column as it is held."""
        if text is None or text.count(_BETWEEN) != count - 1 or (not text.isascii() and "\ufffd" in text):
            raise NotPlainError
        first = text[: text.find(_BETWEEN)] if count > 1 else text
        alike = len(text) == (len(first) + 1) * count - 1 and text == _BETWEEN.join([first] * count)
        if not (column in _NUMBERS or self._fits(column, [first] if alike else text)):
            raise NotPlainError
        return (self.pool.setdefault(first, first),) if alike else text

    def _fits(self, column: str, text: str | list[str]) -> bool:
        """Return whether a column, given as it is or as the one value that stands for all, is plainly sound."""
        if isinstance(text, str):
            if len(text) <= _TEXTS.get(column, 0):
                return True
            text = text.split(_BETWEEN)
        if column in _JSON:
            return (bulk.tags if column == "tags" else bulk.objects)(text, {}) is not None
        if column in _FLAGS:
            return {"0", "1"}.issuperset(text)
        if column in _IDS:
            return min(map(len, text)) >= 1 and max(map(len, text)) <= 64
        return max(map(len, text)) <= (64 if column == "frame_id" else _TEXTS.get(column, bulk.SHORT))

    def words(self, column: str) -> Iterator[tuple[int, Sequence[str]]]:
        """Yield the values of a column, a part after the other, each with the place of its first."""
        at = self.columns.index(column)
        for start, end, part in zip(self.starts, [*self.starts[1:], self.rows], self.parts, strict=True):
            held = part[at]
            yield start, held.split(_BETWEEN) if isinstance(held, str) else list(held) * (end - start)


class Compact:
    """Make the records of a table that was read."""

    def __init__(self, read: Reader, targets: Sequence[Sequence[str]]) -> None:
        """`targets` are the ids that its records name others by, in the order of the reader's."""
        self._table = read.table
        self._ids, self._parts, self._pool, self._starts = read.ids, read.parts, read.pool, read.starts
        self._sides = {column: (numbers, _named(targets)) for column, numbers in read.refs.items()}
        self._columns = read.columns

    def part(self, number: int) -> list[Record]:
        """Return the records of a part."""
        start, end = self.span(number)
        held = dict(zip(self._columns, self.raw(number, self._columns), strict=True))
        return self._made(self._ids[start:end], slice(start, end), held)

    def one(self, number: int, place: int) -> Record:
        """Return the record at a place, which lies in this part."""
        at = place - self._starts[number]
        held = {
            column: [part.split(_BETWEEN, at + 1)[at] if isinstance(part, str) else part[0]]
            for column, part in zip(self._columns, self._parts[number], strict=True)
        }
        return self._made([self._ids[place]], slice(place, place + 1), held)[0]

    def raw(self, number: int, columns: Sequence[str]) -> list[list[str]]:
        """Return columns of a part as the file holds them."""
        start, end = self.span(number)
        held = (self._parts[number][self._columns.index(column)] for column in columns)
        return [one.split(_BETWEEN) if isinstance(one, str) else list(one) * (end - start) for one in held]

    @property
    def parts(self) -> int:
        """Return how many parts there are."""
        return len(self._parts)

    def name(self, column: str, place: int) -> str:
        """Return the id that a column of the record at a place names."""
        numbers, named = self._sides[column]
        return named(numbers[place])

    def span(self, number: int) -> tuple[int, int]:
        """Return the places where a part begins and ends."""
        start, end = (*self._starts[number : number + 2], len(self._ids))[:2]
        return start, end

    def named(self, column: str) -> array[int]:
        """Return the numbers of the records that a column names."""
        return self._sides[column][0]

    def _made(self, ids: list[str], place: slice, held: dict[str, list[str]]) -> list[Record]:
        columns: dict[str, Sequence[Any]] = {"id": ids}
        for column, (numbers, named) in self._sides.items():
            columns[column] = list(map(named, numbers[place]))
        for column, values in held.items():
            columns[column] = self._values(column, values)
        return bulk.assembled(self._table, [columns[column] for column in COLUMNS[self._table]])

    def _values(self, column: str, values: list[str]) -> Sequence[Any]:
        if column in _JSON:
            found = bulk.tags(values, self._pool) if column == "tags" else bulk.objects(values, {})
            assert found is not None, "it was looked at when it was read"
            return found
        if column in _PLACES:
            return [int(value) / STEPS_PER_UNIT for value in values]
        if column == "z":
            return list(map(int, values))
        if column in _FLAGS:
            return [value == "1" for value in values]
        if column in _ONCE:
            return values
        pooled = list(map(self._pool.setdefault, values, values))
        return [one or None for one in pooled] if column == "frame_id" else pooled


def _named(targets: Sequence[Sequence[str]]) -> Callable[[int], str]:
    """Return what tells the id of a record by its number: those of the first table, then those of the next."""
    if len(targets) == 1:
        return targets[0].__getitem__
    first, second = targets
    below = len(first)
    return lambda number: first[number] if number < below else second[number - below]


def heights(read: Reader) -> dict[str, Counter[int]]:
    """Return how many cards of each board lie at each height."""
    made: dict[str, Counter[int]] = {}
    for (_, boards), (_, levels) in zip(read.words("board_id"), read.words("z"), strict=True):
        for board_id, level in zip(boards, map(int, levels), strict=True):
            made.setdefault(board_id, Counter())[level] += 1
    return made
