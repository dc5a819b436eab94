"""Sending and sharing from the window: what is chosen is what the account says, and what the copy holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from evidenceboard import Session, commands
from evidenceboard.sharing.contents import contents
from evidenceboard.ui import program
from evidenceboard.ui.actions import ACTIONS
from evidenceboard.ui.dialogs.send import Send
from evidenceboard.ui.dialogs.share import Share
from evidenceboard.ui.window import Window, show_file

pytestmark = pytest.mark.qt


@pytest.fixture
def window(board_path: Path, qtbot: QtBot) -> Window:
    with Session.open(board_path) as session, session.transaction("Write") as tx:
        source = tx.document.entity("S1")
        commands.set_fields(tx, source.id, notes="Handed over by Wintermute")
        commands.set_fields(tx, tx.document.entity("C1").id, marking="RED")
    with Session.open(board_path) as session, session.transaction("Remove") as tx:
        commands.remove(tx, [tx.document.entity("A1").id])
    program.application()
    shown = show_file(board_path)
    qtbot.waitExposed(shown)
    qtbot.waitUntil(lambda: not shown.session.read_only)
    return shown


@pytest.fixture
def dialog(window: Window, qtbot: QtBot) -> Share:
    made = Share(window)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: made.settled)
    return made


def test_the_account_follows_what_is_chosen(dialog: Share, qtbot: QtBot) -> None:
    said = dialog.account.lines()
    assert "Claims 2" in said and "Scenarios 1" in said and "Notes of what goes along 1" in said
    dialog.at_most.setCurrentIndex(dialog.at_most.findData("TLP:GREEN"))
    dialog.notes.setChecked(True)
    qtbot.waitUntil(lambda: dialog.settled)
    said = dialog.account.lines()
    assert "Claims 1" in said and "Links 2" in said
    assert "Of the links: because one of their ends stays 2" in said
    dialog.boards.item(0).setCheckState(Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: dialog.settled)
    assert not dialog.go.isEnabled() and "Nothing is left" in dialog.note.text()


def test_a_copy_is_written_and_reported_and_the_board_stays_as_it_is(
    dialog: Share, window: Window, tmp_path: Path
) -> None:
    before = window.session.path.read_bytes()
    dialog.aliases.alias_all("source")
    assert dialog.share_to(tmp_path / "clean.db")
    said = dialog.account.lines()
    assert "Written: clean.db" in said and any(line.endswith("none found") for line in said)
    assert not dialog.go.isVisible() and dialog.open_copy.isVisible()
    assert window.session.path.read_bytes() == before
    with Session.open(tmp_path / "clean.db") as session:
        assert session.document.entity("S1").title == "Source 1"
    assert b"Wintermute" not in (tmp_path / "clean.db").read_bytes()


def test_a_place_that_is_taken_is_refused_in_the_dialog(dialog: Share, window: Window) -> None:
    before = window.session.path.read_bytes()
    assert not dialog.share_to(window.session.path)
    assert "already" in dialog.note.text() and dialog.go.isVisible()
    assert window.session.path.read_bytes() == before


def test_names_are_replaced_by_hand_and_put_back(dialog: Share, qtbot: QtBot) -> None:
    field = dialog.aliases.table.item(0, 2)
    assert field is not None
    field.setText("The weekly")
    assert list(dialog.aliases.aliases().values()) == ["The weekly"]
    assert list(dialog.choice().aliases.values()) == ["The weekly"]
    dialog.aliases.clear()
    assert not dialog.choice().aliases


def test_sending_says_what_is_in_the_file_beside_its_cards(window: Window, qtbot: QtBot) -> None:
    dialog = Send(window, contents(window.session))
    qtbot.addWidget(dialog)
    said = dialog.list.lines()
    assert "“Міністерство оборони”" in said
    assert "“Handed over by Wintermute”" in said
    assert any(line.startswith("TLP:RED") for line in said)
    assert any(line.startswith("Steps, each with its time and author") for line in said)
    dialog.share.click()
    assert dialog.then == "share"


def test_both_are_in_the_menu_of_files() -> None:
    assert [ACTIONS[one].menu for one in ("send", "share")] == ["File", "File"]
