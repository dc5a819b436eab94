"""The window on real files: opening, undo by keys, the banner, read-only, boards, looks."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.errors import InvalidValueError
from evidenceboard.model.seam import SeededSeam
from evidenceboard.model.transaction import Transaction
from evidenceboard.session import Session
from evidenceboard.ui import program, settings
from evidenceboard.ui.actions import ACTIONS, MENUS
from evidenceboard.ui.statusline import saved_at
from evidenceboard.ui.theme import theme
from evidenceboard.ui.welcome import Welcome
from evidenceboard.ui.window import Window, show_file, windows


@pytest.fixture(autouse=True)
def own_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("EVIDENCEBOARD_CONFIG_DIR", str(tmp_path / "config"))
    yield
    for window in windows():
        window.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "board.db"
    with Session.create(made, title="Winter") as session, session.transaction("Add cards") as tx:
        board = session.document.boards[0].id
        for place, title in enumerate(("Lorries carried soldiers", "드론 부대", "Полк прибув")):
            claim = commands.add_entity(tx, "claim", title=title)
            commands.place(tx, board, claim.id, x=0, y=place * 200)
    return made


@pytest.fixture
def window(path: Path, qtbot: QtBot) -> Window:
    program.application()
    shown = show_file(path)
    qtbot.waitExposed(shown)
    return shown


def add_actor(window: Window) -> None:
    window.perform("Add an actor", lambda tx: commands.add_entity(tx, "actor", title="Seoul"))


def test_a_file_opens_in_a_window_that_names_it_and_its_marking(window: Window) -> None:
    assert "board.db" in window.windowTitle() and "TLP:CLEAR" in window.windowTitle()
    assert window.objectName() == "window"
    assert window.findChild(QWidget, "board") is window.board
    assert "3 cards, 0 links" in window.status.counts.text()


def test_undo_and_redo_work_by_keys_and_say_what_they_take_back(window: Window, qtbot: QtBot) -> None:
    add_actor(window)
    assert window.says(ACTIONS["undo"]) == "Undo: Add an actor"
    assert "Add an actor" in window.status.undo.text()
    qtbot.keyClick(window.board, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [e.title for e in window.document.entities if e.type == "actor"] == []
    qtbot.keyClick(window.board, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert [e.title for e in window.document.entities if e.type == "actor"] == ["Seoul"]


def test_a_refusal_becomes_a_banner_that_the_next_change_closes(window: Window) -> None:
    def refuse(tx: Transaction) -> None:
        raise InvalidValueError("<b>This</b> does not fit; nothing was changed.")

    assert window.perform("Try", refuse) is None
    assert window.notices.isVisible()
    assert window.notices.text().startswith("<b>This</b>")
    labels = window.notices.findChildren(QLabel)
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)
    add_actor(window)
    assert not window.notices.isVisible()


def test_a_file_open_elsewhere_is_read_only_and_says_why_until_closed(path: Path, qtbot: QtBot) -> None:
    program.application()
    with Session.open(path, holder="the other window"):
        shown = show_file(path)
        assert "the other window" in shown.notices.text()
        add_actor(shown)
        assert "Nothing was changed" in shown.notices.text()
        shown.notices.dismiss()
        assert "the other window" in shown.notices.text()
        assert not shown.can("file_properties")


def test_a_file_that_cannot_be_opened_gives_a_window_that_says_so(tmp_path: Path, qtbot: QtBot) -> None:
    program.application()
    wrong = tmp_path / "letter.db"
    wrong.write_bytes(b"PK\x03\x04 not a board")
    shown = program.start(wrong)
    qtbot.addWidget(shown)
    assert isinstance(shown, Welcome)
    assert "not a board file" in shown.notices.text()
    assert wrong.read_bytes() == b"PK\x03\x04 not a board"
    missing = program.start(tmp_path / "nowhere.db")
    qtbot.addWidget(missing)
    assert "no file at this place" in missing.notices.text()


def test_a_refused_file_leaves_the_open_one_as_it_is(window: Window, tmp_path: Path) -> None:
    window.open_path(tmp_path / "nowhere.db")
    assert "no file at this place" in window.notices.text()
    assert windows() == (window,)


def test_the_same_file_is_not_opened_twice(window: Window, path: Path) -> None:
    assert show_file(path) is window


def test_recent_files_are_paths_for_the_user_alone_and_the_last_one_opens_again(
    window: Window, path: Path, tmp_path: Path
) -> None:
    assert settings.recent_files() == [path]
    kept = tmp_path / "config" / "settings.json"
    assert "Lorries" not in kept.read_text("utf-8")
    if os.name == "posix":
        assert kept.stat().st_mode & 0o777 == 0o600
    window.close()
    again = program.start(None)
    assert isinstance(again, Window) and again.session.path == path.resolve()


def test_the_board_shown_is_remembered(window: Window, path: Path) -> None:
    made = window.perform("Add a board", lambda tx: commands.add_board(tx, "Second & last"))
    assert made is not None
    window.run("next_board")
    assert window.board_id == made.id
    window.close()
    assert show_file(path).board_id == made.id


def test_tabs_follow_the_boards_and_undo_brings_a_removed_board_back(window: Window) -> None:
    tabs = window.topbar.tabs
    made = window.perform("Add a board", lambda tx: commands.add_board(tx, "Second & last"))
    assert made is not None and tabs.count() == 2 and tabs.tabText(1) == "Second && last"
    tabs.setCurrentIndex(1)
    assert window.board_id == made.id
    window.run("remove_board")
    assert tabs.count() == 1 and window.board_id == window.document.boards[0].id
    window.run("undo")
    assert tabs.count() == 2


def test_saving_says_since_when_and_offers_a_name_or_a_copy(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window.board, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert re.search(r"^Saved already, at \d\d:\d\d\.", window.notices.text())
    offered = {"Name this state…", "Save a copy…"}
    qtbot.waitUntil(
        lambda: offered == {one.text() for one in window.notices.findChildren(QPushButton) if one.isVisibleTo(window)}
    )


def test_a_file_of_another_day_says_which_day_it_was_saved(tmp_path: Path) -> None:
    with Session.create(tmp_path / "old.db", seam=SeededSeam("seed")) as old:
        day = datetime.fromisoformat(old.history(1)[0][0].at).astimezone()
        assert saved_at(old) == f"{day:%H:%M}, {day.day} {day:%b} {day.year}"
        assert day.year == 2024


def test_a_copy_is_never_written_over_a_file(window: Window, tmp_path: Path) -> None:
    from evidenceboard.ui.do_file import save_copy_to

    save_copy_to(window, tmp_path / "copy.db")
    assert "copy.db" in window.notices.text()
    before = (tmp_path / "copy.db").read_bytes()
    with pytest.raises(Exception, match="already"):
        save_copy_to(window, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_bytes() == before


def test_the_look_changes_for_the_window_and_is_remembered(window: Window, qtbot: QtBot) -> None:
    try:
        with qtbot.waitSignal(window.look_changed):
            window.run("look_dark")
        dark = window.palette_
        with qtbot.waitSignal(window.look_changed):
            window.run("look_contrast")
        assert window.palette_ is not dark
        assert settings.get("look") == "contrast"
    finally:
        theme().choose("light")


def test_every_action_has_words_a_menu_and_keys_of_its_own() -> None:
    keys: dict[str, str] = {}
    for action in ACTIONS.values():
        assert action.text and action.menu in MENUS
        if action.shortcut:
            sequence = QKeySequence(action.shortcut)
            assert not sequence.isEmpty() and "?" not in sequence.toString(), action.id
            said = sequence.toString()
            assert said not in keys, f"{action.id} and {keys.get(said)} share {said}"
            keys[said] = action.id


def test_menus_hold_every_action(window: Window) -> None:
    held = {item.objectName() for menu in window.menu_bar.actions() for item in _items(menu.menu())}
    assert held >= set(ACTIONS) - {"open_recent"}


def _items(menu: object) -> list[object]:
    from PySide6.QtWidgets import QMenu

    assert isinstance(menu, QMenu)
    within = [item for held in menu.actions() if held.menu() is not None for item in _items(held.menu())]
    return [*menu.actions(), *within]
