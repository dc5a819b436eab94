"""How long anything at all keeps the event loop: a busy minute of work on one board."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF

from benchmarks.copying import copied
from benchmarks.desk import MIDDLE, Desk
from benchmarks.disk import drop

IDLE = 0.0005
"""Seconds; a turn that took less did nothing and does not count."""


def measure(board: Path, rounds: int) -> dict[str, tuple[float, float | None]]:
    """Return the p99.9 in ms over the turns of the loop that did something, the events of the hand included."""
    own = board.with_name("holds.db")
    copied(board, own)
    desk = Desk(own, all_read=False)
    busy_minute(desk)
    desk.close()
    own.unlink()
    busy = [one for one in desk.holds if one >= IDLE]
    return {"longest hold of the event loop, p99.9": (float(np.percentile(busy, 99.9)) * 1000, None)}


def busy_minute(desk: Desk) -> None:
    """Read the file to its end, look around at each zoom, and work there."""
    desk.wait_until_read()
    desk.wait_for_search()
    for zoom in ("overview", "middle", "reading"):
        desk.stand(zoom)
        _look_around(desk)
        _work(desk)


def _look_around(desk: Desk) -> None:
    middle = QPointF(desk.surface.width() / 2, desk.surface.height() / 2)
    desk.send(desk.press(middle, MIDDLE))
    for step in range(60):
        desk.send(desk.move(middle + QPointF(step * 11, step * 6), MIDDLE))
        desk.turn()
    desk.send(desk.release(middle + QPointF(649, 354), MIDDLE))
    for step in range(40):
        desk.send(desk.wheel(middle, 30 if step < 20 else -30))
        desk.turn()
    desk.settle()


def _work(desk: Desk) -> None:
    run = desk.window.run
    drop(desk, 1)
    drop(desk, 1000)
    for action in ("undo", "redo", "undo", "select_none", "add_claim"):
        _call(desk, lambda action=action: run(action))
    _call(desk, desk.window.board.finish)
    _call(desk, lambda: run("undo"))
    cards, _ = desk.nearest(2)
    _call(desk, lambda: desk.window.selection.set(cards=cards))
    _call(desk, lambda: desk.window.find_entities("convoy", 50))


def _call(desk: Desk, work: Callable[[], object]) -> None:
    desk.timed(work)
    desk.settle()
