"""When a bug of ours shows: what happened, how the file is, and a report that can be read before it is copied."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Signal

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.session import Session
from evidenceboard.ui.crash_text import report
from evidenceboard.ui.notices import Banner
from evidenceboard.ui.soundness import Soundness

Front = Callable[[], tuple[Banner, Session | None] | None]
"""What gives the banner of the window in front and the file that is open in it."""
_AGAIN: Final = 20.0
"""Seconds in which the same bug is told of once, however often it shows."""
_say = QCoreApplication.translate


def install(front: Front) -> Crashes:
    """Show what nobody caught, in any thread, in the window in front."""
    crashes = Crashes(front)
    sys.excepthook = lambda kind, error, trace: crashes.take(error)
    threading.excepthook = lambda about: crashes.take(about.exc_value)
    return crashes


class Crashes(QObject):
    """Tell of bugs one at a time: in the banner, with the report behind a button."""

    _elsewhere = Signal(object)

    def __init__(self, front: Front) -> None:
        super().__init__()
        self._front = front
        self._report = ""
        self._happened = ""
        self._file = ""
        self._times = 0
        self._told_at = -1e9
        self._dialog: QObject | None = None
        # What a worker raised is told in the thread of the windows.
        self._elsewhere.connect(self._tell)

    def take(self, error: BaseException | None) -> None:
        """Take an exception that nobody caught, in whatever thread."""
        if error is None or isinstance(error, SystemExit):
            return
        if threading.current_thread() is threading.main_thread():
            self._tell(error)
        else:
            self._elsewhere.emit(error)

    def tell_of_last(self, told: str) -> None:
        """Tell that the program ended in the middle of its work the last time it ran."""
        self._show(_say("Crash", "Evidenceboard broke down the last time it ran."), told)

    def _tell(self, error: BaseException) -> None:
        if isinstance(error, KeyboardInterrupt):
            QCoreApplication.quit()
            return
        if isinstance(error, EvidenceBoardError):
            if (front := self._front()) is not None:
                front[0].say(error.message, error.hint, alarm=True)
            else:
                print(error, file=sys.stderr)
            return
        told = report(error)
        self._times = self._times + 1 if told == self._report else 1
        if self._times > 1 and time.monotonic() - self._told_at < _AGAIN:
            self._count()
            return
        self._show(_say("Crash", "Something in this program went wrong; the last step may not have been done."), told)

    def _show(self, happened: str, told: str) -> None:
        self._happened, self._report, self._told_at = happened, told, time.monotonic()
        front = self._front()
        if front is None:
            print(f"{happened}\n{told}", file=sys.stderr)
            return
        banner, session = front
        self._file = "" if session is None else _say("Crash", "Your file is being looked through…")
        self._say_in(banner)
        if session is not None:
            sound = Soundness(session, banner)
            sound.told.connect(lambda whole, said: self._tell_of_file(banner, said))

    def _tell_of_file(self, banner: Banner, said: str) -> None:
        from evidenceboard.ui.dialogs.crash_report import CrashReport

        self._file = said
        if banner.text().startswith(self._happened):
            self._say_in(banner)
        if isinstance(self._dialog, CrashReport):
            self._dialog.file.setText(said)

    def _say_in(self, banner: Banner) -> None:
        read = (_say("Crash", "Read the report…"), lambda: self._read(banner))
        banner.say(self._happened, self._file, alarm=True, offers=(read,))

    def _read(self, banner: Banner) -> None:
        from evidenceboard.ui.dialogs.crash_report import CrashReport

        if isinstance(self._dialog, CrashReport):
            self._dialog.raise_()
            self._dialog.activateWindow()
            return
        dialog = CrashReport(banner.window(), self._happened, self._file, self._report)
        dialog.destroyed.connect(self._closed)
        self._dialog = dialog
        self._count()
        dialog.show()

    def _closed(self) -> None:
        self._dialog = None

    def _count(self) -> None:
        from evidenceboard.ui.dialogs.crash_report import CrashReport

        if self._times > 1 and isinstance(self._dialog, CrashReport):
            often = _say("Crash", "It happened {n} times.").format(n=self._times)
            self._dialog.happened.setText(f"{self._happened} {often}")
