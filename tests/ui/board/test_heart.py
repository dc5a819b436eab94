"""The clock on the event loop that every test of a gesture carries sees what holds the loop, and no sleep."""

from __future__ import annotations

import time

from heart import Heart
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot


def test_what_holds_the_loop_is_seen(qtbot: QtBot) -> None:
    heart, done = Heart(), list[bool]()
    QTimer.singleShot(1, lambda: (time.sleep(0.2), done.append(True)))
    qtbot.waitUntil(lambda: bool(done))
    heart.stop()
    assert heart.longest >= 0.15


def test_a_loop_that_sleeps_is_not_held(qtbot: QtBot) -> None:
    heart, start = Heart(), time.perf_counter()
    qtbot.wait(1500)
    heart.stop()
    assert heart.longest < (time.perf_counter() - start) / 2
