"""All cards of a board moved at once, and back: how long each takes until it is on the disk, and holds the window."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QPointF, Qt, QTimer

from benchmarks import disk
from benchmarks.copying import copied
from benchmarks.desk import Desk
from benchmarks.stolen import Clock
from evidenceboard.ui.window import Window

AFTER = 1.0
"""Seconds in which the window has shown what was moved, and panels have begun to follow."""


class Heart:
    """Beat on the event loop, also on one within another, as a window runs it while it waits for large work."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._clock = Clock()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(1)

    def stop(self) -> None:
        self._timer.stop()
        self._beat()

    def _beat(self) -> None:
        self.longest = max(self.longest, self._clock.seconds())
        self._clock.start()


def measure(board: Path, rounds: int) -> dict[str, tuple[float, float | None]]:
    """Return the medians: µs a card beside a bare commit of the same rows in a copy, and the longest hold in ms."""
    own, copy = board.with_name("bulk.db"), board.with_name("bare.db")
    for path in (own, copy):
        copied(board, path)
    desk = Desk(own)
    desk.stand("middle")
    desk.wait_for_search()
    desk.rest()
    window = desk.window
    cards, at = list(window.document.table("cards")), desk.nearest(1)[1]
    moves, ways_back, holds, least = [], [], [], []
    with closing(disk._bare(copy)) as bare:
        for _ in range(rounds):
            least.append(disk._commit(bare, cards) / len(cards))
            heart = Heart()
            window.run("select_all")
            desk.app.processEvents()
            moves.append(_drag(desk, at) / len(cards))
            ways_back.append(_written(window, lambda: window.run("undo")) / len(cards))
            _follow(desk)
            window.run("select_none")
            heart.stop()
            holds.append(heart.longest)
    desk.close()
    for path in (own, copy):
        path.unlink()
    limit = statistics.median(least) * 1e6
    return {
        "move all cards, each": (statistics.median(moves) * 1e6, limit),
        "take that back, each": (statistics.median(ways_back) * 1e6, limit),
        "longest hold at moving all cards": (statistics.median(holds) * 1000, None),
    }


def _drag(desk: Desk, at: QPointF) -> float:
    """Drag what is selected a little further; return the seconds from letting go until it is on the disk."""
    # Each thing that a hand does comes in a turn of its own.
    desk.app.sendEvent(desk.surface, desk.press(at))
    desk.app.processEvents()
    for step in range(1, 6):
        desk.app.sendEvent(desk.surface, desk.move(at + QPointF(step * 8, step * 5)))
        desk.app.processEvents()
    took = _written(desk.window, lambda: desk.app.sendEvent(desk.surface, desk.release(at + QPointF(40, 25))))
    _follow(desk)
    return took


def _written(window: Window, work: Callable[[], object]) -> float:
    """Return the seconds until an operation is on the disk and in memory."""
    written: list[float] = []
    listeners = window.session._listeners
    listeners.insert(0, lambda operation: written.append(time.perf_counter()))
    start = time.perf_counter()
    work()
    listeners.pop(0)
    if len(written) != 1:
        raise RuntimeError("nothing was moved")
    return written[0] - start


def _follow(desk: Desk) -> None:
    """Let the loop turn until the window shows what was moved."""
    end = time.perf_counter() + AFTER
    while time.perf_counter() < end or not desk.surface.is_settled():
        desk.turn()
