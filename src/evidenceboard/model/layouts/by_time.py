"""By time: from left to right as things happened or were reported, one lane for each type."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from evidenceboard.model.edtf import day_of
from evidenceboard.model.layouts.packing import by_type
from evidenceboard.model.layouts.things import GAP, WIDE, Floats, Placed, Things, Tick, Whole, extent

LANE: Final = 72.0
"""Board units between two lanes, and before the first column of another year."""
BESIDE: Final = 240.0
"""Board units between the last date and what has none."""
_TRIES: Final = 12


def lay(things: Things, seed: int, tick: Tick) -> Placed:
    """Set things in columns in the order of their days, of one day in the order of their numbers.

    An earlier day never stands farther right than a later one; the steps between columns are no measure of time. What
    has no date stands in a block at the right.
    """
    dated = np.flatnonzero(np.isfinite(things.day))
    dated = dated[np.lexsort((things.rank[dated], things.day[dated]))]
    without = np.flatnonzero(~np.isfinite(things.day))
    corners = np.zeros((2, things.n))
    right = 0.0
    if len(dated):
        part = things.part(dated)
        corners[:, dated] = _dated(part, tick)
        right = extent(corners[:, dated], part.box)[2] + BESIDE
    if len(without):
        part = things.part(without)
        corners[:, without] = by_type(part) + np.array([[right], [0.0]])
    return Placed(corners, ~np.isfinite(things.day))


def _dated(part: Things, tick: Tick) -> Floats:
    best, found = math.inf, np.zeros((2, part.n))
    columns = max(1, math.isqrt(part.n) // 2)
    for turn in range(_TRIES):
        tick(turn / _TRIES)
        corners = _columns(part, columns)
        left, top, right, bottom = extent(corners, part.box)
        worse = abs(math.log((right - left) / (bottom - top) / WIDE))
        if worse >= best:
            break
        best, found = worse, corners
        columns = math.ceil(columns * 1.3)
    return found


def _columns(part: Things, wanted: int) -> Floats:
    """Return corners of things, sorted by day, in about so many columns."""
    lanes = int(np.max(part.type)) + 1
    room = np.maximum(1, np.ceil(np.bincount(part.type, minlength=lanes) / wanted)).astype(np.int64).tolist()
    column = np.zeros(part.n, np.int64)
    filled, at = [0] * lanes, 0
    for place, lane in enumerate(part.type.tolist()):
        if filled[lane] == room[lane]:
            filled, at = [0] * lanes, at + 1
        filled[lane] += 1
        column[place] = at
    corners = np.zeros((2, part.n))
    corners[0] = _lefts(part, column, at + 1)[column]
    stack, high = _stacked(part, column, at + 1)
    corners[1] = stack + _tops(high)[part.type]
    return corners


def _lefts(part: Things, column: Whole, count: int) -> Floats:
    """Return the left edge of each column; another year begins a little farther right."""
    wide = np.zeros(count)
    np.maximum.at(wide, column, part.w + GAP)
    first, last = np.searchsorted(column, np.arange(count)), np.searchsorted(column, np.arange(count), "right") - 1
    years = [[day_of(math.floor(part.day[place])).year for place in ends.tolist()] for ends in (first, last)]
    another = [0.0, *(LANE if new != old else 0.0 for new, old in zip(years[0][1:], years[1][:-1], strict=True))]
    made: Floats = np.cumsum(wide) - wide + np.cumsum(another)
    return made


def _stacked(part: Things, column: Whole, count: int) -> tuple[Floats, Floats]:
    """Return how far below the head of its lane each thing stands, and how high each lane becomes."""
    lanes = int(np.max(part.type)) + 1
    low = [0.0] * (lanes * count)
    stack = []
    for cell, high in zip((part.type * count + column).tolist(), (part.h + GAP).tolist(), strict=True):
        stack.append(low[cell])
        low[cell] += high
    return np.array(stack), np.array(low).reshape(lanes, count).max(axis=1)


def _tops(high: Floats) -> Floats:
    lanes = np.where(high > 0, high + LANE - GAP, 0.0)
    made: Floats = np.cumsum(lanes) - lanes
    return made
