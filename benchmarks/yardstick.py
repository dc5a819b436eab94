"""How quick this machine is at what any program of this kind is made of, beside the machine on which the bars were set.

Bars are seconds; machines differ. By these rows a missed bar can be told from a slow machine.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

from benchmarks.bars import THERE
from benchmarks.children import HIGH, WIDE
from benchmarks.frames import full_picture

MANY: Final = 20_000


def measure(board: Path, rounds: int) -> dict[str, tuple[float, float | None]]:
    """Return what each takes here and took there, in ns. No board is looked at."""
    app = QGuiApplication.instance() or QGuiApplication([])
    frame = QImage(WIDE, HIGH, QImage.Format.Format_RGB32)
    frame.fill(0)
    chance, colour = random.Random(1), QColor(20, 40, 80)
    places = [(chance.randrange(WIDE - 12), chance.randrange(HIGH - 8)) for _ in range(MANY)]
    lines = [QLineF(x, y, x + 12, y + 7) for x, y in places]

    def filled() -> None:
        painter = QPainter(frame)
        for x, y in places:
            painter.fillRect(x, y, 4, 3, colour)
        painter.end()

    def lined() -> None:
        painter = QPainter(frame)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colour)
        painter.drawLines(lines)
        painter.end()

    def called() -> None:
        for _ in range(MANY):
            frame.width()

    def scaled() -> None:
        smoothly = Qt.TransformationMode.SmoothTransformation
        frame.scaled(WIDE - 200, HIGH - 120, Qt.AspectRatioMode.IgnoreAspectRatio, smoothly)

    took = [_median(work, rounds) / many for work, many in ((filled, MANY), (called, MANY), (lined, MANY), (scaled, 1))]
    took.append(full_picture() * 1e6)
    assert app is not None, "pictures need one"
    return {name: (here, there) for (name, there), here in zip(THERE.items(), took, strict=True)}


def _median(work: Callable[[], None], rounds: int) -> float:
    """Return how long a piece of work takes, in ns."""
    found = []
    for _ in range(max(3, rounds)):
        start = time.perf_counter_ns()
        work()
        found.append(time.perf_counter_ns() - start)
    return float(statistics.median(found))
