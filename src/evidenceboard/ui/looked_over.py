"""A file that this program did not leave as it is: looked over beside the window, which only shows it until then."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from evidenceboard.errors import EvidenceBoardError, FileRefusedError
from evidenceboard.ui import turn

if TYPE_CHECKING:
    from evidenceboard.ui.notices import Offer
    from evidenceboard.ui.window import Window

_EVERY: Final = 40
"""Milliseconds between two looks at whether it is done."""
_AFTER: Final = 0.5
"""Seconds after which it is said how far it is, with a way to stop it."""
_SHOWN: Final = 2
"""Findings that the banner itself names."""
_say = QCoreApplication.translate


class LookedOver(QObject):
    """Have the file of a window looked over once its board is sharp, and say what was found.

    The line below says how far it is. Who stops it can read on, and begin it again; nothing is written until then.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._since = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)
        window.status.stop_wanted.connect(self.leave_off)
        window.board.surface.settled.connect(self._begin)

    def _begin(self) -> None:
        self._window.board.surface.settled.disconnect(self._begin)
        if not self._window.session.hold.entry.left_off:
            self.begin()

    def begin(self) -> None:
        """Look it over, from the start."""
        self._since = monotonic()
        self._timer.start()
        self.look()

    def look(self) -> None:
        """See how far it is."""
        window = self._window
        session = window.session
        try:
            goes_on = session.hold.entry.look_beside()
        except FileRefusedError as error:
            self.stop()
            said = _say("LookedOver", "What is shown could be read, but nothing can be changed here.")
            window.notices.stand(error.message, f"{said} {error.hint}", alarm=True, offers=[_copy(window)])
            window.tell_state()
            return
        if goes_on:
            if monotonic() - self._since >= _AFTER:
                window.status.tell_looking(session, session.hold.entry.share)
            return
        window.status.tell_looking(session, None)
        # What a file still lacks is waited for, so that panels learn at once that it can be changed.
        if session.reading is not None:
            return
        self.stop()
        with turn.share(turn.ALL, first=True):
            window.tell_state()
            window.greet()
            window.bridge.ready.emit()

    def leave_off(self) -> None:
        """Look it over no further, because the user wants that, and say what holds then."""
        window = self._window
        if not window.session.hold.entry.waits:
            return  # it was done in this very moment
        window.session.hold.entry.leave_off()
        self.stop()
        window.notices.stand(
            _say("LookedOver", "Looking this file over was stopped. It was not touched, and cannot be changed yet."),
            _say("LookedOver", "What is shown could be read. A copy is looked over when you open it."),
            offers=[(_say("LookedOver", "Look it over now"), self.again), _copy(window)],
        )
        window.tell_state()
        window.board.setFocus()

    def again(self) -> None:
        """Look the file over after all."""
        window = self._window
        try:
            window.session.look_at_file()
        except EvidenceBoardError as error:
            window.watch.refused(error)  # what lies there now is not what is shown
            return
        window.notices.sit_down()
        self.begin()
        window.tell_state()

    def stop(self) -> None:
        """Look no more: it is done, or the window closes."""
        self._timer.stop()
        self._window.session.hold.entry.stop()
        self._window.status.tell_looking(self._window.session, None)


def _copy(window: Window) -> Offer:
    return _say("Window", "Save a copy…"), lambda: window.run("save_copy")


def tell(window: Window) -> None:
    """Say what was found, where anything was."""
    findings = window.session.hold.entry.sentences
    if not findings:
        return
    more = len(findings) - _SHOWN
    said = " · ".join(findings[:_SHOWN]) + (_say("LookedOver", " and {n} more.").format(n=more) if more > 0 else ".")
    message = _say("LookedOver", "Something in this file is not as this program wrote it.")
    window.notices.stand(message, said, offers=[(_say("LookedOver", "Show all"), lambda: _list(window))])


def _list(window: Window) -> None:
    from evidenceboard.ui.dialogs.findings import Findings

    Findings(window, [*window.session.hold.entry.sentences, *window.session.problems]).open()
