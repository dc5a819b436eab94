"""What a frame costs while a hand pans, zooms and drags, and how soon the picture is sharp again after a zoom."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QImage, QPainter

from benchmarks.bars import ZOOMS
from benchmarks.children import HIGH, WIDE
from benchmarks.desk import LEFT, MIDDLE, Desk

STEPS = 40


def measure(board: Path, rounds: int) -> dict[str, tuple[float, float | None]]:
    """Return the p95 of frames in ms by gesture and zoom, beside what drawing one picture of that size takes."""
    desk = Desk(board)
    limit = full_picture()
    made: dict[str, tuple[float, float | None]] = {}
    for zoom in ZOOMS:
        p95: dict[str, list[float]] = {}
        sharp: list[float] = []
        for _ in range(rounds):
            desk.stand(zoom)
            p95.setdefault("pan", []).append(_p95(_pan(desk)))
            desk.settle()
            p95.setdefault("zoom", []).append(_p95(_zoom(desk)))
            sharp.append(desk.settle())
            desk.stand(zoom)
            for count, said in ((1, "drag 1"), (1000, "drag 1,000")):
                p95.setdefault(said, []).append(_p95(_drag(desk, count)))
                desk.settle()
        for said, found in p95.items():
            made[f"frame p95: {said}, {zoom}"] = statistics.median(found) * 1000, limit
        made[f"sharp again after a zoom, {zoom}"] = statistics.median(sharp) * 1000, None
    desk.close()
    return made


def full_picture() -> float:
    """Return the milliseconds that drawing one picture as large as the window takes: no frame can take less."""
    source, target = (QImage(WIDE, HIGH, QImage.Format.Format_RGB32) for _ in range(2))
    source.fill(0x336699)
    painter = QPainter(target)
    took = []
    for _ in range(30):
        start = time.perf_counter()
        painter.drawImage(0, 0, source)
        took.append(time.perf_counter() - start)
    painter.end()
    return statistics.median(took) * 1000


def _p95(frames: Iterator[float]) -> float:
    return float(np.percentile(list(frames), 95))


def _pan(desk: Desk) -> Iterator[float]:
    start = QPointF(desk.surface.width() / 2, desk.surface.height() / 2)
    desk.send(desk.press(start, MIDDLE))
    at = start
    for step in range(STEPS):
        at = at + QPointF(-9, -7 if step % 2 else 3)
        yield desk.frame(desk.move(at, MIDDLE))
    desk.send(desk.release(at, MIDDLE))


def _zoom(desk: Desk) -> Iterator[float]:
    at = QPointF(desk.surface.width() / 2 - 60, desk.surface.height() / 2 + 40)
    for step in range(STEPS):
        yield desk.frame(desk.wheel(at, 20 if step < STEPS / 2 else -18))


def _drag(desk: Desk, count: int) -> Iterator[float]:
    cards, at = desk.nearest(count)
    desk.window.selection.set(cards=cards)
    desk.settle()
    desk.send(desk.press(at, LEFT))
    for step in range(1, STEPS + 1):
        yield desk.frame(desk.move(at + QPointF(step * 7, step * 4), LEFT))
    desk.surface.cancel()
    desk.send(QEvent(QEvent.Type.Leave))
    desk.window.selection.clear()
