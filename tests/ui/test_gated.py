"""Every way to another file goes through the same gate, and where a window waits for that, it can be stopped."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QProgressDialog, QPushButton
from pytestqt.qtbot import QtBot

from evidenceboard.errors import FormatError
from evidenceboard.store import backups, lock
from evidenceboard.ui import comparing, dropped_boards, imports, menus, merging, restoring, settings
from evidenceboard.ui.welcome import Welcome
from evidenceboard.ui.window import Window, show_file, windows

pytestmark = pytest.mark.qt
Children = Callable[[int], list[int]]
MODAL: dict[str, Callable[[Window, Path], object]] = {
    "merge": merging.take_in,
    "compare": comparing.compare,
    "restore a snapshot": lambda window, path: restoring.restore_backup(window, backups.make(window.session.path)),
}


def choose(menu: QMenu, name: str) -> None:
    next(one for one in menu.actions() if name in one.text()).trigger()


def from_recent(window: Window, path: Path) -> None:
    settings.remember_file(path)
    menu = QMenu(window)
    menus.recent_menu(window, menu)
    choose(menu, path.name)


def dropped(window: Window, path: Path) -> None:
    dropped_boards.ask(window, path)
    next(one for one in window.notices.findChildren(QPushButton) if one.text() == "Open").click()


WAYS: dict[str, Callable[[Window, Path], object]] = {
    "open": lambda window, path: window.open_path(path),
    "recent files": from_recent,
    "a drop": dropped,
    "the window without a file": lambda window, path: Welcome(FormatError("x"), path).open_path(path),
}


@pytest.fixture
def strange(board_path: Path, tmp_path: Path) -> Path:
    """Return a copy of the board, which is to this program a file of somebody else."""
    return Path(shutil.copyfile(board_path, tmp_path / "strange.db"))


@pytest.fixture
def window(board_path: Path, strange: Path, qtbot: QtBot) -> Iterator[Window]:
    shown = show_file(board_path)
    qtbot.waitUntil(shown.board.surface.is_settled, timeout=30_000)
    assert shown.session.read_only == ""
    yield shown
    shown.close()


@pytest.fixture
def stopped(window: Window, children: Children) -> list[str]:
    """Hold what looks a file over, as a large one does, and press Stop in the box that waits for it; its words."""
    words: list[str] = []
    held: list[int] = []

    def look() -> None:
        for process in children(os.getpid()):
            if process not in held:
                os.kill(process, signal.SIGSTOP)
                held.append(process)
        box = QApplication.activeModalWidget()
        if held and isinstance(box, QProgressDialog) and box.isVisible() and not words:
            words.extend(label.text() for label in box.findChildren(QLabel))
            next(iter(box.findChildren(QPushButton))).click()

    timer = QTimer(window)
    timer.timeout.connect(look)
    timer.start(2)
    return words


@pytest.mark.parametrize("what", MODAL)
def test_a_window_that_waits_for_a_large_file_can_stop_it(
    window: Window, strange: Path, children: Children, stopped: list[str], what: str
) -> None:
    before = strange.read_bytes(), window.session.path.read_bytes()
    MODAL[what](window, strange)
    assert any(words.startswith("Reading the ") for words in stopped)
    assert children(os.getpid()) == []
    assert window.notices.text() == "It was stopped; nothing was changed."
    assert (strange.read_bytes(), window.session.path.read_bytes()) == before
    assert lock.is_free(lock.name_of(strange))


@pytest.mark.parametrize("way", WAYS)
def test_each_way_to_open_a_file_shows_it_and_looks_it_over_first(
    window: Window, strange: Path, qtbot: QtBot, way: str
) -> None:
    WAYS[way](window, strange)
    shown = next(one for one in windows() if one.session.path == strange.resolve())
    assert shown.session.read_only == "it is still being looked over"
    qtbot.waitUntil(lambda: not shown.session.hold.entry.waits, timeout=20_000)
    assert shown.session.read_only == ""


def test_a_merge_and_a_comparison_take_nothing_from_a_file_that_is_refused(window: Window, strange: Path) -> None:
    with strange.open("r+b") as file:
        file.truncate(4096)
    before = window.session.path.read_bytes()
    for act in (merging.take_in, comparing.compare):
        act(window, strange)
        assert "cut short" in window.notices.text()
        window.notices.dismiss()
    assert window.session.path.read_bytes() == before


def test_a_board_is_no_input_of_an_import_and_not_read_for_it(window: Window, strange: Path) -> None:
    os.truncate(strange, 3 * 1024**3)  # larger than any input may be, and nearly all of it holes
    with pytest.raises(FormatError, match="This is a board"):
        imports.take_in(window, strange)
