"""Force: what is linked comes to lie near each other, and nothing on anything else."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np

from evidenceboard.model.layouts import graphviz, springs
from evidenceboard.model.layouts.apart import pushed, swept
from evidenceboard.model.layouts.graph import components
from evidenceboard.model.layouts.packing import by_type, in_rows, side_by_side
from evidenceboard.model.layouts.things import WIDE, Floats, Placed, Things, Tick, Whole, extent, part_of

GAP: Final = 40.0
"""Board units between cards: more than elsewhere, for the links go every way."""
BETWEEN: Final = 160.0
"""Board units between groups that no link joins."""
_FILL: Final = 0.8
"""How much of its room a group may fill before its things are pushed off each other."""
_ROUNDS: Final = 60
_TOGETHER: Final = 400_000
"""Pairs of things that are worked on at a time."""
_APART: Final = 1e5


def lay(things: Things, seed: int, tick: Tick) -> Placed:
    """Let links pull and things push until they rest; groups that no link joins are set side by side.

    What has no link at all stands in rows of its own. One seed gives the same picture every time.
    """
    label = components(things.n, things.ends)
    _, group, many = np.unique(label, return_inverse=True, return_counts=True)
    group = group.reshape(-1)
    linked, alone = np.flatnonzero(many[group] > 1), np.flatnonzero(many[group] == 1)
    corners = np.zeros((2, things.n))
    if len(linked):
        part = things.part(linked)
        group = np.unique(group[linked], return_inverse=True)[1].reshape(-1)
        corners[:, linked] = _linked(part, group, seed, tick)
    if len(alone):
        rest = things.part(alone)
        if len(linked):
            left, _, right, bottom = extent(corners[:, linked], things.box[:, linked])
            below = np.array([[left], [bottom + BETWEEN]])
            corners[:, alone] = in_rows(rest, np.argsort(rest.rank, kind="stable"), right - left) + below
        else:
            corners[:, alone] = by_type(rest)
    return Placed(corners)


def _linked(part: Things, group: Whole, seed: int, tick: Tick) -> Floats:
    size = part.box[2:] + GAP
    corners = np.zeros((2, part.n))
    done = 0
    x = 0.0
    for many in _batches(group):
        mine = many.ravel()
        whole = part_of(tick, 0.8 * done / part.n, 0.8 * (done + len(mine)) / part.n)
        done += len(mine)
        for one, middles in zip(many, _rested(part.part(mine).ends, many, size, seed, whole), strict=True):
            at = middles - size[:, one] / 2
            # Each group far from the others: what follows must not mix them.
            at[0] += x - at[0].min()
            x = float((at[0] + size[0, one]).max()) + _APART
            corners[:, one] = at
    corners = pushed(corners, size, _ROUNDS, part_of(tick, 0.8, 0.95))
    corners = swept(np.ceil(corners * 8) / 8, size, np.zeros(part.n, np.bool_), np.zeros((4, 0)))
    return side_by_side(corners, size, group, BETWEEN - GAP)


def _rested(ends: Whole, many: Whole, size: Floats, seed: int, tick: Tick) -> Iterator[Floats]:
    """Yield the middles (2, each) of each of `many` (groups, each) things, which come one group after the other."""
    groups, each = many.shape
    careful = graphviz.rested(each, ends, size[:, many[0]], seed, tick) if groups == 1 else None
    if careful is not None:
        yield careful
        return
    rest = springs.rested(groups, each, ends, seed, tick).reshape(2, groups, each)
    for one, middles in zip(many, rest.swapaxes(0, 1), strict=True):
        yield _roomy(middles, size[:, one])


def _batches(group: Whole) -> Iterator[Whole]:
    """Yield things (groups, each): groups of one size, as many at a time as can be worked on together."""
    order = np.argsort(group, kind="stable")
    edges = np.concatenate([[0], np.flatnonzero(np.diff(group[order])) + 1, [len(order)]])
    sizes = np.diff(edges)
    for each in np.unique(sizes).tolist():
        alike = [order[edges[place] : edges[place + 1]] for place in np.flatnonzero(sizes == each).tolist()]
        at_a_time = max(1, _TOGETHER // each**2)
        for start in range(0, len(alike), at_a_time):
            yield np.stack(alike[start : start + at_a_time])


def _roomy(middles: Floats, size: Floats) -> Floats:
    """Return middles in board units, about as near to each other as the sizes of the things allow."""
    if middles.shape[1] == 1:
        return middles
    wide, high = size.mean(axis=1).tolist()
    # Half as the things are formed, half as windows are.
    form = math.sqrt(wide / high * WIDE)
    at = middles * np.array([[math.sqrt(form)], [1 / math.sqrt(form)]])
    # The room that they take: as much as an even spread with the same deviation would.
    room = 12 * float(at[0].std()) * float(at[1].std())
    area = float((size[0] * size[1]).sum())
    flat = max(float(at.std()), 1e-3)
    made: Floats = at * math.sqrt(area / _FILL / max(room, flat**2 * 0.5))
    return made
