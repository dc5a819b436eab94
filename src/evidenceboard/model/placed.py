"""Places of very many ids that stand in a list, found by their hashes, and what has changed since."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence
from itertools import chain, islice
from typing import Any

from evidenceboard.model.kept import IdPlaces


class Placed(MutableMapping[str, int]):
    """Hold places by id as a dict does, in a tenth of its room; ids that were there from the beginning come first."""

    __slots__ = ("_changed", "_gone", "_known", "_listed", "_many")

    def __init__(self) -> None:
        self._listed: Sequence[str] = ()
        self._many = 0
        self._known: IdPlaces | None = None
        self._gone: set[str] = set()
        """Ids of the list that are not at their first place any more."""
        self._changed: dict[str, int] = {}
        """Ids that were put elsewhere, or came."""

    def begin(self, known: IdPlaces, listed: Sequence[str], many: int) -> None:
        """Take in the places of so many ids of a list, which may only grow from now on."""
        self._known, self._listed, self._many = known, listed, many

    def get(self, one: str, default: Any = None) -> Any:
        found = self._changed.get(one) if self._changed else None
        if found is not None:
            return found
        place = self._first(one)
        return default if place < 0 else place

    def _first(self, one: str) -> int:
        """Return where an id has stood from the beginning, -1 where it does not any more or never did."""
        return -1 if self._known is None or one in self._gone else self._known.of(one)

    def __getitem__(self, one: str) -> int:
        found = self.get(one)
        if found is None:
            raise KeyError(one)
        return int(found)

    def __contains__(self, one: object) -> bool:
        return isinstance(one, str) and self.get(one) is not None

    def __setitem__(self, one: str, place: int) -> None:
        if self._first(one) >= 0:
            self._gone.add(one)
        self._changed[one] = place

    def __delitem__(self, one: str) -> None:
        if self._changed.pop(one, None) is None:
            if self._first(one) < 0:
                raise KeyError(one)
            self._gone.add(one)

    def __iter__(self) -> Iterator[str]:
        there: Iterator[str] = islice(self._listed, self._many)
        if self._gone:
            there = (one for one in there if one not in self._gone)
        return chain(there, self._changed)

    def __len__(self) -> int:
        return self._many - len(self._gone) + len(self._changed)

    def clear(self) -> None:
        self._known, self._listed, self._many = None, (), 0
        self._gone, self._changed = set(), {}
