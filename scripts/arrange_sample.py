"""Look for a better order of the cards in a table of scripts/sample, and write it there.

Better is shorter lines, fewer cards in their way, fewer crossings. Run it when the facts or the routes of links
change, then scripts/make_sample.py: python scripts/arrange_sample.py main|scenarios [TRIES] [SEED]
"""

from __future__ import annotations

import math
import random
import sys
import tempfile
from copy import deepcopy
from pathlib import Path

import make_sample
import numpy as np
from numpy.typing import NDArray
from sample_layout import Plan, heights_of, lay_out, read_plans, write_plans

from evidenceboard import Session
from evidenceboard.model.beziers import flattened
from evidenceboard.model.document import Document
from evidenceboard.model.routes import Routes
from evidenceboard.model.scene import Scene

IN_THE_WAY = 3.0
"""What a unit of line under a card costs, in units of line."""
CROSSING = 25.0
HOT = 3000.0
"""How much worse an order may be at the beginning and still be gone on with."""
IN_ORDER = ("scenario", "question")
"""Types whose cards stand in the order of their numbers."""

Strips = dict[str, list[Plan]]


def main() -> None:
    """Search from the order in the table on."""
    name, tries, seed = sys.argv[1], int((sys.argv[2:3] or ["1000"])[0]), int((sys.argv[3:4] or ["1"])[0])
    table = make_sample.FACTS / f"{name}_board.csv"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.db"
        make_sample.make(path)
        with Session.open(path, read_only=True) as session:
            document = session.document
            board = document.boards[0 if name == "main" else 1]
            strips = read_plans(table)
            better = search(document, Scene(document, board.id), strips, tries, random.Random(seed))
    if better is not strips:
        write_plans(table, better)


def search(document: Document, scene: Scene, strips: Strips, tries: int, chance: random.Random) -> Strips:
    """Return the best order that was met, or the one given where none was better."""
    heights = heights_of(document, strips)
    free = [
        (name, place)
        for name, strip in strips.items()
        for place, plan in enumerate(strip)
        if sum(map(len, plan.columns)) > 1 and document.entity(plan.columns[0][0]).type not in IN_ORDER
    ]
    best = now = strips
    least = cost = first = price(document, scene, strips, heights)
    for step in range(tries):
        new = deepcopy(now)
        name, place = chance.choice(free)
        _change(new[name][place].columns, chance)
        found = price(document, scene, new, heights)
        heat = HOT * (1 - step / tries) ** 2 + 1
        if found < cost or chance.random() < math.exp((cost - found) / heat):
            now, cost = new, found
        if found < least:
            best, least = new, found
    print(f"{first:,.0f} became {least:,.0f}")
    return best


def _change(columns: list[list[str]], chance: random.Random) -> None:
    """Swap two cards of a frame, or put one elsewhere in its column."""
    places = [(x, y) for x, column in enumerate(columns) for y in range(len(column))]
    (ax, ay), (bx, by) = chance.sample(places, 2)
    if ax == bx and chance.random() < 0.4:
        columns[ax].insert(by, columns[ax].pop(ay))
    else:
        columns[ax][ay], columns[bx][by] = columns[bx][by], columns[ax][ay]


def price(document: Document, scene: Scene, strips: Strips, heights: dict[str, float]) -> float:
    """Return what the lines of a board cost, in board units."""
    for layout in lay_out(strips, heights):
        for number, x, y, width in layout.cards:
            scene.box[:, scene.slot_of_entity[document.entity(number).id]] = (x, y, width, heights[number])
    points = Routes(scene).points
    pieces = flattened(points, 16)
    length = np.hypot(pieces[:, :, 2] - pieces[:, :, 0], pieces[:, :, 3] - pieces[:, :, 1])
    x, y = (pieces[:, :, 0, None] + pieces[:, :, 2, None]) / 2, (pieces[:, :, 1, None] + pieces[:, :, 3, None]) / 2
    left, top, wide, high = scene.box[:, : scene.n]
    under = ((x > left) & (x < left + wide) & (y > top) & (y < top + high)).any(axis=2)
    return float(length.sum() + IN_THE_WAY * length[under].sum() + CROSSING * _crossings(flattened(points, 5)))


def _crossings(pieces: NDArray[np.float64]) -> int:
    """Return how often lines of straight pieces (m, segments, 4) cross each other."""
    link = np.repeat(np.arange(len(pieces)), pieces.shape[1])
    x1, y1, x2, y2 = pieces.reshape(-1, 4).T
    ahead = (x2 - x1)[:, None] * (y1 - y1[:, None]) - (y2 - y1)[:, None] * (x1 - x1[:, None])
    behind = (x2 - x1)[:, None] * (y2 - y1[:, None]) - (y2 - y1)[:, None] * (x2 - x1[:, None])
    apart = ahead * behind < 0
    return int((apart & apart.T & (link[:, None] < link)).sum())


if __name__ == "__main__":
    main()
