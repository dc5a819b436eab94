"""The columns of a layered picture: how high, who stands where in them, and how they settle."""

from __future__ import annotations

import heapq
import math
from typing import Final

import numpy as np

from evidenceboard.model.layouts.things import GAP, WIDE, Floats, Whole

BETWEEN: Final = 144.0
"""Board units between two layers: room for links and their words."""
WITHIN: Final = 48.0
"""Board units between the columns of one layer."""
_TRIES: Final = 24
_TURNS: Final = 4


class Stand:
    """Things in layers. `members` holds the places of those in each layer."""

    def __init__(self, w: Floats, h: Floats, layer: Whole, count: int) -> None:
        self.w, self.h, self.layer, self.count = w, h, layer, count
        order = np.argsort(layer, kind="stable")
        self.members: list[Whole] = np.split(order, np.searchsorted(layer[order], np.arange(1, count)))
        self.total = np.array([float((h[mine] + GAP).sum()) for mine in self.members])
        self.wide = np.array([float(np.max(w[mine])) for mine in self.members])

    def columns(self, high: float) -> Whole:
        """Return how many columns each layer takes where none is higher than `high`, or than its highest thing."""
        made: Whole = np.maximum(1, np.ceil(self.total / high - 1e-9)).astype(np.int64)
        return made

    def across(self, high: float) -> float:
        """Return how wide all layers are."""
        columns = self.columns(high)
        return float((columns * (self.wide + WITHIN) - WITHIN + BETWEEN).sum() - BETWEEN)

    def roughly_in(self, layer: int, rank: Floats, high: float) -> Floats:
        """Return about where the middles of the things of a layer come to stand, in the order of `rank`."""
        mine = self.members[layer]
        columns = self.columns(high)[layer]
        order = np.argsort(rank, kind="stable")
        tall = self.h[mine][order] + GAP
        middle = np.empty(len(mine))
        middle[order] = (np.cumsum(tall) - tall / 2 - self.total[layer] / 2) / columns
        return middle

    def roughly(self, rank: Floats, high: float) -> Floats:
        """Return that for all things."""
        middle = np.zeros(len(self.layer))
        for layer, mine in enumerate(self.members):
            middle[mine] = self.roughly_in(layer, rank[mine], high)
        return middle


def heights_for(stand: Stand) -> float:
    """Return how high the columns become, so that the whole is about as much wider than high as windows are."""
    most, least = float(np.max(stand.total)), float(np.max(stand.h)) + GAP
    tries = np.geomspace(least, max(most, least), _TRIES).tolist()
    return float(min(tries, key=lambda high: abs(math.log(stand.across(high) / min(high, most) / WIDE))))


def packed(stand: Stand, rank: Floats, high: float) -> list[list[list[int]]]:
    """Return the things of each column of each layer, from top to bottom.

    In a layer of several columns the next thing goes to the lowest, so that what stands above still does so.
    """
    made = []
    for mine, count in zip(stand.members, stand.columns(high).tolist(), strict=True):
        columns: list[list[int]] = [[] for _ in range(count)]
        low = [(0.0, place) for place in range(count)]
        for one in mine[np.argsort(rank[mine], kind="stable")].tolist():
            bottom, place = heapq.heappop(low)
            columns[place].append(one)
            heapq.heappush(low, (bottom + float(stand.h[one]) + GAP, place))
        made.append([column for column in columns if column])
    return made


def settled(stand: Stand, layers: list[list[list[int]]], ends: Whole, high: float) -> Floats:
    """Return corners: each column centred, then each thing drawn to the level of what it is linked with."""
    n = len(stand.h)
    corners = np.zeros((2, n))
    x = 0.0
    for columns in layers:
        for column in columns:
            wide = float(np.max(stand.w[column]))
            corners[0, column] = x + (wide - stand.w[column]) / 2
            tall = stand.h[column] + GAP
            corners[1, column] = np.cumsum(tall) - tall - tall.sum() / 2
            x += wide + WITHIN
        x += BETWEEN - WITHIN
    far = corners[1] + stand.h
    top, bottom = float(corners[1].min()), float(far.max())
    one, other = np.concatenate([ends[0], ends[1]]), np.concatenate([ends[1], ends[0]])
    across = stand.layer[one] != stand.layer[other]
    one, other = one[across], other[across]
    many = np.bincount(one, minlength=n)
    for turn in range(_TURNS):
        for columns in layers if turn % 2 else reversed(layers):
            middle = corners[1] + stand.h / 2
            total = np.bincount(one, middle[other], n)
            wish = np.where(many > 0, total / np.maximum(many, 1), middle) - stand.h / 2
            for column in columns:
                corners[1, column] = _level(wish[column], stand.h[column] + GAP, top, bottom + GAP)
    return corners


def _level(wish: Floats, tall: Floats, top: float, bottom: float) -> Floats:
    """Return tops as near to the wished ones as an order without overlap allows (least squares), within a height."""
    before = np.cumsum(tall) - tall
    # Taking away what stands above leaves heights that only have to rise: neighbours that do not are drawn together.
    means: list[tuple[float, int]] = []
    for one in (wish - before).tolist():
        mean, many = one, 1
        while means and means[-1][0] > mean:
            last, count = means.pop()
            mean, many = (mean * many + last * count) / (many + count), many + count
        means.append((mean, many))
    levels = np.repeat([mean for mean, _ in means], [many for _, many in means])
    most = bottom - float(tall.sum())
    made: Floats = np.clip(levels, min(top, most), max(most, top)) + before
    return made
