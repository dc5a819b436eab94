"""Setting boxes side by side: rows of shelves, and groups of things next to each other."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from evidenceboard.model.layouts.things import GAP, WIDE, Floats, Things, Whole

_TRIES: Final = 14
_FAR: Final = 0.9
"""How far from the form of a window rows of one type each may be: a factor of two and a half."""


def shelves(size: Floats, breaks: Whole, gap: float, *, pitch: float = 0.0) -> Floats:
    """Return corners (2, n) of boxes set in rows, in their order, about as much wider than high as windows are.

    `breaks` (n): a row ends where this changes, unless that makes the whole far too high. `pitch`: boxes begin at
    multiples of it, so that they stand in columns.
    """
    if not size.shape[1]:
        return np.zeros((2, 0))
    broken, worse = _shelved(size, breaks, gap, pitch)
    if worse > _FAR and (breaks != breaks[0]).any():
        whole, less = _shelved(size, np.zeros_like(breaks), gap, pitch)
        return whole if less < worse else broken
    return broken


def _shelved(size: Floats, breaks: Whole, gap: float, pitch: float) -> tuple[Floats, float]:
    """Return the corners, and how far the whole is from the form of a window."""
    n = size.shape[1]
    wide = size[0] + gap
    if pitch:
        wide = np.ceil(wide / pitch - 1e-9) * pitch
    widths, heights, groups = wide.tolist(), (size[1] + gap).tolist(), breaks.tolist()
    area = float((wide * (size[1] + gap)).sum())
    best, found = math.inf, None
    width = max(max(widths), math.sqrt(area * WIDE) * 0.7)
    for _ in range(_TRIES):
        corners, across, down = _rows(widths, heights, groups, width)
        worse = abs(math.log(max(across - gap, 1.0) / max(down - gap, 1.0) / WIDE))
        if worse >= best:
            break
        best, found = worse, corners
        width *= 1.15
    return np.array(found).T.reshape(2, n), best


def _rows(
    widths: list[float], heights: list[float], groups: list[int], width: float
) -> tuple[list[tuple[float, float]], float, float]:
    x = y = high = across = 0.0
    before = groups[0]
    corners = []
    for w, h, group in zip(widths, heights, groups, strict=True):
        if (x > 0 and x + w > width + 1e-6) or group != before:
            x, y, high = 0.0, y + high, 0.0
        corners.append((x, y))
        x += w
        high = max(high, h)
        across = max(across, x)
        before = group
    return corners, across, y + high


def in_rows(things: Things, order: Whole, width: float) -> Floats:
    """Return corners of things in rows of at most a width, in an order."""
    corners = np.zeros((2, things.n))
    pitch = _pitch(things)
    wide = np.ceil((things.w[order] + GAP) / pitch - 1e-9) * pitch
    rows, _, _ = _rows(wide.tolist(), (things.h[order] + GAP).tolist(), [0] * things.n, max(width, float(np.max(wide))))
    corners[:, order] = np.array(rows).T
    return corners


def _pitch(things: Things) -> float:
    return float(np.percentile(things.w, 60, method="higher")) + GAP


def by_type(things: Things) -> Floats:
    """Return corners of things in rows, each type beginning a new one, in the order of their numbers."""
    order = np.argsort(things.rank, kind="stable")
    corners = np.zeros((2, things.n))
    size = things.box[2:, order]
    corners[:, order] = shelves(size, things.type[order], GAP, pitch=_pitch(things))
    return corners


def side_by_side(corners: Floats, size: Floats, group: Whole, gap: float) -> Floats:
    """Return corners at which groups of things stand side by side, the largest first; `group` (n) is 0, 1, 2 …"""
    count = int(np.max(group, initial=-1)) + 1
    if count < 2:
        return corners
    low, far = np.full((2, count), np.inf), np.full((2, count), -np.inf)
    for axis in (0, 1):
        np.minimum.at(low[axis], group, corners[axis])
        np.maximum.at(far[axis], group, corners[axis] + size[axis])
    room = far - low
    order = np.lexsort((np.arange(count), -room[1]))
    to = np.zeros((2, count))
    to[:, order] = shelves(room[:, order], np.zeros(count, np.int64), gap)
    made: Floats = corners + (to - low)[:, group]
    return made
