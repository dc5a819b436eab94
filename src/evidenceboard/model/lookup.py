"""Which records have a value in a column, in the order in which they got it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, repeat
from typing import Any, Final, cast

_FEW: Final = 8
"""Records of one value up to which a tuple of their ids is held, which takes a quarter of the room of a dict."""
_Ids = str | tuple[str, ...] | dict[str, None]


def _held(group: tuple[str, ...]) -> _Ids:
    if len(group) == 1:
        return group[0]
    return group if len(group) <= _FEW else dict.fromkeys(group)


class Lookup:
    """Hold the ids of records by a value: the id itself where there is one, a tuple of few, a dict of many."""

    __slots__ = ("_ids",)

    def __init__(self) -> None:
        self._ids: dict[str, _Ids] = {}

    def get(self, value: str) -> tuple[str, ...]:
        """Return the ids of the records with a value, oldest first."""
        found = self._ids.get(value, ())
        return (found,) if isinstance(found, str) else tuple(found)

    def count(self, value: str) -> int:
        """Return how many records have a value."""
        found = self._ids.get(value, ())
        return 1 if isinstance(found, str) else len(found)

    def add(self, value: str, record_id: str) -> None:
        """Note that a record has a value now."""
        found = self._ids.get(value)
        if found is None:
            self._ids[value] = record_id
        elif isinstance(found, dict):
            found[record_id] = None
        elif isinstance(found, str):
            if found != record_id:
                self._ids[value] = (found, record_id)
        elif record_id not in found:
            more = (*found, record_id)
            self._ids[value] = more if len(more) <= _FEW else dict.fromkeys(more)

    def fill(self, values: Sequence[str | None], record_ids: Sequence[str]) -> None:
        """Note the values of many records, given with their ids; None is no value."""
        ids = self._ids
        first = values[0] if values else None
        if first is not None and len(values) > _FEW and values.count(first) == len(values):
            there = ids.get(first)
            many = there if isinstance(there, dict) else dict.fromkeys(self.get(first))
            many.update(zip(record_ids, repeat(None)))
            ids[first] = many
            return
        if len(set(values)) == len(values) and None not in values and ids.keys().isdisjoint(values):
            ids.update(zip(cast("Sequence[str]", values), record_ids, strict=True))
            return
        for value, record_id, found in zip(
            values, record_ids, map(ids.get, cast("Sequence[str]", values)), strict=True
        ):
            if value is None:
                continue
            # Most values stand in one record only, or in two.
            if found is None:
                ids[value] = record_id
            elif isinstance(found, dict):
                found[record_id] = None
            elif isinstance(found, str) and found != record_id:
                ids[value] = (found, record_id)
            else:
                self.add(value, record_id)

    def fill_groups(self, values: Sequence[str], record_ids: Sequence[str], bounds: Sequence[int]) -> None:
        """Note values that no record had before, with their records one group after the other, oldest first.

        `bounds`: where the groups begin among the records, and where the last one ends.
        """
        groups = (tuple(record_ids[start:end]) for start, end in pairwise(bounds))
        self._ids.update(zip(values, map(_held, groups), strict=True))

    def copied(self) -> Lookup:
        """Return another one that holds the same."""
        made = Lookup()
        made._ids = {value: dict(ids) if isinstance(ids, dict) else ids for value, ids in self._ids.items()}
        return made

    def given_up(self) -> list[Any]:
        """Return what may take long to let go of; nobody may ask this any more."""
        return [self._ids]

    def remove(self, value: str, record_id: str) -> None:
        """Note that a record has a value no longer."""
        found = self._ids.get(value)
        if found == record_id:
            del self._ids[value]
        elif isinstance(found, dict):
            found.pop(record_id, None)
            if not found:
                del self._ids[value]
        elif isinstance(found, tuple) and record_id in found:
            left = tuple(one for one in found if one != record_id)
            self._ids[value] = left if len(left) > 1 else left[0]
