"""Looking at a file: not a byte of it changes, and nothing is left beside it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.promises.outcome import Tried
from benchmarks.promises.worlds import small_board

LOOKING = (["info"], ["check"], ["list"], ["show", "C1"], ["search", "lorries"], ["history"], ["verify"])


def failures(folder: Path, n: int) -> Tried:
    """Look so many times; count the times after which the file is not the same, or not alone."""
    path = small_board(folder / "board.db")
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    broken = 0
    for number in range(n):
        verb, *rest = LOOKING[number % len(LOOKING)]
        words = [sys.executable, "-m", "evidenceboard", verb, str(path), *rest, "--json"]
        done = subprocess.run(words, stdout=subprocess.DEVNULL, check=False)
        same = (path.read_bytes(), path.stat().st_mtime_ns) == before
        broken += done.returncode != 0 or not same or len(list(folder.iterdir())) != 1
    return Tried(n, broken)
