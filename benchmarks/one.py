"""One measure in a process of its own: `python -m benchmarks.one frames BOARD 5` prints what it found as JSON."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path


def main() -> None:
    """Measure and print."""
    name, board, rounds = sys.argv[1:4]
    print(json.dumps(import_module(f"benchmarks.{name}").measure(Path(board), int(rounds))))


if __name__ == "__main__":
    main()
