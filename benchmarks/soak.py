"""Some of the program's promises, counted: `python -m benchmarks.soak [--times N] [--json]`."""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from benchmarks.promises import attached, full_disk, killed, merged, mutated, opened, undone

Promise = Callable[[Path, int], int]
PROMISES: Final[tuple[tuple[str, int, Promise], ...]] = (
    ("kill -9 during edits: what was confirmed is there, nothing half, nothing damaged", 200, killed.failures),
    (
        "a disk that is full: the change goes back, the file stays as it was, the next edit works",
        10,
        full_disk.failures,
    ),
    ("undo of everything: the file is as it was made, and redo as it was left", 20, undone.failures),
    (
        "a file with bytes changed by chance: it opens or is refused in words, and is never written to",
        300,
        mutated.failures,
    ),
    ("looking at a file: not a byte of it changes, and nothing is left beside it", 30, opened.failures),
    ("copies that several people work on and merge: all say the same in the end, nothing is lost", 40, merged.failures),
    ("attachments: the bytes that come out are those that went in", 50, attached.failures),
)
"""What is promised, how often it is tried, and what counts the failures."""


def main() -> None:
    """Try every promise and print how often it was broken."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description="Promises of the program, counted.")
    parser.add_argument("--times", type=float, default=1.0, help="how many times as often as usual each is tried")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    asked = parser.parse_args()
    promises = tried(asked.times)
    if asked.json:
        print(json.dumps({"promises": promises}, ensure_ascii=False))
        return
    table = Table()
    for heading in ("promise", "tried", "broken"):
        table.add_column(heading, justify="left" if heading == "promise" else "right")
    for promise in promises:
        table.add_row(promise["name"], f"{promise['n']:,}", f"{promise['failures']:,}")
    Console().print(table)


def tried(times: float) -> list[dict[str, Any]]:
    """Return each promise with how often it was tried and broken."""
    found = []
    for name, usual, failures in PROMISES:
        n = max(1, round(usual * times))
        with tempfile.TemporaryDirectory(prefix="evidenceboard-") as folder:
            broken = failures(Path(folder), n)
        found.append({"name": name, "n": n, "failures": broken, "holds": broken == 0})
    return found


if __name__ == "__main__":
    main()
