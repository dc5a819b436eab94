"""In which order the rows of the table stand, and where one stands after its value changed."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Generator, Iterator
from heapq import merge
from itertools import islice
from typing import Any, Final

from evidenceboard.model.giving_back import let_go

Key = tuple[Any, ...]
"""What a row is sorted by: its value (of an empty one nothing), its number as people read it, its id."""
_CHUNK: Final = 256
"""Keys that are sorted, or merged, in one step."""


class Order:
    """Hold the ids of rows by what they are sorted by; the empty ones come last, whichever way the others stand."""

    def __init__(self, *, down: bool = False) -> None:
        self.down = down
        self.known: dict[str, tuple[bool, Key]] = {}
        """Of each row whether it is empty, and its key."""
        self._full: list[Key] = []
        self._empty: list[Key] = []

    def __len__(self) -> int:
        return len(self._full) + len(self._empty)

    def id_at(self, row: int) -> str:
        """Return the id of the row at a place."""
        full = len(self._full)
        key = self._empty[row - full] if row >= full else self._full[full - 1 - row if self.down else row]
        return str(key[-1])

    def row_of(self, entity_id: str) -> int:
        """Return the place of a row, -1 where it is not among these."""
        found = self.known.get(entity_id)
        if found is None:
            return -1
        empty, key = found
        if empty:
            return len(self._full) + bisect_left(self._empty, key)
        place = bisect_left(self._full, key)
        return len(self._full) - 1 - place if self.down else place

    def row_for(self, empty: bool, key: Key) -> int:
        """Return the place that a row with this key would get."""
        if empty:
            return len(self._full) + bisect_left(self._empty, key)
        place = bisect_left(self._full, key)
        return len(self._full) - place if self.down else place

    def put(self, entity_id: str, empty: bool, key: Key) -> None:
        """Add a row."""
        insort(self._empty if empty else self._full, key)
        self.known[entity_id] = (empty, key)

    def take(self, entity_id: str) -> None:
        """Let go of a row."""
        empty, key = self.known.pop(entity_id)
        keys = self._empty if empty else self._full
        del keys[bisect_left(keys, key)]

    def same_as(self, other: Order) -> Generator[None, None, bool]:
        """Tell in small steps whether the same rows stand in the same order with the same values."""
        if self.down != other.down or len(self._full) != len(other._full) or len(self._empty) != len(other._empty):
            return False
        for mine, others in ((self._full, other._full), (self._empty, other._empty)):
            for start in range(0, len(mine), _CHUNK):
                if mine[start : start + _CHUNK] != others[start : start + _CHUNK]:
                    return False
                yield None
        return True

    def let_go(self) -> None:
        """Let go of all rows: freed at once, 100,000 of them would hold up a frame."""
        let_go(self.known, self._full, self._empty)


def ordered(known: dict[str, tuple[bool, Key]], *, down: bool) -> Iterator[Order | None]:
    """Sort rows in small steps: yield None after each, and their order at the end."""
    made = Order(down=down)
    made.known = known
    rows = iter(known.values())
    chunks: tuple[list[list[Key]], list[list[Key]]] = ([], [])
    while some := list(islice(rows, _CHUNK)):
        for wanted in (False, True):
            chunks[wanted].append(sorted(key for empty, key in some if empty is wanted))
        yield None
    for keys, sorted_ in ((made._full, chunks[False]), (made._empty, chunks[True])):
        for place, key in enumerate(merge(*sorted_), 1):
            keys.append(key)
            if place % _CHUNK == 0:
                yield None
    yield made
