"""Finding room on the board: where a new card lies on no other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.scene import Scene
from evidenceboard.ui.board.snapping import GRID

_STEP: Final = 24.0
_RINGS: Final = 60
_ROOM: Final = 16.0


def free_place(
    scene: Scene, x: float, y: float, w: float, h: float, taken: Sequence[tuple[float, float]] = ()
) -> tuple[float, float]:
    """Return the upper left corner nearest to x, y, on the grid, at which a box lies on no card.

    `taken` are the corners given to boxes of the same size that are not on the board yet.
    """
    x, y = round(x / GRID) * GRID, round(y / GRID) * GRID
    reach = _RINGS * _STEP + _ROOM
    near = scene.box[:, scene.cards_in((x - reach, y - reach, x + w + reach, y + h + reach))]
    boxes = np.concatenate([near, np.array([(a, b, w, h) for a, b in taken]).reshape(-1, 4).T], axis=1)
    for ring in range(_RINGS):
        places = np.array([(x, y)]) + _around(ring) * _STEP
        left, top = places[:, 0, None], places[:, 1, None]
        covered = (boxes[0] < left + w + _ROOM) & (boxes[0] + boxes[2] > left - _ROOM)
        covered &= (boxes[1] < top + h + _ROOM) & (boxes[1] + boxes[3] > top - _ROOM)
        free = np.flatnonzero(~covered.any(axis=1))
        if len(free):
            return float(places[free[0], 0]), float(places[free[0], 1])
    bounds = scene.bounds()
    return max([a + w for a, _ in taken] + ([bounds[2]] if bounds else [x])) + _STEP, y


@cache
def _around(ring: int) -> NDArray[Any]:
    """Return the steps (n, 2) of a square ring, the nearest first, those below and to the right before the others."""
    side = range(-ring, ring + 1)
    edge = {(a, b) for a in side for b in (-ring, ring)} | {(a, b) for a in (-ring, ring) for b in side}
    return np.array(sorted(edge, key=lambda s: (s[0] ** 2 + s[1] ** 2, s[1] < 0, s[0] < 0, s)))
