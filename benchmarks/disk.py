"""How long it takes to drop cards: the file has them when the hand is free again."""

from __future__ import annotations

import shutil
import sqlite3
import statistics
import time
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QPointF

from benchmarks.desk import Desk
from evidenceboard.store import boardfile


def measure(board: Path, rounds: int) -> dict[str, tuple[float, float | None]]:
    """Return the medians in ms, beside a bare commit of as many rows with the same pragmas."""
    own = board.with_name("disk.db")
    shutil.copyfile(board, own)
    desk = Desk(own)
    desk.stand("middle")
    desk.wait_for_search()
    made: dict[str, tuple[float, float | None]] = {}
    for count, said in ((1, "drop 1 card"), (1000, "drop 1,000 cards")):
        took = [drop(desk, count) for _ in range(rounds)]
        made[f"{said}, durable on disk"] = statistics.median(took) * 1000, _bare(board, count, rounds) * 1000
    desk.close()
    own.unlink()
    return made


def drop(desk: Desk, count: int) -> float:
    """Drag the cards around the middle a little further and let go; return the seconds that letting go took."""
    cards, at = desk.nearest(count)
    desk.window.selection.set(cards=cards)
    desk.settle()
    desk.send(desk.press(at))
    for step in range(1, 6):
        desk.frame(desk.move(at + QPointF(step * 8, step * 5)))
    desk.settle_held()
    before = desk.window.session.operation_count()
    took = desk.send(desk.release(at + QPointF(40, 25)))
    if desk.window.session.operation_count() != before + 1:
        raise RuntimeError("nothing was dropped")
    # Each time the same cards from the same place.
    desk.window.run("undo")
    desk.settle()
    return took


def _bare(board: Path, count: int, rounds: int) -> float:
    """Move rows by plain SQL in a copy of the file; return the seconds of the median commit."""
    copy = board.with_name("bare.db")
    shutil.copyfile(board, copy)
    took = []
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        for pragma in boardfile._PRAGMAS:
            connection.execute(f"pragma {pragma}").fetchall()
        ids = connection.execute("select id from cards limit ?", (count,)).fetchall()
        for _ in range(rounds):
            start = time.perf_counter()
            connection.execute("begin immediate")
            connection.executemany("update cards set x = x + 1 where id = ?", ids)
            connection.execute("commit")
            took.append(time.perf_counter() - start)
    copy.unlink()
    return statistics.median(took)
