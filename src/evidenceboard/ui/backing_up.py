"""Snapshots of the open board, made beside the window: after it was opened, and while somebody works on it."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from evidenceboard import commands
from evidenceboard.errors import EvidenceBoardError, StoppedError
from evidenceboard.store import backups
from evidenceboard.store.backups import Backup
from evidenceboard.store.copying import RestlessError

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window

EVERY: Final = 10
"""Minutes between two snapshots of a board that somebody works on."""
FIRST: Final = 4000
"""Milliseconds after opening until the first, if something changed since the last one."""
_LOOK: Final = 5_000
_DONE: Final = 200
_PAUSE: Final = 4.0
"""Seconds without a step before a copy is begun: each step lets one of a large board begin anew."""
_AGAIN: Final = 60.0
"""Seconds after which another try is made where there was no pause long enough."""
_say = QCoreApplication.translate


class BackingUp(QObject):
    """Make a snapshot when it is time for one. A disk that refuses is told once; the work goes on."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._stop = Event()
        self._worker: ThreadPoolExecutor | None = None
        self._making: Future[Backup] | None = None
        self._not_before = self._changed_at = -1e9
        self._newest: str | None = None
        self._told = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        window.bridge.changed.connect(self._note_change)
        self._timer.start(FIRST)

    def stop(self) -> None:
        """Make no more: the window closes. A copy that is half made is thrown away."""
        self._timer.stop()
        self._stop.set()
        if self._worker is not None:
            self._worker.shutdown(wait=False, cancel_futures=True)

    def note(self, made: Backup) -> None:
        """Take note of a snapshot that was made in another way."""
        self._newest, self._not_before = made.newest, time.monotonic() + 60 * EVERY

    def look(self) -> None:
        """Look whether it is time for a snapshot, and whether the one under way is there."""
        if self._making is not None:
            self._end()
            return
        self._timer.setInterval(_LOOK)
        session = self._window.session
        if session.read_only or session.busy or session.in_transaction:
            return
        if commands.why_no_backups(session.document):
            self._tell_of_earlier()
        elif time.monotonic() >= max(self._not_before, self._changed_at + _PAUSE) and self._has_changed():
            self._begin()

    def _note_change(self) -> None:
        self._changed_at = time.monotonic()

    def _has_changed(self) -> bool:
        headers = self._window.session.history(1)
        if self._newest is None:
            known = [one for series in backups.series_of(self._window.session.path) for one in series.backups()]
            self._newest = max(known, key=lambda one: one.at).newest if known else ""
        return bool(headers) and headers[0][0].id != self._newest

    def _begin(self) -> None:
        session = self._window.session
        board, source = session.path, session.hold.file.path
        self._worker = self._worker or ThreadPoolExecutor(1)
        self._making = self._worker.submit(lambda: backups.make(board, self._stop.is_set, source=source))
        self._timer.setInterval(_DONE)

    def _end(self) -> None:
        if self._making is None or not self._making.done():
            return
        making, self._making = self._making, None
        self._timer.setInterval(_LOOK)
        self._not_before = time.monotonic() + 60 * EVERY
        try:
            self.note(making.result())
        except RestlessError:
            self._not_before = time.monotonic() + _AGAIN
        except StoppedError:
            return
        except EvidenceBoardError as error:
            if not self._told:
                self._window.banner(error.message, error.hint)
            self._told = True

    def _tell_of_earlier(self) -> None:
        """Say once that copies made earlier are still there, where there shall be none any more."""
        if self._told:
            return
        self._told = True
        if any(series.backups() for series in backups.series_of(self._window.session.path)):
            self._window.offer(
                _say("Snapshots", "No snapshots of this file are made any more; some made earlier are still kept."),
                "",
                (_say("Snapshots", "Show them…"), lambda: self._window.run("snapshots")),
            )
