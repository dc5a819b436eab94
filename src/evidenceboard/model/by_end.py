"""Links by the cards on which they end, so that those of a few cards are found among many without a look at each."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.boxes import Ints, once

FROM: Final = 40_000
"""Links from which on this is quicker than to look at each."""
_LOOSE: Final = 0.02
"""The share that may have come, or lead elsewhere, since; of more nothing is known any more."""
_MOST: Final = 0.1
"""The share of all from which on a look at each is quicker."""


class ByEnd:
    """Know where links led at one time, and which of them may lead elsewhere by now."""

    def __init__(self, ends: Ints, n: int) -> None:
        """`ends` (2, m): the slots of the cards on which links start and end, all below `n`."""
        self._m, self._n = ends.shape[1], n
        order = np.argsort(ends.reshape(-1), kind="stable")
        self._links: Ints = (order % max(1, self._m)).astype(np.int32)
        self._starts: Ints = np.concatenate([[0], np.cumsum(np.bincount(ends.reshape(-1), minlength=n))]).astype(
            np.int32
        )
        self._loose: list[int] = []

    def note(self, link: int) -> bool:
        """Note that a link came, or leads elsewhere; return whether that is still worth while."""
        self._loose.append(link)
        return bool(len(self._loose) <= _LOOSE * self._m)

    def near(self, slots: NDArray[Any]) -> NDArray[np.intp] | None:
        """Return links in their order, among which are all that end on some cards; None where they would be many."""
        known = slots[slots < self._n]
        first = self._starts[known]
        count = self._starts[known + 1] - first
        many = int(count.sum())
        if many > _MOST * self._m:
            return None
        step = np.arange(many) - np.repeat(np.cumsum(count) - count, count)
        found = self._links[np.repeat(first, count) + step]
        return once(np.concatenate([found, np.array(self._loose, np.int32)])).astype(np.intp)
