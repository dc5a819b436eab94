"""Which of many boxes touch one of many others, told for thousands of them at once."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.boxes import Floats
from evidenceboard.render.progress import Tick, unheard

_BAND: Final = 512.0
"""Board units of the bands, across the whole board, in which boxes are looked for."""
_LARGE: Final = 20 * _BAND
"""Height from which on a box is compared with all others: there are few of that kind."""
_FAR: Final = float(1 << 31)
"""Parts the bands in one row of numbers; no board is so wide."""
_BATCH: Final = 1_000


def touching(boxes: Floats, others: Floats, tick: Tick = unheard) -> NDArray[np.bool_]:
    """Return which of some boxes (m, 4) touch one of some others (k, 4): left, top, right, bottom in board units."""
    high = others[:, 3] - others[:, 1] > _LARGE
    keys, of, widest = _in_bands(others[~high])
    small, large = others[~high], others[high]
    found = np.zeros(len(boxes), np.bool_)
    for first in range(0, len(boxes), _BATCH):
        tick(first / len(boxes))
        part = boxes[first : first + _BATCH]
        here = found[first : first + _BATCH]
        for one in large:
            here |= _touch(part, one[None])
        low, far = (np.floor(part[:, side] / _BAND) for side in (1, 3))
        for step in range(int((far - low).max()) + 1):
            band = low + step
            start = np.searchsorted(keys, band * _FAR + part[:, 0] - widest - 1, "left")
            end = np.searchsorted(keys, band * _FAR + part[:, 2] + 1, "right")
            count = np.where(band <= far, np.maximum(end - start, 0), 0)
            one, other = _spread(count, start)
            here[one[_touch(part[one], small[of[other]])]] = True
    return found


def _in_bands(boxes: Floats) -> tuple[Floats, NDArray[Any], float]:
    """Return boxes in order of band and left side: the number that tells both, which box, and the greatest width."""
    if not len(boxes):
        return np.zeros(0), np.zeros(0, np.intp), 0.0
    low, far = (np.floor(boxes[:, side] / _BAND) for side in (1, 3))
    of, step = _spread((far - low).astype(np.intp) + 1, np.zeros(len(boxes), np.intp))
    keys = (low[of] + step) * _FAR + boxes[of, 0]
    order = np.argsort(keys)
    return keys[order], of[order], float(np.max(boxes[:, 2] - boxes[:, 0]))


def _spread(count: NDArray[Any], start: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return each place as often as it counts, and beside it the numbers from its start on."""
    of = np.repeat(np.arange(len(count)), count)
    return of, np.arange(len(of)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(start, count)


def _touch(some: Floats, others: Floats) -> NDArray[np.bool_]:
    made: NDArray[np.bool_] = (some[:, 0] < others[:, 2]) & (some[:, 2] > others[:, 0])
    made &= (some[:, 1] < others[:, 3]) & (some[:, 3] > others[:, 1])
    return made
