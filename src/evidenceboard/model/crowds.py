"""How many lines end near each other: squares are laid over a board, and the ends in each are counted.

It goes part by part. An array of tens of MB that is made anew for each step costs the system more than the step
itself: it looks for that much memory in one piece, which took a tenth of a second at a million cards.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.boxes import Floats

PART = 200_000
"""Lines that are looked at together: 1 to 2 ms."""
DENSE = 16_000_000
"""Squares up to which each has a place in an array; in more, most of them empty, ends are put in order instead."""


def crowds(
    points: Floats, links: NDArray[np.intp], kinds: NDArray[np.int8], level: int
) -> Generator[None, None, NDArray[np.int32]]:
    """Return, in steps, how many ends lie in the square of each line's end, of its two ends the more crowded one.

    `points`: where lines (2, 2, m) begin and end. `links`: the lines that count, those of each of two kinds apart.
    A square is 2 ** `level` board units wide.
    """
    place = np.empty((2, len(links)), np.int64)
    parts = list(_parts(links, points.shape[2]))
    least, wide = yield from _extent(points, parts, level)
    at = 0
    for some in parts:
        x, y = (points[:, axis, some] * 2.0**-level - least[axis] for axis in (0, 1))
        end = at + x.shape[1]
        place[:, at:end] = (y.astype(np.int64) * wide[0] + x.astype(np.int64)) * 2 + kinds[some]
        at = end
        yield
    if 2 * wide[0] * wide[1] > DENSE:
        _, where, count = np.unique(place, return_inverse=True, return_counts=True)
        made: NDArray[np.int32] = count[where].reshape(place.shape).max(axis=0, initial=0).astype(np.int32)
        return made
    ends = np.bincount(place.reshape(-1), minlength=1).astype(np.int32)
    yield
    found = np.empty(len(links), np.int32)
    for first in range(0, len(links), PART):
        found[first : first + PART] = ends[place[:, first : first + PART]].max(axis=0)
        yield
    return found


def _parts(links: NDArray[np.intp], m: int) -> Iterator[slice | NDArray[np.intp]]:
    """Yield some lines at a time; where all of them count, as slices, which are quicker."""
    for first in range(0, len(links), PART):
        end = min(first + PART, len(links))
        yield slice(first, end) if len(links) == m else links[first:end]


def _extent(
    points: Floats, parts: Sequence[slice | NDArray[np.intp]], level: int
) -> Generator[None, None, tuple[tuple[int, int], tuple[int, int]]]:
    """Return the least square to the right and downwards, and how many there are."""
    low, far = np.full(2, math.inf), np.full(2, -math.inf)
    for some in parts:
        here = points[:, :, some]
        low, far = np.minimum(low, here.min(axis=(0, 2))), np.maximum(far, here.max(axis=(0, 2)))
        yield
    if not parts:
        return (0, 0), (1, 1)
    left, top = (math.floor(one * 2.0**-level) for one in low.tolist())
    right, bottom = (math.floor(one * 2.0**-level) for one in far.tolist())
    return (left, top), (right - left + 1, bottom - top + 1)
