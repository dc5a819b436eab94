"""Many ids of one length in little room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from mmap import mmap
from typing import Final, overload

import numpy as np
from numpy.typing import NDArray

LONG: Final = 32
"""Characters of an id."""
_AT_ONCE: Final = 10_000

Room = bytes | mmap


def room_for(many: int) -> Room:
    """Return room for so many ids: it is taken as it is filled, bit by bit, and never moved."""
    return mmap(-1, many * LONG) if many else b""


def in_little_room(ids: Sequence[str]) -> Sequence[str]:
    """Return the same ids in as little room as can be."""
    room = room_for(len(ids))
    if isinstance(room, bytes):
        return ids
    # Some at a time: to put together millions at once would hold everything else up.
    for first in range(0, len(ids), _AT_ONCE):
        some = ids[first : first + _AT_ONCE]
        if not all(len(one) == LONG and one.isascii() for one in some):
            return ids
        room[LONG * first : LONG * (first + len(some))] = "".join(some).encode()
    return Ids(room)


class Ids(Sequence[str]):
    """Ids of 32 plain characters, one after the other, like a list of them."""

    __slots__ = ("_joined",)

    def __init__(self, joined: Room) -> None:
        """Nobody may change what is given: to copy it would hold everything else up, where there are many."""
        self._joined = joined

    def __len__(self) -> int:
        return len(self._joined) // LONG

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> list[str]: ...

    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            start, stop, step = at.indices(len(self))
            said = self._joined[start * LONG : max(start, stop) * LONG].decode()
            return [said[begin : begin + LONG] for begin in range(0, len(said), LONG)][::step]
        start = at * LONG
        found = self._joined[start : start + LONG] if start >= 0 else self._joined[start:][:LONG]
        if not found or -start > len(self._joined):
            raise IndexError(at)
        return found.decode()

    def first(self, one: str, places: Iterable[int]) -> int:
        """Return the first of some places at which an id stands, or -1."""
        if len(one) != LONG or not one.isascii():
            return -1
        joined, said = self._joined, one.encode()
        for place in places:
            if joined[place * LONG : place * LONG + LONG] == said:
                return place
        return -1

    def several(self, places: NDArray[np.int32]) -> list[str]:
        """Return the ids at some places."""
        said = np.frombuffer(self._joined, f"S{LONG}")[places].tobytes().decode()
        return [said[begin : begin + LONG] for begin in range(0, len(said), LONG)]

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self)))
