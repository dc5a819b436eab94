"""What a layout works on: boxes, links and dates as arrays, without records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.values import dataclass

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Marks = NDArray[np.bool_]
Tick = Callable[[float], None]
"""Takes the share of the work that is done, 0 to 1. It raises where the work shall stop."""
GAP: Final = 24.0
"""Board units that laid out things keep between each other."""
WIDE: Final = 1.6
"""How much wider than high a layout likes to be, as windows are."""


@dataclass(frozen=True, slots=True)
class Things:
    """Cards, and frames as large cards, that are laid out together; `n` of them, with `m` links among them.

    `box` (4, n): x, y, w, h in board units. `type` (n): the place of its type in `TYPES`, len(TYPES) for any other.
    `rank` (n): its place when all are sorted by type and number. `day` (n): the middle of when it happened or was
    reported, days since 1970, NaN where nobody knows. `fixed` (n): it stays. `ends` (2, m): the links; `kind` (m): the
    place of their type in `LINK_TYPES`.
    """

    box: Floats
    type: Whole
    rank: Whole
    day: Floats
    fixed: Marks
    ends: Whole
    kind: Whole

    @property
    def n(self) -> int:
        return int(self.box.shape[1])

    @property
    def w(self) -> Floats:
        made: Floats = self.box[2]
        return made

    @property
    def h(self) -> Floats:
        made: Floats = self.box[3]
        return made

    def part(self, chosen: Whole) -> Things:
        """Return some of the things with the links among them, in the order in which they are named."""
        place = np.full(self.n, -1, np.int64)
        place[chosen] = np.arange(len(chosen))
        ends = place[self.ends]
        kept = (ends >= 0).all(axis=0)
        return replace(
            self, box=self.box[:, chosen], type=self.type[chosen], rank=self.rank[chosen], day=self.day[chosen],
            fixed=self.fixed[chosen], ends=ends[:, kept], kind=self.kind[kept],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a layout puts things: their upper left corners (2, n). Those in `beside` have no place of their own."""

    corners: Floats
    beside: Marks | None = None


def extent(corners: Floats, box: Floats) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom of things (at least one) at these corners."""
    far = corners + box[2:]
    left, top = corners.min(axis=1).tolist()
    right, bottom = far.max(axis=1).tolist()
    return left, top, right, bottom


def places(order: Whole) -> Whole:
    """Return the place that each thing has in an order."""
    made = np.empty(len(order), np.int64)
    made[order] = np.arange(len(order))
    return made


def silent(share: float) -> None:
    """Take note of nothing."""


def part_of(tick: Tick, start: float, end: float) -> Tick:
    """Return the tick of one part of the work."""
    return lambda share: tick(start + (end - start) * share)


def sums(where: Any, values: Floats, n: int) -> Floats:
    """Return the sum of the values at each of `n` places."""
    made: Floats = np.bincount(where, values, n).astype(np.float64, copy=False)
    return made
