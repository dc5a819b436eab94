"""Layered: sources at the left, the claims that rest on them in the middle, the scenarios they bear on at the right."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from evidenceboard.model.layouts.columns import Stand, heights_for, packed, settled
from evidenceboard.model.layouts.graph import depths
from evidenceboard.model.layouts.packing import by_type, in_rows
from evidenceboard.model.layouts.things import GAP, Floats, Placed, Things, Tick, Whole, extent, part_of
from evidenceboard.model.link_types import LINK_TYPES
from evidenceboard.model.types import TYPES

DEEPEST: Final = 6
"""Layers that the sources, or the claims, take at most; longer ways are drawn together."""
BESIDE: Final = 96.0
"""Board units between the layers and what stands below them."""
_TYPE: Final = {kind.id: place for place, kind in enumerate(TYPES)}
_KIND: Final = {kind.id: place for place, kind in enumerate(LINK_TYPES)}
_LAYERED: Final = ("source", "claim", "scenario")
_TURNED: Final = {"source": ("cites",), "claim": ("depends on",)}
"""Links that lead from what comes later to what it rests on."""
_STRAIGHT: Final = {"source": (), "claim": ("supports",)}
_SWEEPS: Final = 24
_BELOW: Final = (("actor",), ("place", "event", "note", "question", ""))
"""What stands below the layers, in this order downwards; "": types that this version does not know."""


def lay(things: Things, seed: int, tick: Tick) -> Placed:
    """Set sources, claims and scenarios in columns, everything else below them.

    A source stands right of those that it cites, a claim right of those that support it or that it depends on. Within
    a column things stand where their links lead with the fewest crossings that were found.
    """
    layer = _layers(things)
    main, below = np.flatnonzero(layer >= 0), np.flatnonzero(layer < 0)
    corners = np.zeros((2, things.n))
    bottom = right = 0.0
    if len(main):
        corners[:, main] = _layered(things.part(main), layer[main], part_of(tick, 0.0, 0.9))
        _, _, right, bottom = extent(corners[:, main], things.box[:, main])
        bottom += BESIDE
    if len(below):
        corners[:, below] = _below(things, below, corners[0], right) + np.array([[0.0], [bottom]])
    return Placed(corners)


def _layers(things: Things) -> Whole:
    """Return the layer of each thing, 0 at the left, -1 for what stands below."""
    layer = np.full(things.n, -1, np.int64)
    start = 0
    for word in _LAYERED:
        mine = np.flatnonzero(things.type == _TYPE[word])
        if not len(mine):
            continue
        part = things.part(mine)
        a, b = part.ends
        turned = np.isin(part.kind, [_KIND[kind] for kind in _TURNED.get(word, ())])
        straight = np.isin(part.kind, [_KIND[kind] for kind in _STRAIGHT.get(word, ())])
        deep = depths(len(mine), np.concatenate([a[straight], b[turned]]), np.concatenate([b[straight], a[turned]]))
        most = int(np.max(deep))
        if most >= DEEPEST:
            deep = deep * DEEPEST // (most + 1)
        deep = np.unique(deep, return_inverse=True)[1].reshape(-1)
        layer[mine] = start + deep
        start += int(np.max(deep)) + 1
    return layer


@dataclass(slots=True)
class _Order:
    """An order of things from top to bottom, and how far their links then lead up and down in all."""

    rank: Floats
    length: float


def _layered(part: Things, layer: Whole, tick: Tick) -> Floats:
    count = int(np.max(layer)) + 1
    stand = Stand(part.w, part.h, layer, count)
    high = heights_for(stand)
    best = _Order(part.rank.astype(float), math.inf)
    order = best.rank
    a, b = part.ends
    for sweep in range(_SWEEPS):
        tick(sweep / _SWEEPS)
        middle = stand.roughly(order, high)
        length = float(np.abs(middle[a] - middle[b]).sum())
        if length < best.length:
            best = _Order(order, length)
        elif sweep > 2 and length > best.length * 1.2:
            break
        layers = range(count) if sweep % 2 else range(count - 1, -1, -1)
        order = _swept(stand, middle, part, layers, high)
    places = packed(stand, best.rank, high)
    return settled(stand, places, part.ends, high)


def _swept(stand: Stand, middle: Floats, part: Things, layers: range, high: float) -> Floats:
    """Return an order in which each thing stands at the mean of what it is linked with, one layer after the other."""
    a, b = part.ends
    one, other = np.concatenate([a, b]), np.concatenate([b, a])
    across = stand.layer[one] != stand.layer[other]
    one, other = one[across], other[across]
    by_layer = np.argsort(stand.layer[one], kind="stable")
    one, other = one[by_layer], other[by_layer]
    edges = np.searchsorted(stand.layer[one], np.arange(stand.count + 1))
    now, rank = middle.copy(), np.zeros(part.n)
    for layer in layers:
        mine, span = stand.members[layer], slice(edges[layer], edges[layer + 1])
        total = np.bincount(one[span], now[other[span]], part.n)[mine]
        many = np.bincount(one[span], minlength=part.n)[mine]
        wish = np.where(many > 0, total / np.maximum(many, 1), now[mine])
        order = np.lexsort((part.rank[mine], wish))
        rank[mine[order]] = np.arange(len(mine))
        now[mine] = stand.roughly_in(layer, rank[mine], high)
    return rank


def _below(things: Things, below: Whole, x: Floats, right: float) -> Floats:
    """Return corners of what stands below the layers: rows, each thing about below what it is linked with."""
    n = things.n
    a, b = things.ends
    above = np.ones(n, np.bool_)
    above[below] = False
    one, other = np.concatenate([a, b]), np.concatenate([b, a])
    one, other = one[above[other]], other[above[other]]
    middle = np.bincount(one, x[other], n) / np.maximum(np.bincount(one, minlength=n), 1)
    corners = np.zeros((2, n))
    top = 0.0
    for mine in _bands(things, below, right):
        part = things.part(mine)
        if right:
            corners[:, mine] = in_rows(part, _across(part, middle[mine], right), right)
        else:
            corners[:, mine] = by_type(part)
        corners[1, mine] += top
        top = extent(corners[:, mine], part.box)[3] + GAP * 2
    made: Floats = corners[:, below]
    return made


def _bands(things: Things, below: Whole, right: float) -> Iterator[Whole]:
    """Yield what stands below the layers, one band after the other; types that need a row each do not share one."""
    for words in _BELOW:
        types = [_TYPE.get(word, len(TYPES)) for word in words]
        mine = below[np.isin(things.type[below], types)]
        if right and float((things.w[mine] + GAP).sum()) > right:
            yield from (one for kind in types if len(one := mine[things.type[mine] == kind]))
        elif len(mine):
            yield mine


def _across(part: Things, middle: Floats, right: float) -> Whole:
    """Return an order for rows: the things from left to right, dealt out over as many rows as they take."""
    order = np.lexsort((part.rank, middle))
    rows = max(1, math.ceil(float((part.w + GAP).sum()) / right))
    return np.concatenate([order[row::rows] for row in range(rows)])
