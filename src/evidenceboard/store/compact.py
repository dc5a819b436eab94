"""Reading a large table as columns of text that SQLite puts together, which is also how its records are held.

Two workers read: one asks SQLite, which needs no Python meanwhile, the other looks at every value, as is done where
records are made of rows. Where one is not plainly sound, the table is read row by row instead, which mends and tells.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice, pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.deception import TWIN_OF
from evidenceboard.model.giving_way import give_way
from evidenceboard.model.ids import LONG, Ids, Room, room_for
from evidenceboard.model.records import FARTHEST, STEPS_PER_UNIT, TEXT_LIMIT, TITLE_LIMIT
from evidenceboard.store import bulk
from evidenceboard.store.id_places import Keys, NotPlainError, PlacesOfIds, keys_of
from evidenceboard.store.packed import BETWEEN, FLAGS, JSON, ON_GRID, Alike, Part, SoFar, held_columns, packed

PART: Final = 128
"""Rows that are read and held together, about."""
_MOST: Final = 1024
"""Rows of a part above which the rows of a table lie too unevenly."""
_LONGEST: Final = 16_384
"""Characters of a part, about: of rows with long texts fewer are held together."""
_TEXTS: Final = {"title": TITLE_LIMIT, "notes": TEXT_LIMIT, "marking_reason": TEXT_LIMIT, "reason": TEXT_LIMIT}
"""Characters that a text may have."""
_IDS: Final = frozenset({"author_id", "board_id"})
"""Texts of 1 to 64 characters."""
_TWIN: Final = f'"{TWIN_OF}"'
_NUMBERS: Final = frozenset({*ON_GRID, "z"})
_REFS: Final = {
    "entities": (),
    "links": ("from_id", "to_id"),
    "assessments": ("subject_id",),
    "cards": ("entity_id",),
}
"""The tables that are read so, and the columns that name a record of another one by its id."""
TABLES: Final = tuple(_REFS)
_LISTED: Final = {"entities": ("type",), "cards": ("board_id", "frame_id")}
"""Columns with few values."""
_NOTED: Final = frozenset({"type", "board_id", "frame_id", "number", "z", "marking"})
"""Columns that something is noted of when they are read."""
_TOGETHER: Final = 16
"""Parts that are read in one go: some milliseconds."""
_AT_ONCE: Final = 10_000
"""Texts that are counted as used once more in one step."""
_AHEAD: Final = 3
"""How often this is done ahead."""


def _odd(column: str) -> str:
    """Return the condition under which a value has to be looked at more closely; its length is looked at later."""
    if column in ON_GRID:
        whole = f"cast({column} * {STEPS_PER_UNIT}.0 as integer) / {STEPS_PER_UNIT}.0"
        return f"{column} is not {whole} or {column} not between {ON_GRID[column]!r} and {FARTHEST!r}"
    if column == "z":
        return f"z is not cast(z as integer) or z not between -{2**53} and {2**53}"
    # Every blob is more than every text; a number that has been put into a column of text is text.
    return f"{column} >= x''"


def _said(column: str) -> str:
    if column in ON_GRID:
        column = f"cast({column} * {STEPS_PER_UNIT}.0 as integer)"
    elif column == "frame_id":
        column = "coalesce(frame_id, '')"
    return f"group_concat({column}, :nul)"


def _cut(texts: Sequence[str], alike: Alike, count: int) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield some rows, given by columns, in parts of which each is quickly unpacked; and at which row each begins."""
    long = sum(len(text) for text, value in zip(texts, alike, strict=True) if value is None)
    rows = -(-count // max(1, min(count, -(-long // _LONGEST))))
    if rows == count:
        yield 0, texts
        return
    columns = [text.split(BETWEEN) for text in texts]
    for first in range(0, count, rows):
        yield first, [BETWEEN.join(column[first : first + rows]) for column in columns]


class Reader:
    """Read one table, a part after the other. Raises `NotPlainError` where it has to be read row by row."""

    def __init__(self, table: str, known: Sequence[str], targets: Sequence[tuple[Sequence[str], PlacesOfIds]]) -> None:
        """`known`: ids that are in memory, to be held in place of the same ones; `targets`: what is named by id."""
        self.table = table
        self.rows = self._many = 0
        self.starts = array("i")
        self.stopped = False
        self._known, self._same = known, bool(known)
        self._joined: Room = b""
        self._targets = targets
        self.keys: list[Keys] = []
        self.refs = {column: array("i") for column in _REFS[table]}
        self._asked_for: list[list[Keys]] = [[] for _ in self.refs]
        self._columns = held_columns(table, self.refs)
        self.parts: list[Part] = []
        self._whole = (0, 0)
        """How many parts, and rows, there are of which it is known too what they name."""
        self.listed: dict[str, dict[str, array[int]]] = {column: {} for column in _LISTED.get(table, ())}
        """By column the places of each of its few values."""
        self.marked: list[str] = []
        """The ids of the records that have a marking of their own."""
        self.twins: list[str] = []
        """The ids of the entities that say of which one they are the deception twin."""
        self.heights: dict[str, Counter[int]] = {}
        """How many cards of each board lie at each height."""
        self._hashes, self._numbers = array("q"), array("q")
        self._pool: dict[Any, Any] = {}
        own = ["id", *self.refs]
        said = [f"group_concat({column}, :line)" for column in own] + [_said(column) for column in self._columns]
        odd = " or ".join(map(_odd, [*own, *self._columns]))
        self._query = (
            f"select count(*), total({odd}), {', '.join(said)} from {table} where rowid between :first and :last"
        )
        if table == "cards":
            self._query += " and (frame_id is null or frame_id > '')"

    def so_far(self, first: int) -> SoFar:
        """Return the parts from a number on of which all is known by now; without ids where nothing is named.

        In any thread, while `read` is at work in its own.
        """
        count, rows = self._whole
        if count <= first:
            return SoFar([], (), {})
        edges = [*self.starts[first:count], rows]
        parts = [
            (part.alike, part.packed, end - start)
            for part, (start, end) in zip(self.parts[first:count], pairwise(edges), strict=True)
        ]
        here = slice(edges[0], rows)
        known = (self._known[here] if self._same else Ids(self._joined)[here]) if self.refs else ()
        return SoFar(parts, known, {column: numbers[here].tobytes() for column, numbers in self.refs.items()})

    @property
    def ids(self) -> Sequence[str]:
        """Return the ids that were read."""
        if not self._same and self.rows:
            return Ids(self._joined)
        # Bit by bit: to count one more user of a million texts all at once would hold everything else up.
        made: list[str] = []
        for first in range(0, self.rows, _AT_ONCE):
            made += self._known[first : min(first + _AT_ONCE, self.rows)]
        return made

    def hashes(self) -> NDArray[np.int64]:
        """Return what Python gives as hashes of the ids."""
        return np.frombuffer(self._hashes, np.int64)

    def numbers(self) -> NDArray[np.int64]:
        """Return what Python gives as hashes of the numbers of entities."""
        return np.frombuffer(self._numbers, np.int64)

    def read(self, connection: sqlite3.Connection) -> None:
        """Read the whole table, unless `stopped` is set meanwhile."""
        try:
            rows, first, end = connection.execute(
                f"select count(*), min(rowid), max(rowid) from {self.table}"
            ).fetchone()
            self._many = rows
            with ThreadPoolExecutor(1) as asking:
                step = max(1, PART * (end - first + 1) // rows) if rows else 1
                begins = iter(range(first, end + 1, step * _TOGETHER) if rows else ())
                coming = deque(
                    asking.submit(self._asked, connection, begin, step, end) for begin in islice(begins, _AHEAD)
                )
                while coming and not self.stopped:
                    found = coming.popleft().result()
                    coming.extend(
                        asking.submit(self._asked, connection, begin, step, end) for begin in islice(begins, 1)
                    )
                    for count, odd, *columns in found:
                        if odd or count > _MOST:
                            raise NotPlainError
                        if count:
                            self._take(count, columns)
                    self._resolve()
                asking.shutdown(cancel_futures=True)
        except (sqlite3.DatabaseError, UnicodeError) as error:
            # Bytes that are no text, or damage: row by row it is told which.
            raise NotPlainError from error
        if self.rows != rows:
            raise NotPlainError

    def _asked(self, connection: sqlite3.Connection, begin: int, step: int, end: int) -> list[tuple[Any, ...]]:
        """Return some parts as SQLite puts them together."""
        values: dict[str, Any] = {"nul": BETWEEN, "line": "\n"}
        made = []
        for first in range(begin, min(begin + step * _TOGETHER, end + 1), step):
            give_way()
            values["first"], values["last"] = first, min(first + step - 1, end)
            made.append(connection.execute(self._query, values).fetchone())
        return made

    def _take(self, count: int, columns: Sequence[str]) -> None:
        give_way()
        named, start = len(self.refs) + 1, self.rows
        keys = [keys_of(column.encode(), count) for column in columns[:named]]
        ids = self._own_ids(columns[0], start, count)
        self.rows += count
        self.keys.append(keys[0])
        self._hashes.extend(map(hash, ids))
        for asked, key in zip(self._asked_for, keys[1:], strict=True):
            asked.append(key)
        texts = columns[named:]
        alike = tuple(map(self._alike, self._columns, texts, [count] * len(texts)))
        self._note(ids, start, texts, {
            name: [one] * count if one is not None else text.split(BETWEEN)
            for name, text, one in zip(self._columns, texts, alike, strict=True)
            if name in _NOTED and (one != "" or name in self.listed)
        })  # fmt: skip
        alike = self._pool.setdefault(alike, alike)
        for first, some in _cut(texts, alike, count):
            self.starts.append(start + first)
            self.parts.append(packed(some, alike))

    def _resolve(self) -> None:
        """Look up what was named since the last time; of many at once it is far quicker."""
        for numbers, asked in zip(self.refs.values(), self._asked_for, strict=True):
            if asked:
                numbers.frombytes(self._found(np.concatenate(asked)).astype(np.int32).tobytes())
                asked.clear()
        self._whole = (len(self.parts), self.rows)

    def _own_ids(self, column: str, start: int, count: int) -> Sequence[str]:
        known = self._known[start : start + count]
        if self._same and "\n".join(known) == column:
            return known
        if self._same:
            for first in range(0, start, _AT_ONCE):
                self._write_ids(first, self._known[first : min(first + _AT_ONCE, start)])
            self._same = False
        ids = column.split("\n")
        if len(ids) != count:
            raise NotPlainError
        self._write_ids(start, ids)
        return ids

    def _write_ids(self, start: int, ids: Sequence[str]) -> None:
        """Hold ids where they have their place. All are of one length: that was looked at, or is when they are keys."""
        self._joined = self._joined or room_for(self._many)
        said = "".join(ids).encode()
        if len(said) != LONG * len(ids) or start + len(ids) > self._many or isinstance(self._joined, bytes):
            raise NotPlainError
        self._joined[LONG * start : LONG * start + len(said)] = said

    def _found(self, asked: Keys) -> NDArray[np.intp]:
        """Return the numbers of the records that are named: those of the first table, then those of the next."""
        found, below = np.full(len(asked), -1, np.intp), 0
        for ids, places in self._targets:
            here = places.of(asked)
            found = np.where((found < 0) & (here >= 0), here + below, found)
            below += len(ids)
        if (found < 0).any():
            raise NotPlainError
        return found

    def _alike(self, column: str, text: str | None, count: int) -> str | None:
        """Return the one value that a whole column has, None where it has more of them."""
        if text is None or text.count(BETWEEN) != count - 1 or (not text.isascii() and "\ufffd" in text):
            raise NotPlainError
        first = text[: text.find(BETWEEN)] if count > 1 else text
        alike = len(text) == (len(first) + 1) * count - 1 and text == BETWEEN.join([first] * count)
        if not (column in _NUMBERS or self._fits(column, [first] if alike else text)):
            raise NotPlainError
        return self._pool.setdefault(first, first) if alike else None

    def _fits(self, column: str, text: str | list[str]) -> bool:
        """Return whether a column, given as it is or as the one value that stands for all, is plainly sound."""
        if isinstance(text, str):
            if len(text) <= _TEXTS.get(column, 0):
                return True
            text = text.split(BETWEEN)
        if column in JSON:
            return (bulk.are_tags if column == "tags" else bulk.are_objects)(text)
        if column in FLAGS:
            return {"0", "1"}.issuperset(text)
        if column in _IDS:
            return min(map(len, text)) >= 1 and max(map(len, text)) <= 64
        return max(map(len, text)) <= (64 if column == "frame_id" else _TEXTS.get(column, bulk.SHORT))

    def _note_twins(self, ids: Sequence[str], props: str) -> None:
        if _TWIN in props:
            self.twins += (one for one, said in zip(ids, props.split(BETWEEN), strict=True) if _TWIN in said)

    def _note(self, ids: Sequence[str], start: int, texts: Sequence[str], words: dict[str, list[str]]) -> None:
        """Note what a table is looked up by."""
        for column, listed in self.listed.items():
            for place, word in enumerate(words.get(column, ()), start):
                if word or column != "frame_id":
                    listed.setdefault(self._pool.setdefault(word, word), array("i")).append(place)
        if self.table == "entities":
            self._note_twins(ids, texts[self._columns.index("props")])
            self._numbers.extend(map(hash, words.get("number", [""] * len(ids))))
        if self.table == "cards":
            for board_id in dict.fromkeys(words["board_id"]):
                levels = [z for one, z in zip(words["board_id"], words["z"], strict=True) if one == board_id]
                self.heights.setdefault(board_id, Counter()).update(map(int, levels))
        self.marked += (one for one, word in zip(ids, words.get("marking", ()), strict=False) if word)
