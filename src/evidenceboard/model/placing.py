"""Where in a scene each card and link stands, by their ids: noted bit by bit, as a picture can be shown before that."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Lock
from typing import Final

import numpy as np

from evidenceboard.model.kept import IdPlaces
from evidenceboard.model.placed import Placed

_PART: Final = 1_000
"""Ids that are noted in one step: a few tenths of a millisecond."""
_MANY: Final = 20_000
"""Ids from which on they are found by their hashes, which takes a tenth of the room of a dict, and less time."""
_PATIENCE: Final = 0.0005
"""Seconds that one step waits until hashes are sorted."""
_FEW: Final = 5
"""Ids that are sought in the whole list while not all are noted: that takes as long as noting some thousands."""
_DONE: Final = object()
Places = dict[str, int] | Placed
"""Places by id."""


class Placing:
    """Hold the places of cards and links by their ids. Whoever asks before all are noted has to wait for that."""

    def __init__(self, card_ids: list[str], link_ids: list[str]) -> None:
        """Both lists stay as they are until all are noted."""
        self._slots, self._indexes = _places(len(card_ids)), _places(len(link_ids))
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
            hashes = array("q")
            many = len(ids)
            for start in range(0, many, _PART):
                some = ids[start : min(start + _PART, many)]
                if isinstance(known, Placed):
                    hashes.extend(map(hash, some))
                else:
                    known.update(zip(some, range(start, many), strict=False))
                yield
            if isinstance(known, Placed):
                worker = ThreadPoolExecutor(1, "placing")
                try:
                    sorting = worker.submit(IdPlaces, ids, np.frombuffer(hashes, np.int64))
                    while not wait((sorting,), _PATIENCE).done:
                        yield
                    known.begin(sorting.result(), ids, many)
                finally:
                    worker.shutdown(wait=False)


def _places(many: int) -> Places:
    return Placed() if many >= _MANY else {}


def _sought(ids: list[str], one: str) -> int | None:
    try:
        return ids.index(one)
    except ValueError:
        return None
