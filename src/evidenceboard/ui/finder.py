"""The one full-text index of an open file: filled in slices after the first frame, kept up by operations."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QObject, QTimer

from evidenceboard.model.changes import Operation
from evidenceboard.session import Session
from evidenceboard.store import index
from evidenceboard.ui.bridge import Bridge

START: Final = 400
"""Milliseconds after the window shows before filling begins."""
PAUSE: Final = 250
"""Milliseconds without a movement after which filling goes on."""
TURN: Final = 0.005
"""Seconds of filling in one turn of the event loop."""
_TEXTS: Final = frozenset({"entities", "links", "attachments", "assessments"})


class Finder(QObject):
    """Answer searches; a search before the index is full waits for the rest of it."""

    def __init__(self, session: Session, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._slices: Iterator[index.Index] = index.build_in_slices(session.document)
        self._index = next(self._slices)
        self._full = False
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._work)
        self._start = QTimer(self)
        self._start.setSingleShot(True)
        self._start.timeout.connect(self._timer.start)
        if session.reading is None:
            self._start.start(START)
        bridge.ready.connect(lambda: self._start.start(START))
        bridge.changed.connect(self._follow)

    @property
    def ready(self) -> bool:
        """Return whether every text is in the index."""
        return self._full

    def rest(self) -> None:
        """Let a hand that moves the board have the machine to itself; filling goes on a moment after it is still."""
        if not self._full and self._session.reading is None:
            self._timer.stop()
            self._start.start(PAUSE)

    def search(self, text: str, limit: int) -> list[index.Hit]:
        """Return what fits, best first; nothing while the file is still being read."""
        if self._session.reading is not None:
            return []
        while self._step():
            pass
        return self._index.search(text, limit)

    def _work(self) -> None:
        end = time.perf_counter() + TURN
        while self._step() and time.perf_counter() < end:
            pass

    def _step(self) -> bool:
        if next(self._slices, None) is None:
            self._timer.stop()
            self._start.stop()
            self._full = True
            return False
        return True

    def _follow(self, operation: Operation) -> None:
        if not operation.tables() & _TEXTS:
            return
        if operation.is_bulk:
            self._begin_anew()
        else:
            self._index.update(operation, self._session.document)

    def _begin_anew(self) -> None:
        """Fill another index, bit by bit: much at once is read anew quicker than it is mended."""
        self._slices = index.build_in_slices(self._session.document)
        self._index = next(self._slices)
        self._full = False
        self._start.start(PAUSE)
