"""The one full-text index of an open file: filled in slices after the first frame, kept up by operations."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice
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
_FEW: Final = 100
"""Entities that are read anew at once after an operation; more are read while the window lives."""
_TEXTS: Final = frozenset({"entities", "links", "attachments", "assessments"})


class Finder(QObject):
    """Answer searches; a search before the index is full waits for the rest of it."""

    def __init__(self, session: Session, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._slices: Iterator[index.Index] = index.build_in_slices(session.document)
        self._index = next(self._slices)
        self._full = False
        self._late: dict[str, None] = {}
        """Entities that a large operation changed and that are still to be read anew."""
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
        return self._full and not self._late

    def rest(self) -> None:
        """Let a hand that moves the board have the machine to itself; filling goes on a moment after it is still."""
        if not self.ready and self._session.reading is None:
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
        if not self._full and next(self._slices, None) is not None:
            return True
        self._full = True
        if self._late:
            now = list(islice(self._late, index.SLICE))
            self._index.renew(self._session.document, now)
            for entity_id in now:
                del self._late[entity_id]
            return True
        self._timer.stop()
        self._start.stop()
        return False

    def _follow(self, operation: Operation) -> None:
        if operation.tables() & _TEXTS:
            touched = index.touched(operation, self._session.document)
            if len(touched) <= _FEW:
                self._index.renew(self._session.document, touched)
                return
            self._late.update(dict.fromkeys(touched))
            self._start.start(PAUSE)
