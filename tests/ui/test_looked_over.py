"""A file that this program did not leave as it is: shown at once, changed only after it was looked over."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.store import examination
from evidenceboard.ui.dialogs.findings import Findings
from evidenceboard.ui.window import Window, show_file, windows

pytestmark = pytest.mark.qt
Children = Callable[[int], list[int]]


@pytest.fixture
def changed_path(board_path: Path) -> Path:
    """Return a board in which another program changed a title."""
    with closing(sqlite3.connect(board_path, isolation_level=None)) as connection:
        connection.execute("update entities set title = 'Tanks' where number = 'C1'")
    return board_path


@pytest.fixture
def window(changed_path: Path, qtbot: QtBot) -> Iterator[Window]:
    shown = show_file(changed_path)
    yield shown
    if shown in windows():
        shown.close()


def add(window: Window) -> bool:
    return window.perform("Add", lambda tx: commands.add_entity(tx, "claim", title="x")) is not None


def test_it_is_shown_at_once_and_changed_when_it_was_looked_over(window: Window, qtbot: QtBot) -> None:
    assert "still being looked over" in window.session.read_only
    assert not add(window)
    qtbot.waitUntil(lambda: not window.session.hold.entry.waits, timeout=20_000)
    assert window.session.read_only == ""
    assert add(window)


def test_what_was_found_is_said_by_number_and_listed(window: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "C1: it was changed outside this program since 2" in window.notices.text(), timeout=20_000)
    assert "Something in this file" in window.notices.text()
    offered = [button for button in window.notices.findChildren(QPushButton) if button.text() == "Show all"]
    offered[0].click()
    listed = window.findChild(Findings)
    assert isinstance(listed, Findings)
    assert listed.list.toPlainText().startswith("C1: it was changed")
    listed.close()


@pytest.fixture
def slow(window: Window, qtbot: QtBot, children: Children) -> Iterator[int]:
    """Hold what looks the file over, as a large file does, until it is said how far it is; return its process."""
    qtbot.waitUntil(lambda: bool(children(os.getpid())), timeout=20_000)
    (process,) = children(os.getpid())
    os.kill(process, signal.SIGSTOP)
    qtbot.waitUntil(lambda: window.status.stop.isVisible(), timeout=20_000)
    yield process
    if children(os.getpid()):
        os.kill(process, signal.SIGKILL)


def button(window: Window, text: str) -> QPushButton:
    return next(one for one in window.notices.findChildren(QPushButton) if one.text() == text)


def test_what_takes_long_says_how_far_it_is_and_can_be_stopped(
    window: Window, qtbot: QtBot, slow: int, children: Children, changed_path: Path
) -> None:
    before = changed_path.read_bytes()
    assert window.status.saved.text().startswith("Looking the file over: ")
    qtbot.mouseClick(window.status.stop, Qt.MouseButton.LeftButton)
    assert children(os.getpid()) == []
    assert not window.status.stop.isVisible()
    assert window.status.saved.text() == "Not looked over"
    assert "Looking this file over was stopped. It was not touched" in window.notices.text()
    assert window.document.entity("C1").title == "Tanks"
    assert not add(window)
    assert changed_path.read_bytes() == before


def test_it_is_begun_again_from_the_line_above_the_board(window: Window, qtbot: QtBot, slow: int) -> None:
    window.status.stop.click()
    button(window, "Look it over now").click()
    assert "was stopped" not in window.notices.text()
    assert window.status.saved.text() == "Looking the file over"
    qtbot.waitUntil(lambda: not window.session.hold.entry.waits, timeout=20_000)
    assert "C1: it was changed outside this program" in window.notices.text()
    assert add(window)


def test_keys_stop_it_and_begin_it_again(window: Window, qtbot: QtBot, slow: int) -> None:
    assert window.status.stop.focusPolicy() & Qt.FocusPolicy.TabFocus
    window.status.stop.setFocus()
    qtbot.keyClick(window.status.stop, Qt.Key.Key_Space)
    assert window.session.hold.entry.left_off
    window.run("add_claim")
    assert "menu File" in window.notices.text()
    window.run("look_over")
    qtbot.waitUntil(lambda: not window.session.hold.entry.waits, timeout=20_000)
    assert not window.can("look_over")


def test_a_copy_of_what_was_not_looked_over_is_looked_over_when_it_is_opened(
    window: Window, slow: int, tmp_path: Path
) -> None:
    window.run("look_over")
    button(window, "Save a copy…")
    copy = tmp_path / "copy.db"
    window.session.save_copy(copy)
    shown = show_file(copy)
    assert "still being looked over" in shown.session.read_only
    shown.close()


def test_a_file_that_was_replaced_meanwhile_is_not_looked_over_in_its_place(
    window: Window, slow: int, changed_path: Path, children: Children
) -> None:
    window.status.stop.click()
    other = changed_path.with_name("other.db")
    other.write_bytes(changed_path.read_bytes())
    other.replace(changed_path)
    button(window, "Look it over now").click()
    assert children(os.getpid()) == []
    assert window.watch.lost is not None
    assert "Show the file as it is now" in [one.text() for one in window.notices.findChildren(QPushButton)]
    assert not add(window)


def test_closing_the_window_ends_it_at_once(window: Window, slow: int, children: Children) -> None:
    window.close()
    assert children(os.getpid()) == []


def test_where_looking_takes_too_long_it_stays_open_for_reading(
    changed_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examination, "_BUSY", 0.0)
    shown = show_file(changed_path)
    qtbot.waitUntil(lambda: "took too long" in shown.notices.text(), timeout=20_000)
    assert "could not be looked over" in shown.session.read_only
    assert not add(shown)
    shown.close()


def test_the_list_shows_every_sentence_as_plain_text(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    listed = Findings(parent, ["C1: <b>x</b>", "C2: y"])
    assert listed.list.toPlainText() == "C1: <b>x</b>\nC2: y"


def test_a_file_that_this_program_left_so_can_be_changed_at_once(board_path: Path, qtbot: QtBot) -> None:
    shown = show_file(board_path)
    assert shown.session.read_only == ""
    shown.close()
