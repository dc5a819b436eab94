"""How long an edit keeps the event loop while a panel is open: until the panel shows what the edit made of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.copying import copied
from benchmarks.desk import Desk
from evidenceboard import commands
from evidenceboard.model.records import Card
from evidenceboard.ui.panels import PANELS

PAUSE = 0.6
"""Seconds in which every panel has begun to follow an edit."""
BUSY = 0.004
"""Seconds; a turn that took as long did something."""
PATIENCE = 5.0
"""Seconds after which it is gone on at any rate: a machine that is busy with other things is never still."""


def measure(board: Path, rounds: int) -> dict[str, tuple[float, float | None]]:
    """Return the longest turn in ms, the median over the rounds of the worst edit, for each panel."""
    own = board.with_name("panels.db")
    copied(board, own)
    desk = Desk(own)
    desk.wait_until_read()
    desk.wait_for_search()
    desk.stand("middle")
    made: dict[str, tuple[float, float | None]] = {}
    for name in (panel.id for panel in PANELS):
        for dock in desk.window.docks.values():
            dock.close()
        desk.window.docks[name].bring()
        follow(desk)
        worst = sorted(_edited(desk, turn) for turn in range(rounds))
        made[f"longest hold at an edit: {name}"] = worst[len(worst) // 2] * 1000, None
    desk.close()
    own.unlink()
    return made


def _edited(desk: Desk, turn: int) -> float:
    """Return the seconds of the longest turn of one round of edits."""
    desk.holds.clear()
    for _ in edit(desk, turn):
        pass
    return max(desk.holds)


def edit(desk: Desk, turn: int) -> Iterator[str]:
    """Change a title and take it back, select everything and nothing; yield what comes next before each."""
    window = desk.window
    card = window.document.get(Card, desk.nearest(1)[0][0])
    title = f"Another title {turn}"
    yield "edit"
    desk.timed(
        lambda: window.perform("Change a title", lambda tx: commands.set_fields(tx, card.entity_id, title=title))
    )
    follow(desk)
    for action in ("undo", "select_all", "select_none"):
        yield action
        desk.timed(lambda action=action: window.run(action))
        follow(desk)


def follow(desk: Desk) -> None:
    """Let the loop turn until nothing has been done for a while."""
    start = still = time.perf_counter()
    while time.perf_counter() - still < PAUSE and time.perf_counter() - start < PATIENCE:
        if desk.turn() > BUSY:
            still = time.perf_counter()
        time.sleep(0.001)
    desk.settle()
