"""Many ids of one length in little room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, overload

LONG: Final = 32
"""Characters of an id."""


class Ids(Sequence[str]):
    """Ids of 32 plain characters, one after the other, like a list of them."""

    __slots__ = ("_joined",)

    def __init__(self, joined: bytes) -> None:
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
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        start = at % len(self) * LONG
        return self._joined[start : start + LONG].decode()

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self)))
