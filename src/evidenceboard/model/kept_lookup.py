"""Which records that are held in little room have a value in a column, and what was changed of that since."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.heights import Heights
from evidenceboard.model.kept import Kept, hashed_groups
from evidenceboard.model.many_by_id import ById, by_id
from evidenceboard.model.records import Record
from evidenceboard.model.values import dataclass

_NONE = array("i")
_GROUPS = 10_000
"""Values that are looked at in one step: a list of a million numbers would keep others from their turn."""


class Places(Protocol):
    """Where the records stand that had a value when they were read."""

    def of(self, value: str) -> Sequence[int]:
        """Return the places of the records with a value, oldest first."""
        ...


class Grouped:
    """Places by a value that is itself known by a number."""

    __slots__ = ("_number_of", "_order", "_starts")

    def __init__(self, number_of: Callable[[str], int], order: array[int], starts: array[int]) -> None:
        """`number_of` tells the number of a value, -1 for none; `order` and `starts` as `groups` gives them."""
        self._number_of, self._order, self._starts = number_of, order, starts

    def of(self, value: str) -> Sequence[int]:
        number = self._number_of(value)
        return _NONE if number < 0 else self._order[self._starts[number] : self._starts[number + 1]]

    def naming(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the places of the records with one of some values, which are told by their numbers."""
        order, starts = np.frombuffer(self._order, np.int32), np.frombuffer(self._starts, np.int32).astype(np.int64)
        count = starts[numbers + 1] - starts[numbers]
        step = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        made: NDArray[np.int64] = order[np.repeat(starts[numbers], count) + step].astype(np.int64)
        return made

    def grouped(self, column: str, read: Sequence[Record], now: Sequence[Record]) -> ById[tuple[Record, ...]]:
        """Return the records as they are `now` by what they had in a column when they were `read`.

        Both are in the order of their places. For workers: others get their turn between two steps of it.
        """
        order, value_of = self._order, attrgetter(column)
        made: ById[tuple[Record, ...]] = by_id(len(self._starts))
        starts = np.frombuffer(self._starts, np.int32)
        for first in range(0, len(starts) - 1, _GROUPS):
            edges = starts[first : first + _GROUPS + 1]
            some = np.flatnonzero(edges[1:] > edges[:-1])
            for start, end in zip(edges[some].tolist(), edges[some + 1].tolist(), strict=True):
                made[value_of(read[order[start]])] = tuple([now[place] for place in order[start:end]])
        return made


class Listed:
    """Places by one of few values."""

    __slots__ = ("_places",)

    def __init__(self, places: Mapping[str, array[int]]) -> None:
        self._places = places

    def of(self, value: str) -> Sequence[int]:
        return self._places.get(value, _NONE)


class Hashed:
    """Places by one of many values, of which no more than a hash is held."""

    __slots__ = ("_column", "_kept", "_mask", "_order", "_starts")

    def __init__(self, column: str, kept: Kept, hashes: NDArray[np.int64]) -> None:
        """`hashes` are those that Python gives to the values."""
        self._column, self._kept = column, kept
        self._order, self._starts, self._mask = hashed_groups(hashes)

    def of(self, value: str) -> Sequence[int]:
        at = hash(value) & self._mask
        found = self._order[self._starts[at] : self._starts[at + 1]]
        return [place for place in found if getattr(self._kept[place], self._column) == value]


class KeptLookup:
    """Hold the ids of records by a value, as `Lookup` does: those that were read, and what was changed since."""

    __slots__ = ("_added", "_gone", "_ids", "_places")

    def __init__(self, ids: Sequence[str], places: Places) -> None:
        self._ids, self._places = ids, places
        self._added: dict[str, dict[str, None]] = {}
        self._gone: dict[str, set[str]] = {}

    def places(self, value: str) -> Sequence[int]:
        """Return where those records with a value stand that were read with it, oldest first."""
        gone, found = self._gone.get(value), self._places.of(value)
        return found if gone is None else [place for place in found if self._ids[place] not in gone]

    def naming(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the places of the records that were read with one of some values that have a number; else none."""
        return self._places.naming(numbers) if isinstance(self._places, Grouped) else numbers[:0]

    def grouped(self, column: str, read: Sequence[Record], now: Sequence[Record]) -> ById[tuple[Record, ...]]:
        """Return the records as they are `now` by the value of a column, but for what was `changed`.

        Both are in the order of their places. Nothing is returned where values are not known by number.
        """
        return self._places.grouped(column, read, now) if isinstance(self._places, Grouped) else {}

    def changed(self) -> set[str]:
        """Return the values of which the records are no longer those that were read."""
        return {*self._gone, *self._added}

    def added(self, value: str) -> tuple[str, ...]:
        """Return the ids of the records that got a value since, oldest first."""
        return tuple(self._added.get(value, ()))

    def get(self, value: str) -> tuple[str, ...]:
        """Return the ids of the records with a value, oldest first."""
        return (*map(self._ids.__getitem__, self.places(value)), *self.added(value))

    def count(self, value: str) -> int:
        """Return how many records have a value."""
        return len(self._places.of(value)) - len(self._gone.get(value, ())) + len(self._added.get(value, ()))

    def add(self, value: str, record_id: str) -> None:
        """Note that a record has a value now that it did not have before."""
        self._added.setdefault(value, {})[record_id] = None

    def remove(self, value: str, record_id: str) -> None:
        """Note that a record no longer has a value that it had."""
        added = self._added.get(value, {})
        if record_id not in added:
            self._gone.setdefault(value, set()).add(record_id)
            return
        del added[record_id]
        if not added:
            del self._added[value]

    def copied(self) -> KeptLookup:
        """Return another one that holds the same."""
        made = KeptLookup(self._ids, self._places)
        made._added = {value: ids.copy() for value, ids in self._added.items()}
        made._gone = {value: ids.copy() for value, ids in self._gone.items()}
        return made

    def as_read(self) -> KeptLookup:
        """Return what was read, without any change."""
        return KeptLookup(self._ids, self._places)

    def given_up(self) -> list[Any]:
        """Return what may take long to let go of; nobody may ask this any more."""
        return [self._added, self._gone]


@dataclass(frozen=True, slots=True)
class KeptTable:
    """A table as it was read, with what its records are looked up by."""

    rows: Kept
    lookups: dict[str, Places]
    """By column."""
    marked: list[str]
    """The ids of those that have a marking of their own."""
    twins: list[str]
    """The ids of the entities that say of which one they are the deception twin."""
    heights: dict[str, Heights]
    """How high the cards of each board lie."""
