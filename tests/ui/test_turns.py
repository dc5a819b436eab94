"""Long work done bit by bit."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from evidenceboard.ui.turns import AT_ONCE, Turns


def counted(to: int, seen: list[int]) -> Iterator[str | None]:
    for step in range(to):
        seen.append(step)
        yield None
    yield f"counted to {to}"


def test_small_work_is_done_at_once(qtbot: QtBot) -> None:
    parent = QObject()
    turns, told = Turns(parent), list[object]()
    turns.done.connect(told.append)
    turns.start(counted(AT_ONCE - 1, []))
    assert told == [f"counted to {AT_ONCE - 1}"]
    assert not turns.busy


def test_large_work_lets_the_loop_turn_and_tells_its_result_once(qtbot: QtBot) -> None:
    parent = QObject()
    turns, told, beats = Turns(parent), list[object](), list[int]()
    turns.done.connect(told.append)
    heart = QTimer(parent)
    heart.timeout.connect(lambda: beats.append(1))
    heart.start(1)
    turns.start(counted(400_000, []))
    assert turns.busy
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["counted to 400000"]
    assert beats


def test_new_work_takes_the_place_of_what_is_under_way(qtbot: QtBot) -> None:
    parent, seen = QObject(), list[int]()
    turns, told = Turns(parent), list[object]()
    turns.done.connect(told.append)
    turns.start(counted(400_000, seen))
    turns.start(counted(1, []))
    assert told == ["counted to 1"]
    far = len(seen)
    qtbot.wait(20)
    assert len(seen) == far
    turns.start(counted(400_000, seen))
    turns.stop()
    assert not turns.busy
    qtbot.wait(20)
    assert told == ["counted to 1"]
