"""Which records have a value in a column, in the order in which they got it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class Lookup:
    """Hold the ids of records by a value. Most values stand in one record only: there the id itself is held."""

    __slots__ = ("_ids",)

    def __init__(self) -> None:
        self._ids: dict[str, str | dict[str, None]] = {}

    def get(self, value: str) -> tuple[str, ...]:
        """Return the ids of the records with a value, oldest first."""
        found = self._ids.get(value)
        if found is None:
            return ()
        return (found,) if isinstance(found, str) else tuple(found)

    def count(self, value: str) -> int:
        """Return how many records have a value."""
        found = self._ids.get(value)
        return len(found) if isinstance(found, dict) else int(found is not None)

    def add(self, value: str, record_id: str) -> None:
        """Note that a record has a value now."""
        found = self._ids.setdefault(value, record_id)
        if isinstance(found, dict):
            found[record_id] = None
        elif found != record_id:
            self._ids[value] = {found: None, record_id: None}

    def fill(self, pairs: Iterable[tuple[str | None, str]]) -> None:
        """Note the values of many records, given with their ids; None is no value."""
        ids = self._ids
        for value, record_id in pairs:
            if value is not None:
                found = ids.get(value)
                if found is None:
                    ids[value] = record_id
                elif isinstance(found, dict):
                    found[record_id] = None
                elif found != record_id:
                    ids[value] = {found: None, record_id: None}

    def copied(self) -> Lookup:
        """Return another one that holds the same."""
        made = Lookup()
        made._ids = {value: dict(ids) if isinstance(ids, dict) else ids for value, ids in self._ids.items()}
        return made

    def given_up(self) -> dict[str, Any]:
        """Return what this holds, to be emptied bit by bit; nobody may ask it any more."""
        held, self._ids = self._ids, {}
        return held

    def remove(self, value: str, record_id: str) -> None:
        """Note that a record has a value no longer."""
        found = self._ids.get(value)
        if found == record_id:
            del self._ids[value]
        elif isinstance(found, dict):
            found.pop(record_id, None)
            if not found:
                del self._ids[value]
