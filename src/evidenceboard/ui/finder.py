"""The one full-text index of an open file: filled in slices after the first frame, kept up by operations."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from evidenceboard.model.changes import Operation
from evidenceboard.model.giving_back import give_back
from evidenceboard.session import Session
from evidenceboard.store import index
from evidenceboard.store.searched_text import READS, touched
from evidenceboard.ui import collecting, turn
from evidenceboard.ui.bridge import Bridge

if TYPE_CHECKING:
    from evidenceboard.model.query import Query

PAUSE: Final = 250
"""Milliseconds without a movement after which filling goes on."""
TURN: Final = 0.005
"""Seconds of filling in one turn of the event loop."""
ENOUGH: Final = 0.03
"""Seconds of processor time after which a search that has to answer at once shows what it has."""
_FEW: Final = 20
"""Entities that are read anew at once after an operation; more are read while the window lives."""


class Finder(QObject):
    """Answer searches; a search before the index is full waits for the rest of it. `begin` starts to fill it."""

    def __init__(self, session: Session, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._slices = index.build_in_slices(session.document)
        self._index = next(self._slices)
        self._full = False
        self._version = 0
        self._late: dict[str, None] = {}
        """Entities that a large operation changed and that are still to be read anew."""
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._work)
        self._start = QTimer(self)
        self._start.setSingleShot(True)
        self._start.timeout.connect(self._timer.start)
        self._begun = False
        bridge.ready.connect(self.begin)
        bridge.changed.connect(self._follow)

    @property
    def ready(self) -> bool:
        """Return whether every text is in the index; it may still be put together."""
        return (self._full or self._index.is_full) and not self._late

    @property
    def is_filling(self) -> bool:
        """Return whether texts are being put into the index just now."""
        return self._timer.isActive()

    def begin(self) -> None:
        """Fill the index from now on if every text is there; cards of a large file may still be on their way.

        Before that, have gathered what has come.
        """
        if self._begun:
            return
        if self._session.document.has(READS):
            self._begun = True
            self._timer.start()
        else:
            self._index.prepare(self._session.document, self._session.arrival)

    def stop(self) -> None:
        """Fill it no further: the window closes."""
        self._timer.stop()
        self._start.stop()
        self._slices.close()
        self._index.stop()

    def rest(self) -> None:
        """Let a hand that moves the board have the machine to itself; filling goes on a moment after it is still."""
        if self._begun and not (self._full and self.ready):
            self._timer.stop()
            self._start.start(PAUSE)

    def search(self, text: str, limit: int) -> list[index.Hit]:
        """Return what fits words and filters, best first; where that takes long, no more than was found in time.

        While the file is still being read it finds nothing.
        """
        from evidenceboard.model.query import read

        if self._session.reading is not None:
            return []
        while not self.ready and self._step():
            pass
        query = read(text, self._session.document)
        made: list[index.Hit] = []
        end = time.thread_time() + ENOUGH
        for found in self.looking(query):
            if found is not None:
                made.append(index.Hit(found, self.snippet(found, query)))
            if len(made) >= limit or time.thread_time() > end:
                break
        return made

    def looking(self, query: Query) -> Iterator[str | None]:
        """Yield the ids of all that fits, best first, and None after each step without one: a little work each.

        An operation ends it: what is found then would be about what was before.
        """
        from evidenceboard.store.sifting import sifted

        version = self._version
        while not self.ready and self._step():
            yield None
        for found in sifted(self._index, self._session.document, query):
            yield found
            if version != self._version:
                return

    def snippet(self, entity_id: str, query: Query) -> str:
        """Return the words around the place where an entity fits."""
        return self._index.snippet(entity_id, query.words)

    def _work(self) -> None:
        if self._session.busy:
            # Two threads that both ask SQLite for much would wait for each other at every row.
            self._timer.stop()
            self._start.start(PAUSE)
            return
        with turn.share(TURN) as end:
            while self._step() and time.perf_counter() < end:
                pass

    def _step(self) -> bool:
        if not self._full:
            if next(self._slices, None) is not None:
                return True
            self._full = True
            collecting.set_aside()
            give_back()
        if self._late:
            now = list(islice(self._late, _FEW))
            self._index.renew(self._session.document, now)
            for entity_id in now:
                del self._late[entity_id]
            return True
        self._timer.stop()
        self._start.stop()
        return False

    def _follow(self, operation: Operation) -> None:
        self._version += 1
        if not operation.tables() & READS:
            return
        if operation.is_bulk:
            self._begin_anew()
            return
        late = touched(operation, self._session.document)
        if len(late) <= _FEW:
            self._index.renew(self._session.document, late)
            return
        self._late.update(dict.fromkeys(late))
        self._start.start(PAUSE)

    def _begin_anew(self) -> None:
        """Fill another index, bit by bit: much at once is read anew quicker than it is mended."""
        self.stop()
        self._slices = index.build_in_slices(self._session.document)
        self._index = next(self._slices)
        self._full = False
        self._late.clear()
        self._start.start(PAUSE)
