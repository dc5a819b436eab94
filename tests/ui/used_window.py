"""A window used by a script in a process of its own: what Python heard of sockets meanwhile is printed at the end."""

from __future__ import annotations

import json
import sys
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from evidenceboard import Session, commands
from evidenceboard.ui.program import application
from evidenceboard.ui.window import Window

heard: list[str] = []


def hear(event: str, args: tuple[Any, ...]) -> None:
    if event.startswith("socket."):
        heard.append(event)


def wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def use(path: str, words: str) -> None:
    """Look at everything, search, copy, paste, undo, write."""
    window = Window(Session.open(path, holder="a window"))
    window.show()
    wait(300)
    for dock in window.docks.values():
        dock.bring()
        wait(60)
    for entity in list(window.document.table("entities").values()):
        window.show_entity(entity.id)
        wait(60)
    for action in ("select_all", "copy", "paste", "undo", "zoom_in", "copy_picture"):
        if window.can(action):
            window.run(action)
            wait(60)
    claim = window.document.entity("C1").id
    window.perform("Change", lambda tx: commands.set_fields(tx, claim, notes=f"{words} again"))
    field = window.docks["search"].findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, words.split()[-1])
    wait(300)
    window.close()
    wait(100)


if __name__ == "__main__":
    sys.addaudithook(hear)
    app = application()
    use(sys.argv[1], sys.argv[2])
    print(json.dumps(heard))
