"""How long it takes to drop cards: the file has them when the hand is free again."""

from __future__ import annotations

import sqlite3
import statistics
import time
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QPointF

from benchmarks.copying import copied
from benchmarks.desk import Desk
from evidenceboard.store import boardfile


def measure(board: Path, rounds: int) -> dict[str, tuple[float, float | None]]:
    """Return the medians in ms, beside a bare commit of the same rows in a copy of the file, each time just before."""
    own, copy = board.with_name("disk.db"), board.with_name("bare.db")
    for path in (own, copy):
        copied(board, path)
    desk = Desk(own)
    desk.stand("middle")
    desk.wait_for_search()
    made: dict[str, tuple[float, float | None]] = {}
    with closing(_bare(copy)) as bare:
        for count, said in ((1, "drop 1 card"), (1000, "drop 1,000 cards")):
            cards, _ = desk.nearest(count)
            _drop_and_take_back(desk, count)  # what is made once, such as the first statement, is not what is measured
            least, took = [], []
            for _ in range(rounds):
                least.append(_commit(bare, cards))
                took.append(_drop_and_take_back(desk, count))
            durable, free = (statistics.median(column) * 1000 for column in zip(*took, strict=True))
            limit = statistics.median(least) * 1000
            made[f"{said}, durable on disk"] = durable, limit
            made[f"{said}, hand free again"] = free, limit
    desk.close()
    for path in (own, copy):
        path.unlink()
    return made


def drop(desk: Desk, count: int) -> tuple[float, float]:
    """Drag the cards around the middle a little further and let go.

    Return the seconds from letting go until the operation is on the disk, and until the board shows it and is free.
    """
    cards, at = desk.nearest(count)
    desk.window.selection.set(cards=cards)
    desk.settle()
    desk.send(desk.press(at))
    for step in range(1, 6):
        desk.frame(desk.move(at + QPointF(step * 8, step * 5)))
    desk.settle_held()
    written: list[float] = []
    # The listeners of a session are told once the operation is on the disk and in memory, in their order.
    listeners = desk.window.session._listeners
    listeners.insert(0, lambda operation: written.append(time.perf_counter()))
    start = time.perf_counter()
    took = desk.send(desk.release(at + QPointF(40, 25)))
    listeners.pop(0)
    if len(written) != 1:
        raise RuntimeError("nothing was dropped")
    desk.settle()
    return written[0] - start, took


def _drop_and_take_back(desk: Desk, count: int) -> tuple[float, float]:
    """Drop cards so that each time the same ones are dropped from the same place."""
    took = drop(desk, count)
    desk.window.run("undo")
    desk.settle()
    return took


def _bare(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in boardfile._PRAGMAS:
        connection.execute(f"pragma {pragma}").fetchall()
    return connection


def _commit(connection: sqlite3.Connection, cards: list[str]) -> float:
    """Move rows by plain SQL; return the seconds that it took."""
    start = time.perf_counter()
    connection.execute("begin immediate")
    connection.executemany("update cards set x = x + 1 where id = ?", [(card_id,) for card_id in cards])
    connection.execute("commit")
    return time.perf_counter() - start
