"""Snapshots in the window: made beside it, listed, looked at, restored as one step, offered where a file is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from evidenceboard import Session, commands
from evidenceboard.errors import SaveFailedError
from evidenceboard.model.document import Document
from evidenceboard.model.records import TABLES, Record
from evidenceboard.store import backups
from evidenceboard.ui import backing_up, program, settings
from evidenceboard.ui.backing_up import BackingUp
from evidenceboard.ui.dialogs.snapshots import Snapshots
from evidenceboard.ui.past_window import past_of
from evidenceboard.ui.welcome import Welcome
from evidenceboard.ui.window import Window, show_file, windows


def shown(path: Path, qtbot: QtBot) -> Window:
    program.application()
    window = show_file(path)
    qtbot.waitExposed(window)
    return window


def held(document: Document) -> dict[str, dict[str, Record]]:
    return {table: dict(document.table(table)) for table in TABLES if table != "snapshots"}


def dialog(window: Window, act: Callable[[Snapshots], object]) -> None:
    """Run the action, act in the dialog, and close it where it is still open."""

    def fill() -> None:
        found = QApplication.activeModalWidget()
        assert isinstance(found, Snapshots)
        try:
            act(found)
        finally:
            if found.isVisible():
                found.reject()

    QTimer.singleShot(0, window, fill)
    window.run("snapshots")


def press(qtbot: QtBot, button: QPushButton) -> None:
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def kept_of(path: Path) -> list[backups.Backup]:
    return [one for series in backups.series_of(path) for one in series.backups()]


def test_a_snapshot_is_made_beside_the_window_in_a_pause_once_for_each_state(
    board_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = shown(board_path, qtbot)
    backing = BackingUp(window)
    backing.look()
    qtbot.waitUntil(lambda: len(kept_of(board_path)) == 1, timeout=20_000)
    backing.look()
    for _ in range(3):
        backing.look()
    assert len(kept_of(board_path)) == 1
    window.perform("Add", lambda tx: commands.add_entity(tx, "note", title="x"))
    backing.look()
    assert backing._making is None  # not before its time
    backing.stop()
    again = BackingUp(window)
    window.perform("Add", lambda tx: commands.add_entity(tx, "note", title="y"))
    again.look()
    assert again._making is None  # a step was written a moment ago
    monkeypatch.setattr(backing_up, "_PAUSE", 0)
    again.look()
    qtbot.waitUntil(lambda: len(kept_of(board_path)) == 2, timeout=20_000)
    again.stop()


def test_no_snapshot_is_made_for_red_and_earlier_ones_are_told_of_once(board_path: Path, qtbot: QtBot) -> None:
    backups.make(board_path)
    window = shown(board_path, qtbot)
    window.perform("Mark", lambda tx: commands.set_file(tx, marking="TLP:RED"))
    backing = BackingUp(window)
    backing.look()
    assert backing._making is None
    assert "some made earlier are still kept" in window.notices.text()
    window.notices.dismiss()
    backing.look()
    assert window.notices.text() == ""
    backing.stop()

    def act(found: Snapshots) -> None:
        assert "TLP:RED" in found.note.text() and "until they are deleted" in found.note.text()
        assert not found.make_button.isEnabled() and not found.keep.isEnabled()
        press(qtbot, found.delete_button)
        assert len(kept_of(board_path)) == 1 and "for good" in found.delete_button.text()
        press(qtbot, found.delete_button)
        assert found.list.topLevelItemCount() == 0 and not found.empty.isHidden()

    dialog(window, act)
    assert kept_of(board_path) == []


def test_a_disk_that_refuses_is_told_once_and_the_work_goes_on(
    board_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = shown(board_path, qtbot)
    monkeypatch.setattr(backups, "_SPARED", 1 << 60)
    monkeypatch.setattr(backing_up, "EVERY", 0)
    monkeypatch.setattr(backing_up, "_PAUSE", 0)
    backing = BackingUp(window)
    backing.look()
    qtbot.waitUntil(lambda: "the disk is full" in window.notices.text(), timeout=20_000)
    assert "still written to the file" in window.notices.text()
    window.perform("Add", lambda tx: commands.add_entity(tx, "note", title="x"))
    assert window.notices.text() == ""
    backing.look()
    making = backing._making
    assert making is not None
    with pytest.raises(SaveFailedError):
        making.result()
    backing.look()
    assert window.notices.text() == ""
    backing.stop()


def test_switching_off_is_a_step_of_the_file(board_path: Path, qtbot: QtBot) -> None:
    window = shown(board_path, qtbot)
    dialog(window, lambda found: qtbot.keyClick(found.keep, Qt.Key.Key_Space))
    assert commands.why_no_backups(window.document) == "off"
    dialog(window, lambda found: qtbot.keyClick(found.keep, Qt.Key.Key_Space))
    assert commands.why_no_backups(window.document) == ""
    window.run("undo")
    assert commands.why_no_backups(window.document) == "off"


def test_restoring_is_one_step_after_a_snapshot_of_what_was_there(board_path: Path, qtbot: QtBot) -> None:
    backups.make(board_path)
    window = shown(board_path, qtbot)
    before = held(window.document)
    window.perform("Remove", lambda tx: commands.remove(tx, [window.document.entity("C1").id]))
    later = held(window.document)
    dialog(window, lambda found: press(qtbot, found.restore_button))
    assert held(window.document) == before
    assert "one step that can be undone" in window.notices.text()
    assert len(kept_of(board_path)) == 2
    window.run("undo")
    assert held(window.document) == later


def test_a_named_state_is_listed_and_restored(board_path: Path, qtbot: QtBot) -> None:
    window = shown(board_path, qtbot)
    then, before = window.session.history(1)[0][0].id, held(window.document)
    window.perform("Name this state", lambda tx: commands.name_snapshot(tx, "<b>Before</b>", then))
    window.perform("Remove", lambda tx: commands.remove(tx, [window.document.entity("C1").id]))

    def act(found: Snapshots) -> None:
        item = found.list.topLevelItem(0)
        assert item is not None and item.text(1) == "named: <b>Before</b>"
        assert not found.delete_button.isEnabled()
        press(qtbot, found.show_button if looking else found.restore_button)

    looking = True
    dialog(window, act)
    past = past_of(window.session)
    assert past is not None and held(past.document) == before
    assert "“<b>Before</b>”" in past.band.said.text()
    past.close()
    looking = False
    dialog(window, act)
    assert held(window.document) == before


def test_a_snapshot_is_looked_at_in_a_window_of_its_own_and_never_changed(board_path: Path, qtbot: QtBot) -> None:
    made = backups.make(board_path)
    bytes_before = made.path.read_bytes()
    window = shown(board_path, qtbot)
    dialog(window, lambda found: press(qtbot, found.show_button))
    (other,) = (one for one in windows() if one is not window)
    assert "a snapshot of board.db" in other.notices.text()
    assert not other.can("add_claim") and other.session.read_only
    other.close()
    assert made.path.read_bytes() == bytes_before
    assert settings.recent_files() == [board_path]


def test_a_snapshot_is_written_out_as_a_board(
    board_path: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from evidenceboard.ui.dialogs import ask

    backups.make(board_path)
    window = shown(board_path, qtbot)
    monkeypatch.setattr(ask, "place_for_copy", lambda parent, path: tmp_path / "out.db")
    dialog(window, lambda found: press(qtbot, found.save_button))
    assert "out.db" in window.notices.text()
    with Session.open(tmp_path / "out.db") as session:
        assert session.document.entity("C1") == window.document.entity("C1")


def test_a_snapshot_that_rotted_is_not_restored(board_path: Path, qtbot: QtBot) -> None:
    made = backups.make(board_path)
    window = shown(board_path, qtbot)
    before = held(window.document)
    with made.path.open("r+b") as file:
        file.seek(made.size // 2)
        file.write(b"\xff" * 4096)
    dialog(window, lambda found: press(qtbot, found.restore_button))
    assert held(window.document) == before and window.notices.text()


@pytest.mark.parametrize("harm", ["gone", "cut", "other"])
def test_a_file_that_is_refused_comes_with_its_newest_sound_snapshot(board_path: Path, qtbot: QtBot, harm: str) -> None:
    backups.make(board_path)
    spoiled = backups.make(board_path)
    with spoiled.path.open("r+b") as file:
        file.seek(spoiled.size // 2)
        file.write(b"\xff" * 4096)
    if harm == "gone":
        board_path.unlink()
    else:
        board_path.write_bytes(board_path.read_bytes()[:5000] if harm == "cut" else b"something else " * 40)
    program.application()
    refused = program.start(board_path)
    qtbot.addWidget(refused)
    assert isinstance(refused, Welcome) and "A snapshot from" in refused.notices.text()
    (button,) = (one for one in refused.notices.findChildren(QPushButton) if one.text() == "Open the snapshot")
    press(qtbot, button)
    (window,) = windows()
    assert window.document.entity("C1") and window.session.read_only


def test_a_board_whose_file_is_gone_is_found_from_another_window(
    board_path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    backups.make(board_path)
    board_path.unlink()
    other = tmp_path / "other.db"
    Session.create(other).close()
    window = shown(other, qtbot)

    def act(found: Snapshots) -> None:
        assert found.board.count() == 2 and "its file is gone" in found.board.itemText(1)
        assert found.list.topLevelItemCount() == 0
        found.board.setCurrentIndex(1)
        assert found.list.topLevelItemCount() == 1
        assert not found.restore_button.isEnabled()
        press(qtbot, found.show_button)

    dialog(window, act)
    assert len(windows()) == 2
    window.open_path(board_path)
    assert "A snapshot from" in window.notices.text()


def test_the_file_opened_last_that_is_gone_is_told_of_at_the_start(board_path: Path, qtbot: QtBot) -> None:
    program.application()
    backups.make(board_path)
    settings.remember_file(board_path)
    board_path.unlink()
    window = program.start(None)
    assert isinstance(window, Window) and "board.db" in window.notices.text()
    assert "A snapshot from" in window.notices.text()


def test_what_another_board_at_the_same_place_left_is_listed_as_such_and_not_restored(
    board_path: Path, qtbot: QtBot
) -> None:
    backups.make(board_path)
    board_path.unlink()
    Session.create(board_path, title="Another").close()
    window = shown(board_path, qtbot)

    def act(found: Snapshots) -> None:
        item = found.list.topLevelItem(0)
        assert item is not None and item.text(1) == "of another board that lay here"
        assert found.show_button.isEnabled() and not found.restore_button.isEnabled()

    dialog(window, act)


def test_a_large_difference_is_restored_beside_the_window(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "large.db"
    with Session.create(path) as session, session.transaction("Fill") as tx:
        board = session.document.boards[0].id
        for place in range(2200):
            note = commands.add_entity(tx, "note", title=f"n{place}")
            commands.place(tx, board, note.id, x=place % 50 * 300, y=place // 50 * 200)
    backups.make(path)
    window = shown(path, qtbot)
    qtbot.waitUntil(lambda: window.session.reading is None, timeout=20_000)
    before = held(window.document)
    window.perform("Empty", lambda tx: commands.remove(tx, [one.id for one in tx.document.entities]), n=4400)
    assert window.document.size("cards") == 0
    dialog(window, lambda found: press(qtbot, found.restore_button))
    assert held(window.document) == before
