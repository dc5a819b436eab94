"""Garbage is looked for in short looks; what was set aside by them is looked through when no window is in front."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evidenceboard.ui import collecting

pytestmark = pytest.mark.qt


class Circle:
    """Something that only a look for garbage can free."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def looks(qapp: QApplication) -> Iterator[None]:
    collecting.begin(qapp)
    gc.collect()
    gc.unfreeze()
    yield
    gc.unfreeze()


def many() -> list[list[object]]:
    return [[{"place": place}] for place in range(200_000)]


def test_what_a_long_look_went_through_is_set_aside_and_a_short_one_leaves_all_where_it_is() -> None:
    gc.freeze()
    before = gc.get_freeze_count()
    gc.collect()
    assert gc.get_freeze_count() <= before
    held = many()
    gc.collect()
    assert gc.get_freeze_count() > before + len(held) / 2
    assert len(gc.get_objects()) < len(held)


def test_what_was_set_aside_goes_when_it_is_let_go_of() -> None:
    held = [many()]
    gc.collect()
    there = gc.get_freeze_count()
    held.clear()
    assert gc.get_freeze_count() < there - 100_000


def test_a_circle_that_was_set_aside_is_found_once_another_program_is_in_front() -> None:
    circle = Circle()
    gone = weakref.ref(circle)
    held = [many()]
    gc.collect()
    while collecting._LOOKS._aside < collecting.ENOUGH:
        held[:] = [many()]
    del circle
    gc.collect()
    assert gone() is not None
    collecting._LOOKS.turn_away(Qt.ApplicationState.ApplicationActive)
    assert gone() is not None
    collecting._LOOKS.turn_away(Qt.ApplicationState.ApplicationInactive)
    assert gone() is None


def test_no_look_goes_through_much_at_once_however_much_is_made_and_held() -> None:
    seen: list[int] = []

    def count(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            seen.append(sum(len(gc.get_objects(generation=older)) for older in range(info["generation"] + 1)))

    gc.callbacks.append(count)
    try:
        held = [many() for _ in range(5)]
    finally:
        gc.callbacks.remove(count)
    assert len(held) == 5
    assert len(seen) > 50
    assert max(seen) < 2 * collecting.YOUNG * (collecting.OFTEN + 1)


def test_some_time_after_a_window_was_let_go_of_everything_is_looked_through(qtbot: QtBot) -> None:
    circle = Circle()
    gone = weakref.ref(circle)
    gc.freeze()
    del circle
    collecting.let_go()
    qtbot.waitUntil(lambda: gone() is None, timeout=3 * collecting.SOON)
