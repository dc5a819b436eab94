"""Rows that are held as packed columns of text, and the records that are made of them."""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from copy import copy
from functools import partial
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.giving_way import breathe, giving_way
from evidenceboard.model.ids import Ids
from evidenceboard.model.records import COLUMNS, FARTHEST, STEPS_PER_UNIT, Record
from evidenceboard.model.values import dataclass
from evidenceboard.store import bulk

BETWEEN: Final = "\0"
"""Stands between two values; none of them holds it."""
ON_GRID: Final = {"x": -FARTHEST, "y": -FARTHEST, "w": 1.0, "h": 1.0}
"""Numbers on the grid, and the least that they may be; they are held as steps of it."""
FLAGS: Final = frozenset({"fitted", "pinned"})
JSON: Final = frozenset({"tags", "props"})
_ONCE: Final = frozenset({"number", "title", "notes", "marking_reason", "reason", "at"})
"""Columns whose values hardly ever come again."""
_QUICK: Final = 1
"""How hard text is packed: twice to four times less room, for a tenth of the time that reading it takes."""
_WINDOW: Final = 13
"""How far back it is looked for the same, as a power of two: a part is hardly longer than that."""
_BREATH: Final = 16
"""Parts that are unpacked before others get their turn: some milliseconds of work."""
_OPEN: Final = 64
"""Parts that are held unpacked: what is asked for next often lies near."""
Alike = tuple[str | None, ...]
AsHeld = tuple[Alike, bytes, int]
"""A part of a table as it is held: what all rows of a column say, the other columns, packed, and how many rows."""


@dataclass(frozen=True, slots=True)
class SoFar:
    """Parts of a table that is still being read: their ids, and by column the numbers of what they name, as bytes."""

    parts: list[AsHeld]
    ids: Sequence[str]
    refs: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows: of each column the one value that all of them have, or None, and the other columns, packed."""

    alike: Alike
    packed: bytes

    def texts(self) -> list[str | None]:
        """Return all columns as text with what stands between two values; None for one in which all are alike."""
        head, _, said = zlib.decompress(self.packed).decode().partition(BETWEEN)
        made: list[str | None] = [None] * len(self.alike)
        at = 0
        for place, long in zip(self._held(), map(int, head.split()), strict=True):
            made[place] = said[at : at + long]
            at += long
        return made

    def columns(self, rows: int, wanted: Iterable[int]) -> list[list[str]]:
        """Return some columns of so many rows, which this part has."""
        texts = self.texts()
        return [self.column(texts, rows, at) for at in wanted]

    def column(self, texts: Sequence[str | None], rows: int, at: int) -> list[str]:
        """Return a column of so many rows, where `texts` were unpacked already."""
        text = texts[at]
        return [str(self.alike[at])] * rows if text is None else text.split(BETWEEN)

    def row(self, texts: Sequence[str | None], at: int) -> list[str]:
        """Return the values of one row, where `texts` were unpacked already."""
        return [
            str(value) if text is None else text.split(BETWEEN, at + 1)[at]
            for text, value in zip(texts, self.alike, strict=True)
        ]

    def _held(self) -> list[int]:
        return [place for place, value in enumerate(self.alike) if value is None]


def packed(columns: Sequence[str], alike: Alike) -> Part:
    """Return a part of columns, given as text with what stands between two values."""
    held = [column for column, value in zip(columns, alike, strict=True) if value is None]
    # How long each column is stands first, so that one row can be told without looking at all of them.
    head = " ".join(str(len(column)) for column in held)
    return Part(alike, zlib.compress("".join([head, BETWEEN, *held]).encode(), _QUICK, _WINDOW))


class Packed:
    """Make the records of a table that was read."""

    def __init__(
        self,
        table: str,
        ids: Sequence[str],
        parts: Sequence[Part],
        starts: array[int],
        refs: Mapping[str, array[int]],
        targets: Sequence[Sequence[str]],
    ) -> None:
        """`starts`: the place of the first record of each part.

        `refs`: by column the number of the record that is named; `targets`: the ids that these numbers mean.
        """
        self._table, self._ids, self._parts, self._starts = table, ids, parts, starts
        self._sides = {column: (numbers, _named(targets)) for column, numbers in refs.items()}
        self._at = {name: at for at, name in enumerate(held_columns(table, refs))}
        self._pool: dict[Any, Any] = {}
        self._open: dict[int, list[str | None]] = {}

    def __len__(self) -> int:
        """Return how many parts there are."""
        return len(self._parts)

    def span(self, number: int) -> tuple[int, int]:
        """Return the places where a part begins and ends."""
        after = number + 1
        return self._starts[number], self._starts[after] if after < len(self._starts) else len(self._ids)

    def part(self, number: int) -> list[Record]:
        """Return the records of a part."""
        start, end = self.span(number)
        held = self._parts[number].columns(end - start, self._at.values())
        return self._made(list(self._ids[start:end]), slice(start, end), held)

    def one(self, number: int, place: int) -> Record:
        """Return the record at a place, which lies in this part."""
        at = place - self._starts[number]
        texts = self._open.get(number)
        if texts is None:
            if len(self._open) >= _OPEN:
                self._open.clear()
            texts = self._open[number] = self._parts[number].texts()
        row = self._parts[number].row(texts, at)
        return self._made([self._ids[place]], slice(place, place + 1), [[value] for value in row])[0]

    def several(self, places: array[int]) -> list[Record]:
        """Return the records at some places, which go upwards; each part is unpacked once. For workers."""
        if not places:
            return []
        found = np.frombuffer(places, np.int32)
        parts = np.searchsorted(np.frombuffer(self._starts, np.int32), found, "right") - 1
        edges = np.flatnonzero(np.r_[True, parts[1:] != parts[:-1]]).tolist()
        held: list[list[str]] = [[] for _ in self._at]
        for count, (first, last) in enumerate(pairwise([*edges, len(places)])):
            if count % _BREATH == 0:
                breathe()
            number = int(parts[first])
            start, end = self.span(number)
            here = [place - start for place in places[first:last]]
            for column, values in zip(held, self._parts[number].columns(end - start, self._at.values()), strict=True):
                column += map(values.__getitem__, here)
        return self._made(_several(self._ids, places), found, held)

    def raw(self, number: int, names: Sequence[str]) -> list[list[str]]:
        """Return columns of a part as the file holds them. For workers: between two of them they give way."""
        start, end = self.span(number)
        part = self._parts[number]
        texts = part.texts()
        wanted = giving_way(map(self._at.__getitem__, names), 1)
        return [part.column(texts, end - start, at) for at in wanted]

    def as_held(self, number: int) -> AsHeld:
        """Return a part as it is held."""
        start, end = self.span(number)
        part = self._parts[number]
        return part.alike, part.packed, end - start

    def sharing(self, pool: dict[str, str]) -> Packed:
        """Return what makes the same records, in which the ids of others are texts of the pool, each held once."""
        made = copy(self)
        made._sides = {name: (numbers, partial(_pooled, pool, named)) for name, (numbers, named) in self._sides.items()}
        # What it makes goes away with it: a text that stayed would keep the system from having all around it back.
        made._open, made._pool = {}, {}
        return made

    def naming(self, targets: Sequence[Sequence[str]]) -> Packed:
        """Return what makes the same records, in which the ids of others are texts of lists: quicker than a pool."""
        made = self.sharing({})
        made._sides = {name: (numbers, _named(targets)) for name, (numbers, _) in self._sides.items()}
        return made

    def named(self, column: str) -> array[int]:
        """Return the numbers of the records that a column names."""
        return self._sides[column][0]

    def name(self, column: str, place: int) -> str:
        """Return the id that a column of the record at a place names."""
        numbers, named = self._sides[column]
        return named(numbers[place : place + 1])[0]

    def _made(self, ids: list[str], places: slice | NDArray[np.int32], held: Sequence[list[str]]) -> list[Record]:
        columns: dict[str, Sequence[Any]] = {"id": ids}
        for column, (numbers, named) in self._sides.items():
            if isinstance(places, slice):
                columns[column] = named(numbers[places])
            else:
                columns[column] = named(array("i", np.frombuffer(numbers, np.int32)[places].tobytes()))
        for column, values in zip(self._at, held, strict=True):
            columns[column] = self._values(column, values)
        return bulk.assembled(self._table, [columns[column] for column in COLUMNS[self._table]])

    def _values(self, column: str, values: list[str]) -> Sequence[Any]:
        if column in JSON:
            return read_json(column, values, self._pool)
        if column in ON_GRID:
            return [int(value) / STEPS_PER_UNIT for value in values]
        if column == "z":
            return list(map(int, values))
        if column in FLAGS:
            return [value == "1" for value in values]
        if column in _ONCE:
            return values
        pooled = list(map(self._pool.setdefault, values, values))
        return [one or None for one in pooled] if column == "frame_id" else pooled


def held_columns(table: str, refs: Collection[str]) -> list[str]:
    """Return the columns of a table that are held as text."""
    return [name for name in COLUMNS[table] if name != "id" and name not in refs]


def read_json(column: str, values: Sequence[str], pool: dict[Any, Any]) -> Sequence[Any]:
    """Return tags or properties that were looked at when they were read. Only short words of tags go into the pool."""
    found = bulk.tags(values, pool) if column == "tags" else bulk.objects(values, {})
    assert found is not None, "it was sound when it was read"
    return found


def read_again(values: Sequence[str]) -> list[Any]:
    """Return what each text of a column of JSON says; all of them were looked at when they were read."""
    texts = list(dict.fromkeys(values))
    made = dict(zip(texts, json.loads(f"[{','.join(texts)}]"), strict=True))
    return list(map(made.__getitem__, values))


def _named(targets: Sequence[Sequence[str]]) -> Callable[[array[int]], list[str]]:
    """Return what tells the ids of records by their numbers: those of the first table, then those of the next."""
    if len(targets) < 2:
        return partial(_several, targets[0] if targets else ())
    first, second = targets
    below = len(first)

    def named(numbers: array[int]) -> list[str]:
        if max(numbers) < below:
            return _several(first, numbers)
        return [first[number] if number < below else second[number - below] for number in numbers]

    return named


def _pooled(pool: dict[str, str], named: Callable[[array[int]], list[str]], numbers: array[int]) -> list[str]:
    found = named(numbers)
    return list(map(pool.setdefault, found, found))


def _several(ids: Sequence[str], numbers: array[int]) -> list[str]:
    if isinstance(ids, Ids) and len(numbers) > 1:
        return ids.several(np.frombuffer(numbers, np.int32))
    return list(map(ids.__getitem__, numbers))
