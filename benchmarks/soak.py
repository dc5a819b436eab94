"""The program's promises, counted: `python -m benchmarks.soak [--times N] [--only WORDS…] [--json]`."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.machine import machine
from benchmarks.promises import (
    attached,
    full_disk,
    killed,
    merged,
    mutated,
    no_network,
    opened,
    poisoned_text,
    power_cut,
    refused,
    shared,
    strange,
    undone,
    words_out,
)
from benchmarks.promises.measured import measured
from benchmarks.promises.outcome import SkippedError, Tried
from benchmarks.stolen import Clock


class Promise(NamedTuple):
    """What is promised, how often it is tried (at most), and what counts the failures."""

    name: str
    n: int
    failures: Callable[[Path, int], Tried]


ALL: Final = 5_000
"""Where there are so many cases as there are, all of them are tried."""
PROMISES: Final = (
    Promise("kill -9 during edits: nothing confirmed is lost, nothing is half, nothing is damaged", 10_000,
            killed.failures),
    Promise("power cuts on a disk that lies: nothing confirmed is lost, nothing is damaged", 2_000,
            power_cut.failures),
    Promise("every call to the disk refused once: nothing is damaged, every failure is told, the next edit works", ALL,
            refused.failures),
    Promise("a disk that is full: the change goes back, the file stays as it was, the next edit works", 100,
            full_disk.failures),
    Promise("files spoiled by chance: each opens or is refused in words, no changed value goes unnoticed", 20_000,
            mutated.failures),
    Promise("hostile and broken files of every kind: each is named, stays as it was, nothing else is touched", 500,
            strange.failures),
    Promise("text that asks for files and hosts, over every panel, dialog, menu and tip: nothing is opened", 1_000,
            poisoned_text.failures),
    Promise("no network: with none at all the program starts, shows and exports, and never asks for one", 20,
            no_network.failures),
    Promise("random boards exported with a limit of marking: no word of what is marked above it goes out", 500,
            words_out.failures),
    Promise("boards shared and exported with planted words: none is found that was to stay behind", 500,
            shared.failures),
    Promise("random histories of three copies and more, merged: all agree, nothing is lost, all disputes show", 2_000,
            merged.failures),
    Promise("undo of everything: the file is as it was made, and redo as it was left", 200, undone.failures),
    Promise("looking at a file: not a byte of it changes, and nothing is left beside it", 50, opened.failures),
    Promise("attachments: the bytes that come out are those that went in", 500, attached.failures),
)  # fmt: skip


def main() -> None:
    """Try every promise and print how often it was broken; what broke is told on stderr."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description="Promises of the program, counted.")
    parser.add_argument(
        "--times", type=float, default=1.0, help="share of the full number that each is tried; 1 is all"
    )
    parser.add_argument("--only", nargs="+", metavar="WORDS", help="only promises whose name holds one of these words")
    parser.add_argument("--measure", action="store_true", help="measure also where not everything is tried in full")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    asked = parser.parse_args()
    clock = Clock()
    chosen = [one for one in PROMISES if not asked.only or any(words in one.name for words in asked.only)]
    promises = [tried(promise, asked.times) for promise in chosen]
    # Seconds say something only of a whole run; a small one is about whether all can be tried.
    bars = measured() if (asked.times >= 1 and not asked.only) or asked.measure else []
    if asked.json:
        print(json.dumps({"promises": promises, "measured": bars, "machine": machine(clock)}, ensure_ascii=False))
        return
    table = Table(title=time.strftime("%Y-%m-%d"))
    for heading in ("promise", "tried", "broken", "s"):
        table.add_column(heading, justify="left" if heading == "promise" else "right")
    for promise in promises:
        broken = f"skipped: {promise['skipped']}" if promise["skipped"] else f"{promise['failures']:,}"
        table.add_row(promise["name"], f"{promise['n']:,}", broken, f"{promise['seconds']:,.0f}")
    console = Console()
    console.print(table)
    for bar in bars:
        limit = f", {bar['value'] / bar['limit']:.1f} times a bare commit" if bar["limit"] else ""
        held = f" (bar {bar['bar']:g}{'' if bar['holds'] else ', missed'})" if bar["bar"] else ""
        console.print(f"{bar['name']}: {bar['value']:g} {bar['unit']}{held}{limit}", highlight=False)
    console.print(", ".join(f"{name} {value}" for name, value in machine(clock).items()), highlight=False)


def tried(promise: Promise, times: float) -> dict[str, Any]:
    """Return a promise with how often it was tried and broken; `skipped` says what is missing here to try it."""
    if sys.stderr.isatty():
        print(f"{promise.name} …", file=sys.stderr)
    started, skipped = time.monotonic(), ""
    with tempfile.TemporaryDirectory(prefix="evidenceboard-", dir=_in_memory()) as folder, _own_settings(folder):
        place = Path(folder) / "place"
        place.mkdir()
        try:
            found = promise.failures(place, max(1, round(promise.n * times)))
        except SkippedError as error:
            found, skipped = Tried(0, 0), str(error)
    told = {"name": promise.name, "n": found.n, "failures": found.failures, "holds": not found.failures}
    return {**told, "skipped": skipped, "seconds": round(time.monotonic() - started, 1)}


def _in_memory() -> str | None:
    """Return a folder in memory: nothing here is about how quick a disk is, and thousands of boards wear it out."""
    place = "/dev/shm"
    return place if os.access(place, os.W_OK) and "TMPDIR" not in os.environ else None


@contextlib.contextmanager
def _own_settings(folder: str) -> Iterator[None]:
    before = os.environ.get("EVIDENCEBOARD_CONFIG_DIR")
    os.environ["EVIDENCEBOARD_CONFIG_DIR"] = str(Path(folder) / "config")
    try:
        yield
    finally:
        os.environ.pop("EVIDENCEBOARD_CONFIG_DIR")
        if before is not None:
            os.environ["EVIDENCEBOARD_CONFIG_DIR"] = before


if __name__ == "__main__":
    main()
