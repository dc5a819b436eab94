"""What holds the window longest on a board, and in which lines: `python -m benchmarks.culprits BOARD [PANEL …]`."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from benchmarks.copying import copied
from benchmarks.desk import Desk
from benchmarks.holds import busy_minute
from benchmarks.panels import edit, follow
from benchmarks.watch import Watch

LATE: Final = 0.012
"""Seconds from which on a turn is told of."""
TOLD: Final = 5


class WatchedDesk(Desk):
    """A desk whose every turn is looked at. Before the window stands there is nothing to look at."""

    watch: Watch | None = None

    def timed(self, work: Callable[[], object]) -> float:
        if self.watch is None:
            return super().timed(work)
        self.watch.begin()
        try:
            return super().timed(work)
        finally:
            self.watch.end()


def main() -> None:
    """Work on a copy of a board and print the longest turns of each kind of work."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.culprits", description="What holds the window longest.")
    parser.add_argument("board", type=Path, help="the file of a board; a copy of it is worked on")
    parser.add_argument("panels", nargs="*", metavar="PANEL", help="only edits with these panels open")
    asked = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="evidenceboard-") as folder:
        os.environ["EVIDENCEBOARD_CONFIG_DIR"] = folder
        own = Path(folder) / "board.db"
        copied(asked.board, own)
        desk = WatchedDesk(own, all_read=False)
        desk.watch = watch = Watch(LATE)
        if not asked.panels:
            watch.what = "work"
            busy_minute(desk)
            _tell(watch, "a busy minute")
        desk.wait_until_read()
        desk.wait_for_search()
        desk.stand("middle")
        for name in asked.panels or list(desk.window.docks):
            _with_panel(desk, watch, name)
        desk.close()
        watch.close()


def _with_panel(desk: WatchedDesk, watch: Watch, name: str) -> None:
    for dock in desk.window.docks.values():
        dock.close()
    watch.holds.clear()
    watch.what = "bring"
    desk.timed(desk.window.docks[name].bring)
    follow(desk)
    _tell(watch, f"{name}, brought")
    for what in edit(desk, 0):
        watch.what = what
    _tell(watch, f"{name}, at edits")


def _tell(watch: Watch, what: str) -> None:
    print(f"== {what}")
    for hold in watch.worst(TOLD):
        print(hold.told())
    watch.holds.clear()


if __name__ == "__main__":
    main()
