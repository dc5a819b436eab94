"""Whether the file of a window is whole, with every confirmed step in it: looked at in a copy, beside the window."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.session import Session
from evidenceboard.store.backups import newest_operation, passing_copy

_say = QCoreApplication.translate
_LOOK: Final = 50


class Soundness(QObject):
    """Look a file through; `told` gives whether it is whole, and says so in words."""

    told = Signal(bool, str)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._worker = ThreadPoolExecutor(1)
        self._running: Future[str] | None = None
        self._copied = session.hold.publishing is not None
        if session.read_only:
            said = _say("Crash", "Your file was open for reading only, so nothing in it was changed.")
            QTimer.singleShot(0, self, lambda: self.told.emit(True, said))
            return
        try:
            headers = session.history(1)
        except EvidenceBoardError as error:
            said = _not_whole(error.message)
            QTimer.singleShot(0, self, lambda: self.told.emit(False, said))
            return
        newest = headers[0][0].id if headers else ""
        path = session.hold.file.path
        self._running = self._worker.submit(lambda: _missing(path, newest))
        self._timer.start(_LOOK)

    def _look(self) -> None:
        if self._running is None or not self._running.done():
            return
        self._timer.stop()
        self._worker.shutdown(wait=False)
        try:
            missing = self._running.result()
        except (EvidenceBoardError, OSError) as error:
            missing = error.message if isinstance(error, EvidenceBoardError) else str(error.strerror)
        if missing:
            self.told.emit(False, _not_whole(missing))
            return
        if self._copied:
            said = _say(
                "Crash", "Your working copy was looked through: it is whole, with every confirmed change in it."
            )
        else:
            said = _say("Crash", "Your file was looked through: it is whole, with every confirmed change in it.")
        self.told.emit(True, f"{said} {_say('Crash', 'Nothing is lost.')}")


def _missing(path: Path, newest: str) -> str:
    with passing_copy(path) as copy:
        if newest_operation(copy) != newest:
            return _say("Crash", "Another program has changed or replaced it.")
    return ""


def _not_whole(why: str) -> str:
    said = _say("Crash", "It could not be confirmed that your file is whole: {why}").format(why=why)
    return f"{said} {_say('Crash', 'Save a copy; File > Snapshots and restore has earlier states.')}"
