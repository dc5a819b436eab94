"""A file that this program did not leave as it is: shown at once, changed only after it was looked over."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.store import examination
from evidenceboard.ui.dialogs.findings import Findings
from evidenceboard.ui.window import Window, show_file

pytestmark = pytest.mark.qt


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
