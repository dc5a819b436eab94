"""How long it takes from the start of the process to the first sharp frame, and until everything can be found."""

from __future__ import annotations

import statistics
from pathlib import Path

from benchmarks import children
from benchmarks.bars import meanwhile


def measure(board: Path, rounds: int) -> dict[str, tuple[float, float | None]]:
    """Return both in seconds, beside the start of a window of Qt with nothing in it; the medians of the rounds."""
    folder = board.parent
    children.run("benchmarks.opened", str(board), "leave", folder=folder, config="opening")
    empty, sharp, ready, longest = [], [], [], []
    for _ in range(rounds):
        bare = children.run("benchmarks.bare", folder=folder)
        empty.append(bare["painted"] - bare["started"])
        found = children.run("benchmarks.opened", str(board), "watch", folder=folder, config="opening")
        sharp.append(found["sharp"] - found["started"])
        ready.append(found["ready"] - found["started"])
        longest.append(found["longest"])
    return {
        "first sharp frame of the last view": (statistics.median(sharp), statistics.median(empty)),
        "all ready to search": (statistics.median(ready), statistics.median(empty)),
        meanwhile("opening"): (max(longest) * 1000, None),
    }
