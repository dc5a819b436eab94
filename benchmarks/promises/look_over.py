"""A poisoned board in the real window, everything looked at: `python -m benchmarks.promises.look_over BOARD MOST`.

MOST is how many entities, links and boards are looked at. Prints how often something was looked at, and which sockets
and which doors to the network were asked for meanwhile.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from shiboken6 import isValid

from evidenceboard.ui import program
from evidenceboard.ui.actions import ACTIONS
from evidenceboard.ui.panels import PANELS
from evidenceboard.ui.window import Window, show_file

_DOORS: Final = ("socket.", "urllib.", "http.", "ftplib.", "webbrowser.", "os.system")
_LEFT_OUT: Final = {"quit", "close", "new", "open"}
"""Actions that end the looking."""


class Looking(QObject):
    """Look at whatever comes up meanwhile, and shut it again."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._shut)
        self._timer.start(30)

    def at(self, widget: QWidget) -> None:
        """Paint a widget with all in it, and ask each for its tip."""
        for one in [widget, *widget.findChildren(QWidget)]:
            if not isValid(one) or not one.isVisible():  # one tip may end another
                continue
            self.count += 1
            middle = QPoint(one.width() // 2, one.height() // 2)
            tip = QHelpEvent(QEvent.Type.ToolTip, middle, one.mapToGlobal(middle))
            QApplication.sendEvent(one, tip)
        if isValid(widget):
            widget.grab()

    def _shut(self) -> None:
        found = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        if found is None:
            return
        self.at(found)
        if isValid(found):
            found.close()


def main() -> None:
    """Open the board, look at all of it and print what was asked for."""
    asked: list[str] = []

    def hear(event: str, args: tuple[Any, ...]) -> None:
        if event.startswith(_DOORS):
            asked.append(f"{event} {args[:2]}"[:200])

    app = program.application()
    had = sockets()
    sys.addaudithook(hear)
    window = show_file(Path(sys.argv[1]))
    looking = Looking()
    _look(app, window, looking, int(sys.argv[2]))
    print(json.dumps({"n": looking.count, "asked": asked, "sockets": sorted(sockets() - had)}))
    window.close()


def _look(app: QApplication, window: Window, looking: Looking, most: int) -> None:
    window.resize(1600, 1000)
    for panel in PANELS:
        window.docks[panel.id].bring()
    _wait(app, 0.5)
    looking.at(window)
    for menu in window.findChildren(QMenu):
        menu.popup(QPoint(10, 10))
        looking.at(menu)
        menu.close()
    tables = ("entities", "links", "boards")
    for table in tables:
        for record in list(window.document.table(table).values())[:most]:
            if table == "boards":
                window.show_board(record.id)
            elif table == "links":
                window.selection.set(links=[record.id])
            else:
                window.show_entity(record.id)
            _wait(app, 0.02)
            looking.at(window)
    window.show_board(window.document.boards[0].id)
    window.selection.set(cards=[card.id for card in window.document.cards][:2])
    for action in ACTIONS:
        if action not in _LEFT_OUT:
            window.run(action)
            _wait(app, 0.05)
    looking.at(window)


def _wait(app: QApplication, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        app.processEvents()


def sockets() -> set[str]:
    """Return the sockets that this process has, where the system tells."""
    folder, found = Path("/proc/self/fd"), set()
    for one in folder.iterdir() if folder.is_dir() else ():
        try:
            target = str(one.readlink())
        except OSError:
            continue
        if target.startswith("socket:"):
            found.add(target)
    return found


if __name__ == "__main__":
    main()
