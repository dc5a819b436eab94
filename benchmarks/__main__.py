"""Measure the window on a made-up board: `python -m benchmarks --cards 10000 [--links 20000] [--json]`."""

from __future__ import annotations

import argparse
import json
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import children
from benchmarks.bars import ROWS
from benchmarks.copying import copied
from benchmarks.machine import machine, slower
from benchmarks.stolen import Clock
from evidenceboard.commands.generate import generated


def main() -> None:
    """Make a board in a temporary folder, measure, and print."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="How quick the window is, and how quick it could be."
    )
    parser.add_argument("--cards", type=int, default=1000, help="cards on the made-up board")
    parser.add_argument("--links", type=int, help="links between them; twice as many as cards unless given")
    parser.add_argument("--board", type=Path, metavar="FILE", help="measure a copy of this file instead")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--only", nargs="+", metavar="MEASURE", help="only some measures, such as frames or opening")
    parser.add_argument("--rounds", type=int, default=5, help="times that each thing is measured; the medians count")
    asked = parser.parse_args()
    links = 2 * asked.cards if asked.links is None else asked.links
    if asked.cards < 2 or links < 0 or asked.rounds < 1:
        parser.error("it takes two cards or more, no fewer than no links, and one round at least")
    clock = Clock()
    with tempfile.TemporaryDirectory(prefix="evidenceboard-") as folder:
        board = Path(folder) / "board.db"
        if asked.board is None:
            generated(board, cards=asked.cards, links=links, seed=1)
        else:
            copied(asked.board, board)
        cards, links = held(board)
        bars = measured(board, cards, asked.rounds, asked.only)
    about = machine(clock) | {"times": slower(bars)}
    if asked.json:
        print(json.dumps({"cards": cards, "machine": about, "bars": bars}, ensure_ascii=False))
    else:
        _show(cards, links, about, bars)


def held(board: Path) -> tuple[int, int]:
    """Return how many cards and links a file holds."""
    with closing(sqlite3.connect(board)) as connection:
        (cards,) = connection.execute("select count(*) from cards").fetchone()
        (links,) = connection.execute("select count(*) from links").fetchone()
    return cards, links


def measured(board: Path, cards: int, rounds: int, only: list[str] | None = None) -> list[dict[str, Any]]:
    """Return the entries of all rows for a board of so many cards, in the order of the table; the file changes."""
    rows = [row for row in ROWS if not only or row.measure in only]
    found: dict[str, tuple[float | None, float | None]] = {}
    for measure in dict.fromkeys(row.measure for row in rows):
        if sys.stderr.isatty():
            print(f"{measure} …", file=sys.stderr)
        try:
            found |= children.run(
                "benchmarks.one", measure, str(board), str(rounds), folder=board.parent, config=measure
            )
        except subprocess.CalledProcessError as error:
            print(f"{measure} failed with {error.returncode}; its rows have no value.", file=sys.stderr)
    return [row.entry(cards, *found.get(row.name, (None, None))) for row in rows]


def _show(cards: int, links: int, about: dict[str, Any], bars: list[dict[str, Any]]) -> None:
    table = Table(title=f"{cards:,} cards, {links:,} links")
    for heading in ("what", "value", "limit", "× limit", "bar", ""):
        table.add_column(heading, justify="left" if heading in ("what", "") else "right")
    for bar in bars:
        value, limit, held = (("–" if bar[key] is None else f"{bar[key]:,.4g}") for key in ("value", "limit", "bar"))
        times = f"{bar['value'] / bar['limit']:,.1f}" if bar["value"] is not None and bar["limit"] else "–"
        told = "" if bar["holds"] else f"missed, {bar['value'] / bar['bar']:.2f} ×" if bar["value"] else "missed"
        table.add_row(bar["name"], f"{value} {bar['unit']}", limit, times, held, told)
    console = Console()
    console.print(table)
    if about["times"]:
        console.print(f"This machine takes {about['times']} × as long as the one on which the bars were set.")
    console.print(", ".join(f"{name} {value}" for name, value in about.items()), highlight=False)


if __name__ == "__main__":
    main()
