"""How long the event loop was held while a test ran: how late its heartbeat came."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import Qt, QTimer

EVERY: Final = 0.01
"""Seconds between two beats."""


class Heart:
    """Beat on the event loop. `longest`: by how many seconds the latest beat came too late.

    What a test does by hand between two turns counts too: so does what a press or a key sets going at once.
    """

    def __init__(self) -> None:
        self.longest = 0.0
        self._since = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(round(EVERY * 1000))

    def stop(self) -> None:
        """Beat for the last time."""
        self._timer.stop()
        self._beat()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._since - EVERY)
        self._since = now
