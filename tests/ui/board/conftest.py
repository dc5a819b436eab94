"""A board of a few cards in a frame and out of it, with links, in a real window; and a hand to work on it."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Final

import pytest
from hands import Hand
from heart import Heart
from pytestqt.qtbot import QtBot
from two_boards import fill

from evidenceboard.session import Session
from evidenceboard.ui import program
from evidenceboard.ui.window import Window, show_file

_TOO_LONG: Final = 20.0
"""Seconds: no figure to be proud of, but a window that stands still so long is broken on any machine."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Note how long the event loop was held while a gesture was tested."""
    heart = Heart()
    try:
        done = yield
    finally:
        heart.stop()
    item.user_properties.append(("held", heart.longest))
    if heart.longest > _TOO_LONG:
        pytest.fail(f"the window stood still for {heart.longest:.1f} s", pytrace=False)
    return done


@pytest.fixture(autouse=True)
def empty_clipboard() -> Iterator[None]:
    """Begin with an empty clipboard, and leave none behind: offscreen it outlives Python, which kills the process."""
    program.application().clipboard().clear()
    yield
    program.application().clipboard().clear()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a file with the board of `fill`."""
    with Session.create(tmp_path / "board.db", title="Winter") as session:
        fill(session)
    return tmp_path / "board.db"


@pytest.fixture
def window(path: Path, qtbot: QtBot) -> Window:
    """Return a window on the board, at 100 %, with the upper left of the board in its corner."""
    shown = show_file(path)
    with qtbot.waitActive(shown):
        shown.activateWindow()
    shown.board.surface.put_camera(1.0, 0.0, 0.0)
    shown.board.setFocus()
    return shown


@pytest.fixture
def hand(window: Window, qtbot: QtBot) -> Hand:
    """Return a hand on the board of the window."""
    return Hand(window, qtbot)
