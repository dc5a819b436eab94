"""Numbers by id, very many of them: a dict that grows beyond some hundred thousand moves all that it holds at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping
from itertools import chain
from typing import Any, Final

FROM: Final = 300_000
"""Ids from which on it is felt that a dict grows: of a million it takes a tenth of a second."""
_PARTS: Final = 256


class ManyNumbers(MutableMapping[str, int]):
    """Hold numbers by id as a dict does, in many small ones; it has no order."""

    __slots__ = ("_parts",)

    def __init__(self) -> None:
        self._parts: tuple[dict[str, int], ...] = tuple({} for _ in range(_PARTS))

    def note(self, pairs: Iterable[tuple[str, int]]) -> None:
        """Take numbers in."""
        parts = self._parts
        for one, number in pairs:
            parts[hash(one) % _PARTS][one] = number

    def __getitem__(self, one: str) -> int:
        return self._parts[hash(one) % _PARTS][one]

    def get(self, one: str, default: Any = None) -> Any:
        return self._parts[hash(one) % _PARTS].get(one, default)

    def __contains__(self, one: object) -> bool:
        return one in self._parts[hash(one) % _PARTS]

    def __setitem__(self, one: str, number: int) -> None:
        self._parts[hash(one) % _PARTS][one] = number

    def __delitem__(self, one: str) -> None:
        del self._parts[hash(one) % _PARTS][one]

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self._parts)

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    def popitem(self) -> tuple[str, int]:
        return next(filter(None, reversed(self._parts))).popitem() if self else {}.popitem()

    def clear(self) -> None:
        for part in self._parts:
            part.clear()
