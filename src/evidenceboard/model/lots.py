"""A number of chance for each link, always the same: by it some are chosen where not all can be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

_IDS: Final = 65_536
_LETTERS: Final = 32
"""Ids that are looked at in one go, and letters of each."""
_WEIGHTS: Final = np.arange(1, _LETTERS + 1, dtype=np.uint32) * np.uint32(2654435761) | np.uint32(1)


def lots_of(ids: Sequence[str]) -> NDArray[np.float32]:
    """Return a number from 0 to 1 for each id, evenly strewn."""
    made = np.zeros(len(ids), np.uint32)
    for first in range(0, len(ids), _IDS):
        some = np.array(ids[first : first + _IDS], f"U{_LETTERS}")
        made[first : first + _IDS] = some.view(np.uint32).reshape(-1, _LETTERS) @ _WEIGHTS
    # What differs in one bit is strewn over all of them (lowbias32, by Chris Wellons).
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B), (16, 1)):
        made = (made ^ (made >> np.uint32(shift))) * np.uint32(factor)
    return (made / 2.0**32).astype(np.float32)
