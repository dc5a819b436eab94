"""The running program: with a file, with the one opened last, or with the sample board."""

from __future__ import annotations

import gc
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication
from PySide6.QtWidgets import QApplication

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.ui import collecting, crash, settings, turn
from evidenceboard.ui.notices import Banner
from evidenceboard.ui.sample import is_sample, own_copy
from evidenceboard.ui.theme import theme
from evidenceboard.ui.unread import leave_sources_unread
from evidenceboard.ui.welcome import Welcome
from evidenceboard.ui.window import Window, show_file, windows

_say = QCoreApplication.translate


def run(path: str | None = None) -> int:
    """Show the window and return the exit code when it is closed."""
    app = application()
    crash.install(front_banner)
    # Ctrl+C in the terminal ends the program as it ends any other; there is nothing to save.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with collecting.held_off():
        kept = start(Path(path) if path else None)
    gc.enable()
    code = app.exec()
    del kept
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
    turn.watch(QAbstractEventDispatcher.instance())
    theme()
    return app


def start(path: Path | None) -> Window | Welcome:
    """Show a file, else the one opened last, else the sample; where that is refused, a window that says why."""
    try:
        if path is not None:
            return _show(path)
        recent = next((known for known in settings.recent_files() if known.is_file()), None)
        return show_file(recent) if recent else _show_sample()
    except EvidenceBoardError as error:
        welcome = Welcome(error)
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


def front_banner() -> Banner | None:
    """Return the banner of the window in front, or of any."""
    front = QApplication.activeWindow()
    if isinstance(front, Window | Welcome):
        return front.notices
    for widget in (*windows(), *QApplication.topLevelWidgets()):
        if isinstance(widget, Window | Welcome) and widget.isVisible():
            return widget.notices
    return None
