"""How much memory a board takes: the whole program with it, less the same program with an empty one."""

from __future__ import annotations

import statistics
from pathlib import Path

from benchmarks import children
from evidenceboard import Session


def measure(board: Path, rounds: int) -> dict[str, tuple[float | None, float | None]]:
    """Return the MB at the peak, all ready, above a window on an empty board. The rows in the file are the limit."""
    empty = board.with_name("empty.db")
    if not empty.exists():
        Session.create(empty).close()
    above = [_difference(board, empty) for _ in range(rounds)]
    known = [one for one in above if one is not None]
    return {"memory above an empty window, all ready": (statistics.median(known) if known else None, None)}


def _difference(board: Path, empty: Path) -> float | None:
    there, without = (
        children.run("benchmarks.opened", str(path), "watch", folder=board.parent, config="memory")["peak"]
        for path in (board, empty)
    )
    return None if there is None or without is None else there - without
