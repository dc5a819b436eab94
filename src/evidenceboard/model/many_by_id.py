"""Very many things by id: a dict that grows beyond some hundred thousand moves all that it holds at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping
from itertools import chain
from typing import Any, Final, TypeVar

T = TypeVar("T")
_FROM: Final = 300_000
"""Ids from which on it is felt that a dict grows: of a million it takes a tenth of a second."""
_PARTS: Final = 256


class ManyById(MutableMapping[str, T]):
    """Hold things by id as a dict does, in many small ones; it has no order."""

    __slots__ = ("parts",)

    def __init__(self) -> None:
        self.parts: tuple[dict[str, T], ...] = tuple({} for _ in range(_PARTS))
        """The dicts that hold them, for who empties all of them."""

    def __getitem__(self, one: str) -> T:
        return self.parts[hash(one) % _PARTS][one]

    def get(self, one: str, default: Any = None) -> Any:
        return self.parts[hash(one) % _PARTS].get(one, default)

    def __contains__(self, one: object) -> bool:
        return one in self.parts[hash(one) % _PARTS]

    def __setitem__(self, one: str, thing: T) -> None:
        self.parts[hash(one) % _PARTS][one] = thing

    def __delitem__(self, one: str) -> None:
        del self.parts[hash(one) % _PARTS][one]

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self.parts)

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    def clear(self) -> None:
        for part in self.parts:
            part.clear()


ById = dict[str, T] | ManyById[T]
"""Things by id."""


def each_once(ids: Iterable[str]) -> Iterator[str]:
    """Yield ids in their order, each once. Other threads run meanwhile, however many there are."""
    seen: list[set[str]] = [set() for _ in range(_PARTS)]
    for one in ids:
        known = seen[hash(one) % _PARTS]
        if one not in known:
            known.add(one)
            yield one
    while seen:
        seen.pop()


def by_id(many: int) -> ById[Any]:
    """Return what holds so many things by id; it is still to be filled."""
    return ManyById() if many >= _FROM else {}


def parts(held: ById[T]) -> list[dict[str, T]]:
    """Return the dicts that hold things."""
    return list(held.parts) if isinstance(held, ManyById) else [held]
