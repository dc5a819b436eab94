"""How long it takes to find what lies under the pointer or in a rubber band."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from evidenceboard import Session
from evidenceboard.model.routes import Routes
from evidenceboard.model.scene import Scene

POINTS = 300
BAND = 4000.0
"""Board units of width and height of a rubber band."""


def measure(board: Path, rounds: int) -> dict[str, tuple[float, float | None]]:
    """Return the medians over random points in ms, beside one comparison of all positions with a number."""
    with Session.open(board, read_only=True) as session:
        scene = Scene(session.document, session.document.boards[0].id)
    routes = Routes(scene)
    left, top, right, bottom = scene.bounds() or (0.0, 0.0, 1.0, 1.0)
    chance = random.Random(1)
    points = [(chance.uniform(left, right), chance.uniform(top, bottom)) for _ in range(POINTS)]
    limit = _median(lambda x, y: scene.box[0, : scene.n] < x, points)
    return {
        "hit test of a card": (_median(scene.card_at, points), limit),
        "hit test of a curve": (_median(lambda x, y: routes.at(x, y, 6.0), points), limit),
        "rubber band": (_median(lambda x, y: scene.cards_in((x, y, x + BAND, y + BAND)), points), limit),
    }


def _median(find: Callable[[float, float], object], points: list[tuple[float, float]]) -> float:
    took = []
    for x, y in points:
        start = time.perf_counter()
        find(x, y)
        took.append(time.perf_counter() - start)
    return float(np.median(took)) * 1000 if took else statistics.nan
