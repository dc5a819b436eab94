"""Where a board is cut into tiles: between cards where that can be, and in as few tiles as then are needed."""

from __future__ import annotations

import itertools
from collections import deque
from functools import partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.model.boxes import Box, Floats, once
from evidenceboard.model.values import dataclass
from evidenceboard.render.progress import Tick, beside, from_to, unheard

MOST: Final = 30_000
"""Tiles that a board may be cut into: 100,000 cards with air around them take some 15,000 of A4.

Viewers open so many pages at once; a board that needs more of them is one whose paper was chosen too small.
"""
_PLACES: Final = 48
"""Places for a cut that are weighed for each length of a tile."""
_FINE: Final = 1_000
_CUT: Final = 1 << 30
_CARD: Final = 1 << 60
"""How much a cut, and one through a card, weigh beside the air around it."""
_AIR: Final = 24.0
"""Board units beside a cut from which on more of them are not better."""
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Cell:
    """One tile without what it shares with its neighbours. `row` and `column` count from 0."""

    row: int
    column: int
    box: Box

    @property
    def name(self) -> str:
        """Return the tile's coordinate, such as B3: the row is the letter."""
        letters, row = "", self.row + 1
        while row:
            row, rest = divmod(row - 1, 26)
            letters = chr(65 + rest) + letters
        return f"{letters}{self.column + 1}"


def tiled(
    things: Floats, cards: Floats, wide: float, high: float, *, columns_first: bool, tick: Tick = unheard
) -> tuple[list[Cell], int]:
    """Return the tiles (at most `wide` by `high` board units) that show all things, and how many cards are cut.

    `things` (4, n) and `cards` (4, m) are left, top, right, bottom. Either all rows are cut alike and each row has
    columns of its own, or the other way round. Raises `EvidenceBoardError` where there would be too many tiles.
    """
    first, second = (0, 1) if columns_first else (1, 0)
    room = (wide, high)
    cells: list[Cell] = []
    through = 0
    rough = partial(spans, things[[first, first + 2]], cards[[first, first + 2]], room[first])
    strips, cut = beside(rough, from_to(tick, 0.0, 0.0))
    through += cut
    for place, (low, far) in enumerate(strips):
        tick(place / len(strips))
        here = things[:, (things[first] < far) & (things[first + 2] > low)]
        held = cards[:, (cards[first] < far) & (cards[first + 2] > low)]
        if not here.shape[1]:
            continue
        found, cut = spans(here[[second, second + 2]], held[[second, second + 2]], room[second])
        through += cut
        for other, (start, end) in enumerate(found):
            box = (low, start, far, end) if columns_first else (start, low, end, far)
            if ((here[0] < box[2]) & (here[2] > box[0]) & (here[1] < box[3]) & (here[3] > box[1])).any():
                cells.append(Cell(other, place, box) if columns_first else Cell(place, other, box))
        if len(cells) > MOST:
            raise too_many()
    return sorted(cells, key=lambda cell: (cell.row, cell.column)), through


def too_many() -> EvidenceBoardError:
    """Return the refusal of a board that would need too many tiles."""
    return EvidenceBoardError(
        f"This board would need more than {MOST:,} pages of this size; nothing was written.",
        "Choose a larger paper such as A1, or a poster.",
    )


def spans(things: Floats, cards: Floats, room: float) -> tuple[list[Span], int]:
    """Return stretches of at most `room` along one axis that cover all things (2, n), and how many cards they cut."""
    made: list[Span] = []
    through = 0
    for low, far in _groups(things, room):
        inside = cards[:, (cards[0] < far) & (cards[1] > low)]
        places, cost, air = _places(inside, low, far, room)
        chosen = _chosen(places, cost, air, room)
        through += int(cost[chosen].sum())
        made += [(float(places[a]), float(places[b])) for a, b in itertools.pairwise(chosen.tolist())]
        if len(made) > MOST:
            raise too_many()
    return made, through


def _groups(things: Floats, room: float) -> list[Span]:
    """Return the stretches that hold something; emptiness longer than a tile parts them."""
    order = np.argsort(things[0], kind="stable")
    low, far = things[0][order], np.maximum.accumulate(things[1][order])
    parted = np.flatnonzero(low[1:] - far[:-1] > room)
    starts, ends = np.r_[0, parted + 1], np.r_[parted, len(low) - 1]
    return [(float(low[a]), float(far[b])) for a, b in zip(starts, ends, strict=True)]


def _places(cards: Floats, low: float, far: float, room: float) -> tuple[Floats, NDArray[Any], Floats]:
    """Return places where a stretch may be cut, its ends among them.

    With each place come the number of cards that a cut there goes through, and how far the nearest edge of a card is.
    """
    if (far - low) / room > MOST:
        raise too_many()
    edges = once(np.r_[low, far, cards[0], cards[1]])
    middles = (edges[1:] + edges[:-1]) / 2
    even = np.arange(low, far, room / _PLACES)
    found = once(np.r_[middles, even])
    found = found[(found > low) & (found < far)]
    starts, ends = np.sort(cards[0]), np.sort(cards[1])
    cost = np.searchsorted(starts, found, "left") - np.searchsorted(ends, found, "right")
    # Of places that cut as few cards the one with most air is kept.
    nearest = np.minimum(found - edges[np.searchsorted(edges, found) - 1], edges[np.searchsorted(edges, found)] - found)
    bins = ((found - low) / (room / _PLACES)).astype(np.int64)
    order = np.lexsort((-nearest, cost, bins))
    kept = np.sort(order[np.r_[True, np.diff(bins[order]) > 0]]) if len(found) else order
    return np.r_[low, found[kept], far], np.r_[0, cost[kept], 0], np.r_[_AIR, nearest[kept], _AIR]


def _chosen(places: Floats, cost: NDArray[Any], air: Floats, room: float) -> NDArray[np.intp]:
    """Return the cuts that go through the fewest cards, of those the fewest cuts, of those the ones with most air."""
    # One number for all three, so that whole ones compare as quickly as can be.
    tight = np.rint((_AIR - np.minimum(air, _AIR)) * _FINE).astype(np.int64)
    own = (cost.astype(np.int64).astype(object) * _CARD + _CUT + tight.astype(object)).tolist()
    # A place in reach is always there: the even ones are far nearer than a tile is long.
    first = np.minimum(
        np.searchsorted(places, places - room - 1e-6), np.maximum(np.arange(len(places)) - 1, 0)
    ).tolist()
    best, before = [0] * len(places), [0] * len(places)
    near: deque[int] = deque()
    for one in range(1, len(places)):
        # What is farther away and no better will never be chosen again.
        while near and best[near[-1]] >= best[one - 1]:
            near.pop()
        near.append(one - 1)
        while near[0] < first[one]:
            near.popleft()
        before[one] = near[0]
        best[one] = best[near[0]] + own[one]
    chosen = [len(places) - 1]
    while chosen[-1]:
        chosen.append(before[chosen[-1]])
    return np.array(chosen[::-1])
