"""A file that this program did not leave as it is: looked over beside the window, which only shows it until then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from evidenceboard.errors import FileRefusedError

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window

_EVERY: Final = 40
"""Milliseconds between two looks at whether it is done."""
_SHOWN: Final = 2
"""Findings that the banner itself names."""
_say = QCoreApplication.translate


class LookedOver(QObject):
    """Have the file of a window looked over once its board is sharp, and say what was found."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)
        window.board.surface.settled.connect(self._begin)

    def _begin(self) -> None:
        self._window.board.surface.settled.disconnect(self._begin)
        self._timer.start()
        self.look()

    def look(self) -> None:
        """See how far it is."""
        window = self._window
        session = window.session
        try:
            # What a file still lacks is waited for, so that panels learn at once that it can be changed.
            if session.hold.entry.look_beside() or session.reading is not None:
                return
        except FileRefusedError as error:
            self.stop()
            copy = (_say("Window", "Save a copy…"), lambda: window.run("save_copy"))
            said = _say("LookedOver", "What is shown could be read, but nothing can be changed here.")
            window.notices.stand(error.message, f"{said} {error.hint}", alarm=True, offers=[copy])
            window.tell_state()
            return
        self.stop()
        window.tell_state()
        window.greet()
        window.bridge.ready.emit()

    def stop(self) -> None:
        """Look no more: it is done, or the window closes."""
        self._timer.stop()


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
