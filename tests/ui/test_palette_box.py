"""The command palette by keyboard, and how names are found."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.session import Session
from evidenceboard.ui import program
from evidenceboard.ui.fuzzy import best, score
from evidenceboard.ui.window import Window, show_file


@pytest.fixture
def window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Window:
    monkeypatch.setenv("EVIDENCEBOARD_CONFIG_DIR", str(tmp_path / "config"))
    with Session.create(tmp_path / "board.db") as session, session.transaction("Add cards") as tx:
        for place, title in enumerate(("Lorries carried soldiers", "드론 부대가 도착했다")):
            claim = commands.add_entity(tx, "claim", title=title)
            commands.place(tx, session.document.boards[0].id, claim.id, x=0, y=place * 200)
    program.application()
    shown = show_file(tmp_path / "board.db")
    qtbot.addWidget(shown)
    qtbot.waitExposed(shown)
    return shown


def open_with(window: Window, qtbot: QtBot, text: str) -> None:
    qtbot.keyClick(window.board, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.palette_box.isVisible()
    window.palette_box.field.setText(text)


def test_enter_flies_to_the_card_that_was_found(window: Window, qtbot: QtBot) -> None:
    open_with(window, qtbot, "드론")
    qtbot.keyClick(window.palette_box.field, Qt.Key.Key_Return)
    assert not window.palette_box.isVisible()
    assert [window.document.entity(e).title for e in window.selection.entities(window.document)] == [
        "드론 부대가 도착했다"
    ]


def test_enter_runs_the_action_that_was_found(window: Window, qtbot: QtBot) -> None:
    open_with(window, qtbot, "history")
    qtbot.keyClick(window.palette_box.field, Qt.Key.Key_Return)
    assert not window.docks["history"].isHidden()


def test_arrows_go_round_and_escape_closes_without_doing_anything(window: Window, qtbot: QtBot) -> None:
    open_with(window, qtbot, "")
    rows = window.palette_box.lines.model().rowCount()
    assert rows > 10
    qtbot.keyClick(window.palette_box.field, Qt.Key.Key_Up)
    assert window.palette_box.lines.currentIndex().row() == rows - 1
    qtbot.keyClick(window.palette_box.field, Qt.Key.Key_Escape)
    assert not window.palette_box.isVisible()
    assert window.session.operation_count() == 2


def test_what_is_called_nothing_says_so(window: Window, qtbot: QtBot) -> None:
    open_with(window, qtbot, "zzqqxx")
    assert window.palette_box.empty.isVisible()
    qtbot.keyClick(window.palette_box.field, Qt.Key.Key_Return)
    assert window.palette_box.isVisible()


def test_names_that_begin_with_what_was_typed_come_first() -> None:
    names = [(1, "Reopen undone"), (2, "Undo"), (3, "Find under this")]
    assert [thing for thing, _ in best("und", names)] == [2, 1, 3]
    assert score("zoom in", "Zoom in") > 0
    assert score("xyz", "Zoom in") == 0


def test_the_palette_stays_in_the_middle_of_a_window_that_changes_its_size(window: Window, qtbot: QtBot) -> None:
    box = window.palette_box
    box.open()
    for wide in (900, 1300):
        window.resize(wide, 700)
        qtbot.waitUntil(lambda wide=wide: window.width() == wide)
        assert abs(box.geometry().center().x() - window.rect().center().x()) <= 1
    window.hide()
    window.show()
    window.resize(1000, 700)
    qtbot.waitUntil(lambda: abs(box.geometry().center().x() - window.rect().center().x()) <= 1)


def test_a_window_can_be_closed_with_its_palette_open(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    Session.create(tmp_path / "other.db").close()
    other = show_file(tmp_path / "other.db")
    other.palette_box.open()
    with qtbot.waitSignal(other.destroyed):
        other.close()
