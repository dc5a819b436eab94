"""Markings in the window: its title, the dialog that asks why, the inspector's rows, chips on cards and links."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.model.markings import effective
from evidenceboard.model.records import Board, Setting
from evidenceboard.model.transaction import Transaction
from evidenceboard.render.link_paint import label_of
from evidenceboard.session import Session
from evidenceboard.ui import program
from evidenceboard.ui.dialogs.marking import MarkingDialog
from evidenceboard.ui.panels.inspector import Inspector
from evidenceboard.ui.panels.prose import ProseButton
from evidenceboard.ui.window import Window, show_file, show_session


@pytest.fixture
def window(board_path: Path, qtbot: QtBot) -> Window:
    program.application()
    shown = show_file(board_path)
    qtbot.waitExposed(shown)
    return shown


def set_marking(window: Window, record_id: str, word: str, reason: str = "") -> None:
    window.perform("Mark", lambda tx: commands.set_marking(tx, record_id, word, reason))


def select(window: Window, *numbers: str) -> None:
    ids = [window.document.entity(number).id for number in numbers]
    window.selection.set(cards=[card.id for one in ids for card in window.document.cards_of(one)])


def dialog(window: Window) -> MarkingDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, MarkingDialog)
    return found


def choose(asked: MarkingDialog, word: str) -> None:
    asked.marking.setCurrentIndex(asked.marking.findData(word))


def page(window: Window, qtbot: QtBot) -> Inspector:
    qtbot.waitUntil(lambda: window.findChild(Inspector, "inspector") is not None)
    found = window.findChild(Inspector, "inspector")
    assert isinstance(found, Inspector)
    found.show_selected()
    return found


def shown(inspector: Inspector, key: str) -> tuple[str, str]:
    assert inspector.page is not None
    row = inspector.page.form.row(key)
    assert row is not None
    return row.value.words, row.beneath.words


def test_title_and_top_bar_show_the_highest_marking_on_the_board_and_follow_every_step(window: Window) -> None:
    claim = window.document.entity("C1").id
    set_marking(window, claim, "RED")
    assert "TLP:RED" in window.windowTitle() and window.topbar.marking.text() == "TLP:RED"
    assert "#FF2B2B" in window.topbar.marking.styleSheet()
    second = window.perform("Add a board", lambda tx: commands.add_board(tx, "Second"))
    assert isinstance(second, Board)
    window.show_board(second.id)
    assert "TLP:CLEAR" in window.windowTitle()
    window.perform("Place", lambda tx: commands.place(tx, second.id, claim, x=0, y=0))
    assert "TLP:RED" in window.windowTitle()
    window.session.undo()
    assert "TLP:CLEAR" in window.windowTitle()
    set_marking(window, second.id, "AMBER")
    assert "TLP:AMBER" in window.windowTitle()


def test_the_title_shows_the_words_of_a_stranger_as_they_are(window: Window) -> None:
    def stranger(tx: Transaction) -> None:
        tx.put(Setting("marking", "R&D <b>only"))

    window.perform("Mark the file", stranger)
    assert "R&D <b>only" in window.windowTitle()
    assert window.topbar.marking.text() == "R&&D <b>only"


def test_the_action_marks_the_selected_cards_in_one_step(window: Window) -> None:
    select(window, "C1", "S1")
    before = window.session.operation_count()
    window.run("marking")
    asked = dialog(window)
    choose(asked, "TLP:AMBER")
    assert asked.ok.isEnabled() and asked.reason.isHidden()
    asked.accept()
    assert [window.document.entity(n).marking for n in ("C1", "S1", "C2")] == ["TLP:AMBER", "TLP:AMBER", ""]
    assert window.session.operation_count() == before + 1
    select(window)
    assert not window.can("marking")


def test_lowering_asks_why_and_keeps_the_reason(window: Window, qtbot: QtBot) -> None:
    window.perform("Mark the file", lambda tx: commands.set_file(tx, marking="RED"))
    select(window, "C1")
    window.run("marking")
    asked = dialog(window)
    choose(asked, "TLP:GREEN")
    assert not asked.reason.isHidden() and not asked.ok.isEnabled()
    assert "C1 has TLP:RED (from the file) otherwise" in asked.note.text()
    qtbot.keyClicks(asked.reason, "printed in a newspaper")
    assert asked.ok.isEnabled()
    asked.accept()
    assert effective(window.document, window.document.entity("C1")).reason == "printed in a newspaper"
    inspector = page(window, qtbot)
    words, beneath = shown(inspector, "marking")
    assert words.startswith("TLP:GREEN") and beneath == "Lowered from TLP:RED: printed in a newspaper"
    assert shown(inspector, "marking_reason")[0] == "printed in a newspaper"


def test_a_choice_in_the_inspector_that_lowers_opens_the_dialog_and_changes_nothing_before(
    window: Window, qtbot: QtBot
) -> None:
    set_marking(window, window.document.entity("S1").id, "RED")
    link = next(link for link in window.document.links if link.type == "states")
    window.selection.set(links=[link.id])
    inspector = page(window, qtbot)
    assert shown(inspector, "marking")[0] == "TLP:RED (from S1)"
    assert inspector.page is not None
    row = inspector.page.form.row("marking")
    assert row is not None
    row.open()
    for _ in range(2):
        qtbot.keyClick(row.editor, Qt.Key.Key_Down)
    qtbot.keyClick(row.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), MarkingDialog))
    asked = dialog(window)
    assert asked.marking.currentData() == "TLP:GREEN"
    assert next(one for one in window.document.links if one.id == link.id).marking == ""
    asked.reason.setText("names nobody")
    asked.accept()
    kept = next(one for one in window.document.links if one.id == link.id)
    assert (kept.marking, kept.marking_reason) == ("TLP:GREEN", "names nobody")


def test_the_page_of_the_file_has_a_row_for_the_board_that_is_shown(window: Window, qtbot: QtBot) -> None:
    inspector = page(window, qtbot)
    assert shown(inspector, "board_marking")[0] == "TLP:CLEAR (from the file)"
    window.run("board_marking")
    asked = dialog(window)
    choose(asked, "TLP:AMBER")
    asked.accept()
    assert shown(inspector, "board_marking")[0].startswith("TLP:AMBER")
    second = window.perform("Add a board", lambda tx: commands.add_board(tx, "Second"))
    assert isinstance(second, Board)
    window.show_board(second.id)
    assert shown(inspector, "board_marking")[0] == "TLP:CLEAR (from the file)"


def test_the_menu_of_a_tab_offers_the_marking_of_its_board(window: Window) -> None:
    menu = window.topbar.tabs.menu_for(window.board_id)
    item = next(item for item in menu.actions() if item.text() == "Marking…")
    item.trigger()
    assert dialog(window)._ids == [window.board_id]
    dialog(window).reject()


def test_a_kept_file_says_its_marking_and_a_click_changes_it(window: Window, qtbot: QtBot) -> None:
    claim = window.document.entity("C1").id
    window.perform("Attach", lambda tx: commands.attach(tx, claim, "list & <b>.txt", b"names"))
    set_marking(window, claim, "AMBER")
    select(window, "C1")
    inspector = page(window, qtbot)
    button = inspector.findChild(ProseButton, "attachmentMarking")
    assert button is not None and button.words == "TLP:AMBER (from C1)"
    button.click()
    asked = dialog(window)
    choose(asked, "TLP:RED")
    asked.accept()
    assert [one.marking for one in window.document.attachments_of(claim)] == ["TLP:RED"]


def test_the_words_of_a_link_bear_its_marking_only_where_that_is_above_the_board(window: Window) -> None:
    surface = window.board.surface

    def markings() -> list[str]:
        return [label_of(surface.picture, index)[1] for index in range(surface.scene.m)]

    assert not any(markings())
    set_marking(window, window.document.entity("S1").id, "RED")
    assert sorted(markings()) == ["", "", "TLP:RED"]
    set_marking(window, window.board_id, "RED")
    assert not any(markings())


def test_marking_is_offered_only_where_the_file_can_be_changed(board_path: Path, qtbot: QtBot) -> None:
    program.application()
    window = show_session(Session.open(board_path, read_only=True))
    qtbot.waitExposed(window)
    select(window, "C1")
    assert not window.can("marking") and not window.can("board_marking")


def test_several_that_are_marked_apart_say_so_and_only_those_that_are_lowered_keep_the_reason(
    window: Window, qtbot: QtBot
) -> None:
    window.perform("Mark the file", lambda tx: commands.set_file(tx, marking="AMBER"))
    set_marking(window, window.document.entity("C1").id, "RED")
    link = next(link for link in window.document.links if link.type == "states")
    select(window, "C1", "S1")
    window.selection.set(cards=window.selection.cards, links=[link.id])
    window.run("marking")
    asked = dialog(window)
    assert asked.marking.currentIndex() == -1 and not asked.ok.isEnabled()
    choose(asked, "TLP:AMBER")
    assert "This link has TLP:RED (from C1) otherwise" in asked.note.text()
    asked.reason.setText("names nobody")
    asked.accept()
    now = [window.document.entity(number) for number in ("C1", "S1")]
    assert [(one.marking, one.marking_reason) for one in now] == [("TLP:AMBER", "")] * 2
