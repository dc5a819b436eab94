"""Opening one board in a window that runs already: print the seconds until the whole picture is known and sharp."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from benchmarks.desk import Desk


def main() -> None:
    """Open the board and print."""
    start = time.perf_counter()
    desk = Desk(Path(sys.argv[1]), all_read=False)
    while not desk.surface.is_whole:
        desk.turn()
    desk.surface.fit()
    desk.settle()
    print(json.dumps({"seconds": time.perf_counter() - start, "longest": Desk.longest}))
    desk.close()


if __name__ == "__main__":
    main()
