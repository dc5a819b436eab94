"""The running program: with a file, with the one opened last, or with the sample board."""

from __future__ import annotations

import gc
import signal
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication
from PySide6.QtWidgets import QApplication

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.session import Session
from evidenceboard.ui import collecting, crash, hard_crash, last_resort, settings, turn
from evidenceboard.ui.notices import Banner
from evidenceboard.ui.sample import is_sample, own_copy
from evidenceboard.ui.theme import theme
from evidenceboard.ui.unread import leave_sources_unread
from evidenceboard.ui.welcome import Welcome
from evidenceboard.ui.window import Window, show_file, windows

_SWITCH: Final = 0.0002
"""Seconds after which a worker hands Python over to the window, where that waits for it."""
_say = QCoreApplication.translate


def run(path: str | None = None) -> int:
    """Show the window and return the exit code when it is closed."""
    app = application()
    crashes = crash.install(front)
    told = hard_crash.take_report()
    watch = hard_crash.Watch()
    # Ctrl+C in the terminal ends the program as it ends any other; there is nothing to save.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with collecting.held_off():
        kept = start(Path(path) if path else None)
    gc.enable()
    if told:
        crashes.tell_of_last(told)
    code = app.exec()
    del kept
    watch.end()
    return code


def application() -> QApplication:
    """Return the running application, dressed; made where there is none."""
    leave_sources_unread()
    app = QCoreApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("evidenceboard")
    app.setApplicationDisplayName("Evidenceboard")
    app.setDesktopFileName("evidenceboard")
    collecting.begin(app)
    sys.setswitchinterval(_SWITCH)
    turn.watch(QAbstractEventDispatcher.instance())
    theme()
    return app


def start(path: Path | None) -> Window | Welcome:
    """Show a file, else the one opened last, else the sample; where that is refused, a window that says why."""
    try:
        if path is not None:
            return _show(path)
        every = settings.recent_files()
        path = next((known for known in every if known.is_file()), None)
        window = show_file(path) if path else _show_sample()
        if every and every[0] != path:
            last_resort.tell_of_gone(every[0], window.open_path, window.notices)
        return window
    except EvidenceBoardError as error:
        welcome = Welcome(error, path)
        welcome.show()
        return welcome


def _show(path: Path) -> Window:
    return _show_sample() if is_sample(path) else show_file(path)


def _show_sample() -> Window:
    window = show_file(own_copy())
    window.banner(
        _say("App", "This is your own copy of the sample board."),
        _say("App", "Change it as you like; the original stays as it came."),
    )
    return window


def front() -> tuple[Banner, Session | None] | None:
    """Return the banner and the file of the window in front, or of any."""
    active = QApplication.activeWindow()
    for widget in (active, *windows(), *QApplication.topLevelWidgets()):
        if isinstance(widget, Window) and widget.isVisible():
            return widget.notices, widget.session
        if isinstance(widget, Welcome) and widget.isVisible():
            return widget.notices, None
    return None
