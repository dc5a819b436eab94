"""How long it takes in the window to find what lies under the pointer or in a rubber band."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.desk import Desk

POINTS = 300
BAND = 4000.0
"""Board units of width and height of a rubber band."""


def measure(board: Path, rounds: int) -> dict[str, tuple[float, float | None]]:
    """Return the medians over random points of the view in ms, beside one comparison of all positions with a number."""
    desk = Desk(board)
    desk.stand("reading")
    desk.rest()
    surface, scene = desk.surface, desk.surface.scene
    view, chance = surface.visible_area(), random.Random(1)
    points = [
        (chance.uniform(view.left(), view.right()), chance.uniform(view.top(), view.bottom())) for _ in range(POINTS)
    ]
    limit = _median(lambda x, y: scene.box[0, : scene.n] < x, points)
    found: dict[str, tuple[float, float | None]] = {
        "hit test of a card": (_median(surface.slot_at, points), limit),
        "hit test of a curve": (_median(surface.link_at, points), limit),
        "rubber band": (_median(lambda x, y: scene.cards_in((x, y, x + BAND, y + BAND)), points), limit),
    }
    desk.close()
    return found


def _median(find: Callable[[float, float], Any], points: list[tuple[float, float]]) -> float:
    took = []
    for x, y in points:
        start = time.perf_counter()
        find(x, y)
        took.append(time.perf_counter() - start)
    return float(np.median(took)) * 1000
