"""How long it takes to keep a gesture, to look a file over and to merge a copy, beside the bars that were set."""

from __future__ import annotations

import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from benchmarks.copying import copied
from benchmarks.promises import merged_quickly
from evidenceboard import Session, commands
from evidenceboard.commands.generate import generated
from evidenceboard.store import boardfile
from evidenceboard.store.examination import looked_over

GESTURES: Final = 300
NAMES: Final = (
    "a gesture is on the disk, median",
    "a gesture is on the disk, 99 of 100",
    "a file of 10,000 cards is looked over",
    "a file of 500 MB is looked over",
    "25,000 operations of an open copy are merged in",
)
_LARGE: Final = 500_000_000
_PART: Final = 8_000_000


def measured() -> list[dict[str, Any]]:
    """Return what was measured on the disk of temporary files, each with its bar, and a bare commit as the limit."""
    with tempfile.TemporaryDirectory(prefix="evidenceboard-") as folder:
        merging = _row(NAMES[4], merged_quickly.seconds(Path(folder)), "s", 1.0, None)
        return [*_gestures(Path(folder)), *_looking(Path(folder)), merging]


def _gestures(folder: Path) -> list[dict[str, Any]]:
    board, copy = folder / "board.db", folder / "bare.db"
    generated(board, cards=1000, links=2000, seed=1)
    copied(board, copy)
    took: list[float] = []
    least: list[float] = []
    with Session.open(board) as session, closing(sqlite3.connect(copy, isolation_level=None)) as bare:
        for pragma in boardfile._PRAGMAS:
            bare.execute(f"pragma {pragma}").fetchall()
        cards = [card.id for card in session.document.cards]
        for number in range(GESTURES):
            card = cards[number % len(cards)]
            least.append(_timed(lambda one=card: _commit(bare, one)))
            took.append(_timed(lambda one=card: _move(session, one)))
    return [
        _row(NAMES[0], statistics.median(took) * 1000, "ms", None, _median(least)),
        _row(NAMES[1], _p99(took) * 1000, "ms", 10.0, _p99(least) * 1000),
    ]


def _looking(folder: Path) -> list[dict[str, Any]]:
    many, large = folder / "many.db", folder / "large.db"
    generated(many, cards=10_000, links=20_000, seed=1)
    quick = statistics.median(_timed(lambda: looked_over(many)) for _ in range(5))
    with Session.create(large) as session:
        note = ""
        for number in range(_LARGE // _PART):
            with session.transaction("Attach") as tx:
                note = note or commands.add_entity(tx, "note", title="Films").id
                commands.attach(tx, note, f"{number}.bin", os.urandom(_PART))
    slow = statistics.median(_timed(lambda: looked_over(large)) for _ in range(3))
    return [
        _row(NAMES[2], quick, "s", 0.3, None),
        _row(NAMES[3], slow, "s", 5.0, None),
    ]


def _row(name: str, value: float, unit: str, bar: float | None, limit: float | None) -> dict[str, Any]:
    return {
        "name": name,
        "value": round(value, 3),
        "unit": unit,
        "limit": None if limit is None else round(limit, 3),
        "bar": bar,
        "holds": bar is None or value <= bar,
    }


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _move(session: Session, card_id: str) -> None:
    with session.transaction("Move") as tx:
        commands.move_cards(tx, [card_id], 8, 8)


def _commit(connection: sqlite3.Connection, card_id: str) -> None:
    connection.execute("begin immediate")
    connection.execute("update cards set x = x + 1 where id = ?", (card_id,))
    connection.execute("commit")


def _median(seconds: list[float]) -> float:
    return statistics.median(seconds) * 1000


def _p99(seconds: list[float]) -> float:
    return sorted(seconds)[len(seconds) * 99 // 100]
