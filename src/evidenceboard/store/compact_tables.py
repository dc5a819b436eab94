"""The large tables of a file, each read whole by a worker and held in little room."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Final

import numpy as np

from evidenceboard.model.geometry import Geometry
from evidenceboard.model.giving_back import give_back
from evidenceboard.model.heights import Heights
from evidenceboard.model.kept import Kept, groups
from evidenceboard.model.kept_lookup import Grouped, Hashed, KeptTable, Listed, Places
from evidenceboard.store.compact import TABLES, Reader
from evidenceboard.store.id_places import NotPlainError, PlacesOfIds
from evidenceboard.store.loose import Sieve
from evidenceboard.store.packed import Packed

_TARGETS: Final = {"links": ("entities",), "assessments": ("entities", "links"), "cards": ("entities",)}
"""The tables that the records of a table name by id."""
_NAMED: Final = frozenset({"entities", "links"})
"""Tables that others name by id."""
_NAMING: Final = {"board_id": "boards", "frame_id": "frames"}
"""Columns that name a record of a table that is read row by row."""
_PATIENCE: Final = 0.002
"""Seconds that one step waits for the worker."""


class CompactTables:
    """Read tables of an open file, what is named before what names it."""

    def __init__(self, connection: sqlite3.Connection, seen: Geometry | None) -> None:
        """`seen`: a picture of a board with ids that are in memory already."""
        self._connection = connection
        self._known = {"entities": seen.all_entities, "links": seen.link_ids, "cards": seen.card_ids} if seen else {}
        self._read: dict[str, Kept] = {}
        self._places: dict[str, PlacesOfIds] = {}
        self._reader: Reader | None = None

    def reading(self, table: str, sieve: Sieve) -> Iterator[int | KeptTable]:
        """Yield how many rows have been read so far, and the table at the end. Raises `NotPlainError`."""
        targets = _TARGETS.get(table, ())
        if table not in TABLES or not self._read.keys() >= set(targets):
            raise NotPlainError
        reader = Reader(
            table, self._known.get(table, ()), [(self._read[one].ids, self._places[one]) for one in targets]
        )
        self._reader = reader
        with ThreadPoolExecutor(1) as worker:
            try:
                working = worker.submit(self._reading, reader, targets, sieve)
                while not wait((working,), _PATIENCE).done:
                    yield reader.rows
                yield working.result()
            finally:
                reader.stopped = True
                self._reader = None

    def reads(self, table: str) -> Reader | None:
        """Return what is reading a table just now; None where nothing does."""
        return self._reader if self._reader is not None and self._reader.table == table else None

    def _reading(self, read: Reader, targets: Sequence[str], sieve: Sieve) -> KeptTable:
        table = read.table
        read.read(self._connection)
        if table in _NAMED:
            self._places[table] = PlacesOfIds(read.keys)
        read.keys.clear()
        lookups: dict[str, Places] = {}
        named = [self._read[one] for one in targets]
        for column, numbers in read.refs.items():
            many = sum(map(len, named))
            found = groups(np.frombuffer(numbers, np.int32).astype(np.int64), many)
            lookups[column] = Grouped(_number_of(named), *found)
        for column, listed in read.listed.items():
            if column in _NAMING and not sieve.knows(_NAMING[column], listed):
                raise NotPlainError
            lookups[column] = Listed(listed)
        ids = read.ids
        making = Packed(table, ids, read.parts, read.starts, read.refs, [one.ids for one in named])
        rows = Kept(ids, read.hashes(), read.starts, making)
        if table == "entities":
            lookups["number"] = Hashed("number", rows, read.numbers())
        self._read[table] = rows
        give_back()
        heights = {board_id: Heights(found) for board_id, found in read.heights.items()}
        return KeptTable(rows, lookups, read.marked, read.twins, heights)


def _number_of(named: Sequence[Kept]) -> Callable[[str], int]:
    """Return what tells the number of a record that is named: those of the first table, then those of the next."""
    first = named[0]
    if len(named) == 1:
        return first.place
    second, below = named[1], len(first)

    def number(record_id: str) -> int:
        place = first.place(record_id)
        if place >= 0:
            return place
        place = second.place(record_id)
        return -1 if place < 0 else below + place

    return number
