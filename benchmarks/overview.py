"""How long it takes to load a file and show all of it, beside only reading its rows."""

from __future__ import annotations

import sqlite3
import statistics
import time
from contextlib import closing
from pathlib import Path

from benchmarks import children
from benchmarks.bars import meanwhile
from evidenceboard.model.records import COLUMNS


def measure(board: Path, rounds: int) -> dict[str, tuple[float, float | None]]:
    """Return the seconds until everything is loaded and the overview is sharp; the limit is a raw read of all rows."""
    raw = statistics.median(_raw_read(board) for _ in range(rounds))
    found = [
        children.run("benchmarks.loaded", str(board), folder=board.parent, config=f"overview {number}")
        for number in range(rounds)
    ]
    return {
        "everything loaded and a sharp overview": (statistics.median(one["seconds"] for one in found), raw),
        meanwhile("overview"): (max(one["longest"] for one in found) * 1000, None),
    }


def _raw_read(board: Path) -> float:
    start = time.perf_counter()
    with closing(sqlite3.connect(board)) as connection:
        for table, columns in COLUMNS.items():
            connection.execute(f"select {', '.join(columns)} from {table}").fetchall()
    return time.perf_counter() - start
