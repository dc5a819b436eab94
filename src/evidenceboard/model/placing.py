"""Where in a scene each card and link stands, by their ids: noted bit by bit, as a picture can be shown before that."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from threading import Lock
from typing import Final

from evidenceboard.model.many_by_id import ById, by_id, note

_PART: Final = 1_000
"""Ids that are noted in one step: a few tenths of a millisecond."""
_FEW: Final = 5
"""Ids that are sought in the whole list while not all are noted: that takes as long as noting some thousands."""
_DONE: Final = object()
Places = ById[int]
"""Places by id."""


class Placing:
    """Hold the places of cards and links by their ids. Whoever asks before all are noted has to wait for that."""

    def __init__(self, card_ids: list[str], link_ids: list[str]) -> None:
        """Both lists stay as they are until all are noted."""
        self._slots: Places = by_id(len(card_ids))
        self._indexes: Places = by_id(len(link_ids))
        self._steps: Iterator[None] | None = self._noting(card_ids, link_ids)
        self._lock = Lock()
        self._ids = (card_ids, link_ids)

    def note(self) -> bool:
        """Note some more, in any thread; tell whether there may be others."""
        with self._lock:
            if self._steps is not None and next(self._steps, _DONE) is _DONE:
                self._steps = None
            return self._steps is not None

    @property
    def slots(self) -> Places:
        """Return the slot of each card."""
        self.end()
        return self._slots

    @property
    def indexes(self) -> Places:
        """Return the index of each link."""
        self.end()
        return self._indexes

    def some(self, card_ids: Collection[str]) -> list[int]:
        """Return the slots of those cards that are there; for a few nobody waits."""
        if self._steps is not None and len(card_ids) <= _FEW:
            found = [_sought(self._ids[0], one) for one in card_ids]
        else:
            found = list(map(self.slots.get, card_ids))
        return [slot for slot in found if slot is not None]

    def index(self, link_id: str) -> int | None:
        """Return the index of a link, None where it is not there; nobody waits for it."""
        return self.indexes.get(link_id) if self._steps is None else _sought(self._ids[1], link_id)

    def end(self) -> None:
        """Note all."""
        while self._steps is not None:
            self.note()

    def _noting(self, card_ids: list[str], link_ids: list[str]) -> Iterator[None]:
        for known, ids in ((self._slots, card_ids), (self._indexes, link_ids)):
            for start in range(0, len(ids), _PART):
                pairs = zip(ids[start : start + _PART], range(start, len(ids)), strict=False)
                note(known, pairs)
                yield


def _sought(ids: list[str], one: str) -> int | None:
    try:
        return ids.index(one)
    except ValueError:
        return None
