"""Which cards lie above which on a board, and what of them touches an area."""

from __future__ import annotations

from copy import copy
from typing import Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.changes import Change

_STACKED: Final = ("cards", "frames")
"""Tables on whose records it hangs which cards lie where."""
_PLACED: Final = frozenset(("x", "y", "w", "h", "fitted", "colour", "pinned"))
"""Columns of a card that say nothing of whether it shows and how high it lies."""


def keeps_order(change: Change) -> bool:
    """Tell whether a change leaves it as it was which cards show and how high they lie; where may be another matter."""
    if change.is_shift or change.table not in _STACKED:
        return True
    if change.table != "cards" or change.before is None or change.after is None:
        return False
    return change.before.keys() | change.after.keys() <= _PLACED


class Stacking:
    """Hold the slots of the cards that show, the hindmost first, with their edges in that order.

    Copies of a scene may share it, and say so: then nothing in it changes any more.
    """

    def __init__(self, z: NDArray[np.int32], shown: NDArray[np.bool_], box: NDArray[np.float64]) -> None:
        """`z` and `shown` (n,), `box` (4, n or more): x, y, w, h in board units."""
        slots = np.flatnonzero(shown)
        n, heights = len(slots), z[slots]
        is_sorted = bool((heights[1:] >= heights[:-1]).all())
        self.order: NDArray[np.int32] = (slots if is_sorted else slots[np.argsort(heights, kind="stable")]).astype(
            np.int32
        )
        # Most boards show all cards in the order in which they came: of a million, a copy less is felt.
        as_they_came = is_sorted and n > 0 and slots[-1] == n - 1
        x, y, w, h = box[:, :n] if as_they_came else np.take(box, self.order, axis=1)
        self.edges: NDArray[np.float64] = np.empty((4, n))
        self.edges[:2] = x, y
        np.add(x, w, out=self.edges[2])
        np.add(y, h, out=self.edges[3])
        self._place: NDArray[np.int32] | None = None
        self._as_they_came = as_they_came
        self.shared = False

    def moved(self, slots: NDArray[np.intp], box: NDArray[np.float64]) -> Stacking:
        """Return the same order with some cards where they are now: itself, as to copy a million edges takes long."""
        made = self
        if self.shared:
            made = copy(self)
            made.edges, made.shared = self.edges.copy(), False
        places = slots if self._as_they_came else made._places(box.shape[1])[slots]
        x, y, w, h = box[:, slots[places >= 0]]
        made.edges[:, places[places >= 0]] = (x, y, x + w, y + h)
        return made

    def _places(self, room: int) -> NDArray[np.int32]:
        """Return at which place in the order each of `room` slots is, -1 where no card shows in it."""
        if self._place is None:
            self._place = np.full(room, -1, np.int32)
            self._place[self.order] = np.arange(len(self.order), dtype=np.int32)
        return self._place

    def touching(self, area: tuple[float, float, float, float]) -> NDArray[np.int32]:
        """Return the slots of the cards that touch an area (left, top, right, bottom), the hindmost first."""
        left, top, right, bottom = self.edges
        # Few of a large board are beside an area, so that few are looked at for how high they lie.
        near = np.flatnonzero((left < area[2]) & (right > area[0]))
        near = near[(top[near] < area[3]) & (bottom[near] > area[1])]
        found: NDArray[np.int32] = self.order[near]
        return found
