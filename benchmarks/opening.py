"""How long it takes from the start of the process to the first sharp frame, and until everything is ready."""

from __future__ import annotations

import statistics
from pathlib import Path

from benchmarks import children
from benchmarks.bars import meanwhile


def measure(board: Path, rounds: int) -> dict[str, tuple[float, float | None]]:
    """Return these in seconds, beside the start of a window of Qt with nothing in it; the medians of the rounds.

    The file is one that this program left, and then one that comes from elsewhere and has to be looked over.
    """
    folder = board.parent
    children.run("benchmarks.opened", str(board), "leave", folder=folder, config="opening")
    empty, sharp, ready, over, longest = [], [], [], [], []
    for number in range(rounds):
        bare = children.run("benchmarks.bare", folder=folder)
        empty.append(bare["painted"] - bare["started"])
        found = children.run("benchmarks.opened", str(board), "watch", folder=folder, config="opening")
        sharp.append(found["sharp"] - found["started"])
        ready.append(found["ready"] - found["started"])
        strange = children.run("benchmarks.opened", str(board), "watch", folder=folder, config=f"elsewhere {number}")
        over.append(strange["over"] - strange["started"])
        longest += [found["longest"], strange["longest"]]
    return {
        "first sharp frame of the last view": (statistics.median(sharp), statistics.median(empty)),
        "all ready to search": (statistics.median(ready), statistics.median(empty)),
        "all ready, of a file from elsewhere that is looked over": (statistics.median(over), statistics.median(empty)),
        meanwhile("opening"): (max(longest) * 1000, None),
    }
