"""Cards by their left edge, so that those near a place are found among many without a look at each."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.boxes import Box, Floats, once

FROM: Final = 20_000
"""Cards from which on this is quicker than to look at each."""
_WIDE: Final = 0.005
"""The share of the cards, the widest, that are always looked at: for one as wide as the board all would be."""
_LOOSE: Final = 0.03
"""The share that may have moved since, and is always looked at too; of more nothing is known any more."""
_MOST: Final = 0.2
"""The share of all from which on a look at each is quicker."""


class ByLeft:
    """Know where cards lay at one time. Nothing in it changes, so that copies of a scene may share it."""

    def __init__(self, box: Floats) -> None:
        """`box` (4, n): x, y, w, h in board units, of every slot."""
        left, wide = box[0], box[2]
        n = len(left)
        # Single numbers let other threads go on while they are sorted, as all of numpy does.
        self._slots: NDArray[np.int32] = np.argsort(left).astype(np.int32)
        self._left: Floats = left[self._slots]
        self._reach = float(np.partition(wide, int(n * (1 - _WIDE)))[int(n * (1 - _WIDE))])
        self._others: NDArray[np.int32] = np.flatnonzero(wide > self._reach).astype(np.int32)
        self._loose = 0

    def moved(self, slots: NDArray[np.intp]) -> ByLeft | None:
        """Return the same after some cards were moved, or came; None where those are too many by now."""
        loose = self._loose + len(slots)
        if loose > _LOOSE * len(self._slots):
            return None
        if not len(slots):
            return self
        made = object.__new__(ByLeft)
        made._slots, made._left, made._reach, made._loose = self._slots, self._left, self._reach, loose
        made._others = once(np.concatenate([self._others, slots.astype(np.int32)]))
        return made

    def near(self, area: Box) -> NDArray[np.int32] | None:
        """Return slots, some of them twice, among which are those of all cards that touch an area.

        None where they would be so many that a look at each card is quicker.
        """
        start, end = np.searchsorted(self._left, (area[0] - self._reach, area[2]))
        if end - start > _MOST * len(self._slots):
            return None
        return np.concatenate([self._slots[start:end], self._others])
