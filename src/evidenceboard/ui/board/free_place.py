"""Finding room on the board: where a new card lies on no other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

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
    for ring in range(_RINGS):
        for dx, dy in _around(ring):
            left, top = x + dx * _STEP, y + dy * _STEP
            if any(abs(left - a) < w + _ROOM and abs(top - b) < h + _ROOM for a, b in taken):
                continue
            if not len(scene.cards_in((left - _ROOM, top - _ROOM, left + w + _ROOM, top + h + _ROOM))):
                return left, top
    bounds = scene.bounds()
    return max([a + w for a, _ in taken] + ([bounds[2]] if bounds else [x])) + _STEP, y


def _around(ring: int) -> list[tuple[int, int]]:
    """Return the steps of a square ring, the nearest first, those below and to the right before the others."""
    steps = np.arange(-ring, ring + 1)
    found = [(int(a), int(b)) for a in steps for b in steps if max(abs(a), abs(b)) == ring]
    return sorted(found, key=lambda step: (step[0] ** 2 + step[1] ** 2, step[1] < 0, step[0] < 0))
