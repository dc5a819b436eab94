"""How long one judgement takes in a large matrix: on the disk, every figure weighed anew and painted, linchpins too."""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import Final

from benchmarks.desk import Desk
from evidenceboard import Session, commands
from evidenceboard.ui.panels.matrix import MatrixPanel

ROWS: Final = 500
SCENARIOS: Final = 10
VALUES: Final = ("CC", "C", "N", "NA", "I", "II", "")


def measure(board: Path, rounds: int) -> dict[str, tuple[float, float | None]]:
    """Return the median in ms."""
    own = board.with_name("judging.db")
    fill(own)
    desk = Desk(own)
    dock = desk.window.docks["matrix"]
    dock.bring()
    desk.settle()
    panel = dock.fill()
    if not isinstance(panel, MatrixPanel):
        raise TypeError("this is not the matrix")
    took = []
    for turn in range(rounds):
        panel.table.go(panel.model.index(turn, 1))
        desk.settle()
        value = "II" if panel.model.index(turn, 1).data() != "II" else "CC"
        start = time.perf_counter()
        panel.judge(value)
        panel.show_linchpins()
        panel.finish()
        panel.table.viewport().repaint()
        took.append(time.perf_counter() - start)
    desk.close()
    own.unlink()
    return {"judge a cell of 500 × 10": (statistics.median(took) * 1000, None)}


def fill(path: Path) -> None:
    """Make a file with a full matrix, each row stated by one of 200 sources."""
    with Session.create(path) as session, session.transaction("Fill") as tx:
        scenarios = [commands.add_entity(tx, "scenario", title=f"Scenario {n}") for n in range(SCENARIOS)]
        sources = [commands.add_entity(tx, "source", title=f"Source {n}") for n in range(200)]
        for n in range(ROWS):
            claim = commands.add_entity(tx, "claim", title=f"Claim {n} of the usual length, a sentence or so")
            commands.link(tx, "states", sources[n % 200].id, claim.id)
            for m, scenario in enumerate(scenarios):
                value = VALUES[(n * 7 + m * 3 + n // 7) % 7]
                if value:
                    commands.rate(tx, claim.id, scenario.id, value)
