"""One measure in a process of its own: `python -m benchmarks.one frames BOARD 5` prints what it found as JSON."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

from benchmarks.bars import MEANWHILE, meanwhile
from benchmarks.desk import Desk


def main() -> None:
    """Measure and print, with how long the window was held meanwhile."""
    name, board, rounds = sys.argv[1:4]
    found = import_module(f"benchmarks.{name}").measure(Path(board), int(rounds))
    if name in MEANWHILE and meanwhile(name) not in found:
        found[meanwhile(name)] = Desk.longest * 1000, None
    print(json.dumps(found))


if __name__ == "__main__":
    main()
