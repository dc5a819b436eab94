"""Which cards of a pile can be seen at all: thousands on one spot are painted as fast as the one on top."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

_FEW: Final = 100
"""Cards up to which looking takes longer than painting them."""


def uncovered(boxes: NDArray[np.float64], slots: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return those slots that no later one lies on exactly. `boxes` is (4, n): x, y, w, h by slot; cards are opaque."""
    if len(slots) <= _FEW:
        return slots
    held = boxes[:, slots]
    together = np.lexsort(held)
    piled = held[:, together]
    top = np.ones(len(slots), np.bool_)
    # The sort is stable, so that the last one of a pile is the one that was painted last.
    top[:-1] = (piled[:, 1:] != piled[:, :-1]).any(axis=0)
    return slots[np.sort(together[top])]
