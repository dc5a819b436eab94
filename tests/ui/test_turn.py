"""What several pieces of work have of one turn of the event loop."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QTimer
from pytestqt.qtbot import QtBot

from evidenceboard.model import giving_way
from evidenceboard.ui import turn
from workers import passes


def left(wanted: float) -> float:
    with turn.share(wanted) as end:
        return end - time.perf_counter()


def work(seconds: float) -> None:
    with turn.share(seconds):
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            pass


def next_turn() -> None:
    turn.watch(QAbstractEventDispatcher.instance())
    QCoreApplication.processEvents()
    QCoreApplication.processEvents()


def test_one_piece_of_work_alone_has_what_it_wants_up_to_the_whole_turn(qtbot: QtBot) -> None:
    next_turn()
    assert 0 < left(0.003) <= 0.003
    assert left(turn.ALL * 2) <= turn.ALL


def test_a_turn_that_was_busy_with_events_leaves_little_for_such_work(qtbot: QtBot) -> None:
    told: list[float] = []

    def be_busy() -> None:
        end = time.thread_time() + turn.WHOLE
        while time.thread_time() < end:
            pass
        told.append(left(0.005))

    def sleep() -> None:
        time.sleep(turn.WHOLE)
        told.append(left(0.005))

    for what in (be_busy, sleep):
        next_turn()
        what()
    assert 0 < told[0] <= turn.LEAST * 0.005 < told[1]


def test_what_others_worked_is_taken_off_but_never_all(qtbot: QtBot) -> None:
    next_turn()
    work(turn.ALL)
    assert 0 < left(0.005) <= turn.LEAST * 0.005


def test_the_next_turn_begins_anew(qtbot: QtBot) -> None:
    next_turn()
    work(turn.ALL)
    next_turn()
    assert left(0.005) > turn.LEAST * 0.005


def test_work_that_fails_is_counted_too(qtbot: QtBot) -> None:
    next_turn()
    try:
        with turn.share(0.005):
            time.sleep(turn.ALL)
            raise ValueError
    except ValueError:
        pass
    assert left(0.005) <= turn.LEAST * 0.005


def test_workers_wait_until_the_turn_ends_but_not_for_work_that_can_wait(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(giving_way, "LONGEST", 60.0)
    turn.watch(QAbstractEventDispatcher.instance())
    told: list[bool] = []

    def one_turn() -> None:
        giving_way.go_first()
        told.append(passes(0.02))
        with turn.share(0.005):
            told.append(passes(60))
        told.append(passes(0.02))
        with turn.share(0.005, first=True):
            told.append(passes(0.02))

    QTimer.singleShot(0, one_turn)
    qtbot.waitUntil(lambda: len(told) == 4)
    assert told == [False, True, False, False]
    qtbot.wait(1)  # another turn has begun and ended
    assert passes(60)
