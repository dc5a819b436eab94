"""The author's name is asked before the first file is sent or merged, and never twice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QInputDialog, QPushButton
from pytestqt.qtbot import QtBot

from evidenceboard import Session, commands
from evidenceboard.store import personal
from evidenceboard.ui import merging
from evidenceboard.ui.window import Window, show_session


@pytest.fixture
def window(board_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    monkeypatch.delenv(personal.NAMED)
    shown = show_session(Session.open(board_path))
    qtbot.waitExposed(shown)
    yield shown


def answering(seen: list[str], name: str | None) -> None:
    """Answer each dialog that comes: a name for the name, None puts it off; Merge where one may, all else is left."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):
            QTimer.singleShot(20, look)
            return
        seen.append(type(dialog).__name__)
        button = dialog.findChild(QPushButton, "merge_merge")
        if isinstance(dialog, QInputDialog) and name is not None:
            dialog.setTextValue(name)
            QTimer.singleShot(20, look)
            dialog.accept()
        elif isinstance(button, QPushButton):
            QTimer.singleShot(20, look)
            button.click()
        else:
            dialog.reject()

    QTimer.singleShot(20, look)


@pytest.mark.parametrize("name", ["Kim", ""])
def test_before_a_file_is_sent_the_name_is_asked_once_and_no_name_is_an_answer(window: Window, name: str) -> None:
    seen: list[str] = []
    for _ in range(2):
        answering(seen, name)
        window.run("send")
    assert seen == ["QInputDialog", "Send", "Send"]
    assert personal.author_name() == name


def test_who_puts_it_off_sends_nothing_and_is_asked_when_sending_next(window: Window) -> None:
    seen: list[str] = []
    answering(seen, None)
    window.run("send")
    assert seen == ["QInputDialog"] and personal.author_name() is None
    answering(seen, "Lee")
    window.run("send")
    assert seen == ["QInputDialog", "QInputDialog", "Send"] and personal.author_name() == "Lee"


def test_before_the_first_merge_the_name_is_asked_and_stands_in_the_file(
    window: Window, board_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Path(shutil.copy(board_path, tmp_path / "other.db"))
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("EVIDENCEBOARD_CONFIG_DIR", str(tmp_path / "colleague"))
        with Session.open(other) as session, session.transaction("Add") as tx:
            commands.add_entity(tx, "claim", title="A second train came")
    seen: list[str] = []
    answering(seen, "Park")
    merging.take_in(window, other)
    assert seen == ["MergeDialog", "QInputDialog"]
    assert window.session.author_name(window.session.author_id) == "Park"
    assert any(one.title == "A second train came" for one in window.document.entities)
