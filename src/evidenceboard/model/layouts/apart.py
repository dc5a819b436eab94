"""Taking things apart that lie on each other: first by small pushes, then by one sweep that always ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from evidenceboard.model.layouts.things import Floats, Marks, Tick, Whole, sums

_NEXT: Final = 12
"""How many others in its cell a thing is compared with at a time: in a dense heap a few pushes do for a start."""
_FULL: Final = 8
"""Cells for each thing, over all, above which larger cells are used."""


def pushed(corners: Floats, size: Floats, rounds: int, tick: Tick) -> Floats:
    """Return corners (2, n) at which things of these sizes (2, n) lie on each other less, or no longer."""
    at = corners.copy()
    for turn in range(rounds):
        tick(turn / rounds)
        first, second = touching(at, size)
        if not len(first):
            break
        near = at[:, first] + size[:, first] / 2 - at[:, second] - size[:, second] / 2
        deep = (size[:, first] + size[:, second]) / 2 - np.abs(near)
        along = (deep[0] > deep[1]).astype(np.int64)
        by = deep[along, np.arange(len(first))]
        # Two things at one and the same place go apart in the order of their places.
        sign = np.where(near[along, np.arange(len(first))] > 0, 1.0, -1.0)
        step = sign * by * 0.5
        for axis in (0, 1):
            mine = along == axis
            shift = sums(first[mine], step[mine], at.shape[1]) - sums(second[mine], step[mine], at.shape[1])
            most = size[axis] * 0.75
            at[axis] += np.clip(shift, -most, most)
    return at


def touching(corners: Floats, size: Floats) -> tuple[Whole, Whole]:
    """Return pairs of things that lie on each other: all of them where no heap is dense, else enough to go on."""
    n = corners.shape[1]
    if n < 2:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    thing, cell = _cells(corners, size)
    order = np.argsort(cell, kind="stable")
    thing, cell = thing[order], cell[order]
    found = []
    for apart in range(1, min(_NEXT, len(cell) - 1) + 1):
        same = np.flatnonzero(cell[apart:] == cell[:-apart])
        if not len(same):
            break
        a, b = thing[same], thing[same + apart]
        over = (
            np.abs(corners[:, a] + size[:, a] / 2 - corners[:, b] - size[:, b] / 2) * 2 < size[:, a] + size[:, b]
        ).all(axis=0)
        found.append(np.minimum(a[over], b[over]) * n + np.maximum(a[over], b[over]))
    pairs = np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)
    first, second = np.divmod(pairs, n)
    return first, second


def _cells(corners: Floats, size: Floats) -> tuple[Whole, Whole]:
    """Return which thing lies in which cell of a grid, a large one in several."""
    low = corners - corners.min(axis=1, keepdims=True)
    side = np.maximum(np.median(size, axis=1, keepdims=True) * 1.5, 1.0)
    while True:
        start = np.floor(low / side).astype(np.int64)
        wide, high = np.floor((low + size) / side).astype(np.int64) - start + 1
        if int((wide * high).sum()) <= _FULL * corners.shape[1] + 64:
            break
        side = side * 2
    count = wide * high
    thing = np.repeat(np.arange(corners.shape[1]), count)
    within = np.arange(len(thing)) - np.repeat(np.cumsum(count) - count, count)
    right, down = within % wide[thing], within // wide[thing]
    cell = (start[0][thing] + right) * 2**31 + start[1][thing] + down
    return thing, cell


def swept(corners: Floats, size: Floats, fixed: Marks, walls: Floats) -> Floats:
    """Return corners at which nothing lies on anything else; things go down only, and only where they must.

    `fixed` things stay, and so do `walls` (4, k), boxes x, y, w, h that are not among the things. It looks at each
    thing once, from top to bottom, so it ends; what lies apart already stays where it is.
    """
    at = corners.copy()
    moving = np.flatnonzero(~fixed)
    if not len(moving):
        return at
    solid = np.concatenate([np.concatenate([corners, size])[:, fixed], walls], axis=1)
    solid = solid[:, (solid[2] > 0) & (solid[3] > 0)]
    left, right = at[0, moving], at[0, moving] + size[0, moving]
    edges = np.unique(np.concatenate([left, right]))
    first, last = np.searchsorted(edges, left).tolist(), np.searchsorted(edges, right).tolist()
    low = np.full(len(edges), -np.inf)
    beside = _Walls(solid)
    order = np.lexsort((moving, at[0, moving], at[1, moving]))
    tops, highs = at[1, moving].tolist(), size[1, moving].tolist()
    lefts, rights = left.tolist(), right.tolist()
    for one in order.tolist():
        part = slice(first[one], last[one])
        top = max(tops[one], float(low[part].max(initial=-np.inf)))
        if solid.shape[1]:
            top = beside.below(lefts[one], rights[one], top, highs[one])
        tops[one] = top
        low[part] = top + highs[one]
    at[1, moving] = tops
    return at


class _Walls:
    """Hold boxes that stay, sorted into upright strips."""

    def __init__(self, boxes: Floats) -> None:
        self._strips: dict[int, list[tuple[float, float, float, float]]] = {}
        if not boxes.shape[1]:
            return
        self._origin = float(boxes[0].min())
        self._wide = max(float(np.median(boxes[2])), float((boxes[0] + boxes[2]).max() - self._origin) / 4096, 1.0)
        tops = np.argsort(boxes[1], kind="stable")
        for x, y, w, h in boxes[:, tops].T.tolist():
            for strip in self._between(x, x + w):
                self._strips.setdefault(strip, []).append((x, y, x + w, y + h))

    def _between(self, left: float, right: float) -> Iterator[int]:
        first, last = (int((x - self._origin) // self._wide) for x in (left, right))
        return iter(range(max(first, -1), min(last, 4200) + 1))

    def below(self, left: float, right: float, top: float, high: float) -> float:
        """Return the least height, not above `top`, at which something so wide and high touches none of the boxes."""
        while True:
            start = top
            for strip in self._between(left, right):
                for x1, y1, x2, y2 in self._strips.get(strip, ()):
                    if y1 >= top + high:
                        break
                    if y2 > top and x1 < right and x2 > left:
                        top = y2
            if top == start:
                return top
