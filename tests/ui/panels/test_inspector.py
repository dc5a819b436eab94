"""The inspector with real clicks and keys: words, and editors in place."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import LONG, Desk
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
)
from pytestqt.qtbot import QtBot
from reading import NO_GRAB, click, row, show, type_into, words

from evidenceboard import commands
from evidenceboard.model import giving_way
from evidenceboard.model.entity_type import extra
from evidenceboard.model.types import entity_type
from evidenceboard.session import Session
from evidenceboard.ui.panels.editors import Choice, Line, Lines
from evidenceboard.ui.panels.entity_page import EntityPage
from evidenceboard.ui.panels.field_row import NotSaved
from evidenceboard.ui.panels.inspector import Inspector
from workers import passes


def test_a_claim_is_shown_in_words_and_without_form_fields(inspector: Inspector, desk: Desk) -> None:
    show(inspector, desk, "C1")
    said = words(inspector)
    for expected in ("Claim", "C1", "C3, possibly true", "2 reports", "TLP:CLEAR (from the file)", "not judged yet"):
        assert expected in said
    for expected in ("Stated by  2", "About  1", "Supports  1", "Scenarios", "I · inconsistent", "not assessed"):
        assert expected in said
    assert "“We can persuade them”" in said and "known through S1" in said
    assert not inspector.findChildren(QLineEdit) and not inspector.findChildren(QPlainTextEdit)


def test_a_colour_from_a_hand_is_told_and_gone_when_it_is_taken_back(inspector: Inspector, desk: Desk) -> None:
    show(inspector, desk, "C1")
    assert "given by hand" not in words(inspector)
    card = desk.document.card_on(desk.board_id, desk.of("C1").id)
    assert card is not None
    desk.perform("Colour", lambda tx: commands.set_colour(tx, [card.id], "question"))
    inspector.show_selected()
    assert "Question, given by hand" in words(inspector)
    desk.session.undo()
    inspector.show_selected()
    assert "given by hand" not in words(inspector)


def test_text_of_the_file_is_shown_letter_by_letter(inspector: Inspector, desk: Desk) -> None:
    show(inspector, desk, "C1")
    assert "200 soldiers offer <b>to come</b> & talk" in words(inspector)
    assert all(not label.text() for label in inspector.findChildren(QLabel))


def test_a_long_title_wraps_and_is_shown_whole(inspector: Inspector, desk: Desk) -> None:
    show(inspector, desk, "C2")
    title = row(inspector, "title").value
    assert title.words == LONG.strip()
    assert title.height() >= title.heightForWidth(title.width()) > 200
    assert title.width() <= inspector.width()


def test_the_form_comes_from_the_props_of_the_type(inspector: Inspector, desk: Desk) -> None:
    for number in ("S1", "A1", "H1", "C1"):
        page = show(inspector, desk, number)
        props = entity_type(desk.of(number).type).props
        fields = [key for key in props.model_fields if not extra(props, key).get("hidden")]
        wanted = ["title", *fields, "notes", "marking", "tags"]
        assert [field.field.key for field in page.form.rows] == wanted


def test_fields_that_this_version_does_not_know_are_shown_and_kept(
    inspector: Inspector, desk: Desk, qtbot: QtBot
) -> None:
    desk.perform(
        "Import",
        lambda tx: commands.add_entity(
            tx, "actor", title="Stranger", props={"shoe size": 44, "role": "spy"}, strangers=True
        ),
    )
    show(inspector, desk, "A2")
    assert "Other fields" in words(inspector) and "shoe size" in words(inspector) and "44" in words(inspector)
    type_into(qtbot, row(inspector, "role"), "courier")
    qtbot.keyClick(row(inspector, "role").editor, Qt.Key.Key_Return)
    assert desk.of("A2").props == {"shoe size": 44, "role": "courier"}


# -- writing -------------------------------------------------------------------------------------------------------


def test_a_click_opens_the_editor_and_enter_keeps_in_one_operation(
    inspector: Inspector, desk: Desk, qtbot: QtBot
) -> None:
    show(inspector, desk, "C1")
    before = desk.session.operation_count()
    type_into(qtbot, row(inspector, "where"), "Kursk region")
    qtbot.keyClick(row(inspector, "where").editor, Qt.Key.Key_Return)
    assert desk.of("C1").props["where"] == "Kursk region"
    assert desk.session.operation_count() == before + 1
    assert desk.newest().label == "Change Where"
    assert row(inspector, "where").editor is None
    assert row(inspector, "where").value.words == "Kursk region"


def test_esc_puts_back_what_was_there(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    show(inspector, desk, "C1")
    before = desk.session.operation_count()
    type_into(qtbot, row(inspector, "title"), "Something else")
    qtbot.keyClick(row(inspector, "title").editor, Qt.Key.Key_Escape)
    assert row(inspector, "title").value.words.startswith("200 soldiers")
    assert desk.session.operation_count() == before


def test_enter_on_a_value_opens_it_and_an_untouched_one_writes_nothing(
    inspector: Inspector, desk: Desk, qtbot: QtBot
) -> None:
    show(inspector, desk, "C1")
    before = desk.session.operation_count()
    field = row(inspector, "happened")
    field.value.setFocus()
    qtbot.keyClick(field.value, Qt.Key.Key_Return)
    assert field.editor is not None and field.editor.hasFocus()
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert field.editor is None and field.value.hasFocus()
    assert desk.session.operation_count() == before


def test_tab_keeps_and_goes_to_the_next_value_and_back(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    show(inspector, desk, "C1")
    type_into(qtbot, row(inspector, "happened"), "2024-10~")
    qtbot.keyClick(row(inspector, "happened").editor, Qt.Key.Key_Tab)
    assert desk.of("C1").props["happened"] == "2024-10~"
    assert row(inspector, "happened").value.words == "about Oct 2024"
    where = row(inspector, "where")
    assert where.editor is not None and where.editor.hasFocus()
    qtbot.keyClick(where.editor, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert where.editor is None and row(inspector, "happened").editor is not None


def test_leaving_the_editor_keeps(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    show(inspector, desk, "C1")
    type_into(qtbot, row(inspector, "where"), "Курськ")
    row(inspector, "tags").value.setFocus()
    assert desk.of("C1").props["where"] == "Курськ"
    assert row(inspector, "where").editor is None


def test_shift_and_enter_break_the_line(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    show(inspector, desk, "C1")
    type_into(qtbot, row(inspector, "notes"), "first")
    qtbot.keyClick(row(inspector, "notes").editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(row(inspector, "notes").editor, "second")
    qtbot.keyClick(row(inspector, "notes").editor, Qt.Key.Key_Return)
    assert desk.of("C1").notes == "first\nsecond"


def test_blanks_that_do_not_break_survive_an_edit(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    c1 = desk.of("C1").id
    desk.perform("Change", lambda tx: commands.set_fields(tx, c1, notes="10\u00a0000 men"))
    show(inspector, desk, "C1")
    click(qtbot, row(inspector, "notes").value)
    qtbot.keyClicks(row(inspector, "notes").editor, "!")
    qtbot.keyClick(row(inspector, "notes").editor, Qt.Key.Key_Return)
    assert desk.of("C1").notes == "10\u00a0000 men!"


def test_a_grade_is_chosen_from_the_scale_in_words(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    show(inspector, desk, "S1")
    field = row(inspector, "reliability")
    assert field.value.words == "C · fairly reliable"
    field.value.setFocus()
    field.open()
    assert isinstance(field.editor, Choice)
    assert [field.editor.itemText(n) for n in range(3)] == [
        "not judged",
        "A · completely reliable",
        "B · usually reliable",
    ]
    qtbot.keyClick(field.editor, Qt.Key.Key_Up)
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert desk.document.judged(desk.of("S1").id, "reliability") == "B"
    assert field.value.words == "B · usually reliable"


@NO_GRAB
def test_a_choice_is_kept_when_it_is_picked_from_the_open_list(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    show(inspector, desk, "C1")
    field = row(inspector, "likelihood")
    click(qtbot, field.value)
    editor = field.editor
    assert isinstance(editor, Choice) and editor.view().isVisible()
    editor.view().setCurrentIndex(editor.model().index(5, 0))
    qtbot.keyClick(editor.view(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: field.editor is None)
    assert desk.document.judged(desk.of("C1").id, "likelihood") == "likely"


def test_yes_and_no_lists_and_numbers_have_editors_of_their_own(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    show(inspector, desk, "S1")
    field = row(inspector, "unnamed")
    field.open()
    assert isinstance(field.editor, Choice)
    qtbot.keyClick(field.editor, Qt.Key.Key_Down)
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert desk.of("S1").props["unnamed"] is True
    type_into(qtbot, row(inspector, "known_through"), "S2")
    qtbot.keyClick(row(inspector, "known_through").editor, Qt.Key.Key_Return)
    assert desk.of("S1").props["known_through"] == [desk.of("S2").id]
    type_into(qtbot, row(inspector, "tags"), "one; two")
    qtbot.keyClick(row(inspector, "tags").editor, Qt.Key.Key_Return)
    assert desk.of("S1").tags == ("one", "two")
    show(inspector, desk, "A1")
    type_into(qtbot, row(inspector, "aliases"), "탈북자; deserters")
    qtbot.keyClick(row(inspector, "aliases").editor, Qt.Key.Key_Return)
    assert desk.of("A1").props["aliases"] == ["탈북자", "deserters"]


def test_what_the_file_refuses_stays_typed_with_the_reason_and_can_be_tried_again(
    inspector: Inspector, desk: Desk, qtbot: QtBot
) -> None:
    show(inspector, desk, "S1")
    field = row(inspector, "known_through")
    type_into(qtbot, field, "S3")
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert isinstance(field.editor, Line) and field.editor.text() == "S3"
    reason = field.findChild(NotSaved)
    assert reason is not None and "S3" in reason.reason.words and reason.reason.words.startswith("Not saved")
    desk.perform("Add", lambda tx: commands.add_entity(tx, "source", title="The third"))
    click(qtbot, reason.retry)
    assert field.editor is None
    assert desk.of("S1").props["known_through"] == [desk.of("S3").id]


def test_a_number_of_another_type_is_refused(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    show(inspector, desk, "S1")
    type_into(qtbot, row(inspector, "known_through"), "A1")
    qtbot.keyClick(row(inspector, "known_through").editor, Qt.Key.Key_Return)
    assert row(inspector, "known_through").editor is not None
    assert desk.of("S1").props.get("known_through", []) == []


def test_what_is_not_saved_is_told_while_something_else_is_shown_and_found_again(
    inspector: Inspector, desk: Desk, qtbot: QtBot
) -> None:
    show(inspector, desk, "S1")
    type_into(qtbot, row(inspector, "known_through"), "S9")
    qtbot.keyClick(row(inspector, "known_through").editor, Qt.Key.Key_Return)
    show(inspector, desk, "C1")
    assert inspector.unsaved.isVisible() and "S1" in inspector.unsaved.words
    click(qtbot, inspector.unsaved)
    inspector.show_selected()
    field = row(inspector, "known_through")
    assert isinstance(field.editor, Line) and field.editor.text() == "S9"
    qtbot.keyClick(field.editor, Qt.Key.Key_Escape)
    assert field.editor is None and not inspector.drafts.held


def test_choosing_another_card_keeps_what_is_typed(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    show(inspector, desk, "C1")
    type_into(qtbot, row(inspector, "where"), "Kursk")
    show(inspector, desk, "C2")
    assert desk.of("C1").props["where"] == "Kursk"


def test_an_undo_elsewhere_refreshes_values_but_not_what_is_being_typed(
    inspector: Inspector, desk: Desk, qtbot: QtBot
) -> None:
    show(inspector, desk, "C1")
    c1 = desk.of("C1").id
    desk.perform("Change", lambda tx: commands.set_fields(tx, c1, where="Seoul"))
    assert row(inspector, "where").value.words == "Seoul"
    type_into(qtbot, row(inspector, "title"), "Half a sen")
    desk.session.undo()
    assert row(inspector, "where").value.words == "–"
    editor = row(inspector, "title").editor
    assert isinstance(editor, Lines) and editor.value() == "Half a sen"


def test_closing_the_window_keeps_what_stands_in_an_editor(desk: Desk, qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    inspector = Inspector(desk, window)
    window.setCentralWidget(inspector)
    window.show()
    qtbot.waitExposed(window)
    show(inspector, desk, "C1")
    type_into(qtbot, row(inspector, "where"), "Kursk")
    window.close()
    assert desk.of("C1").props["where"] == "Kursk"


def test_a_file_for_reading_only_shows_values_that_do_not_open(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.session.save_copy(tmp_path / "copy.db")
    with Session.open(tmp_path / "copy.db", read_only=True) as session:
        reading = Desk(session)
        inspector = Inspector(reading)
        qtbot.addWidget(inspector)
        show(inspector, reading, "C1")
        click(qtbot, row(inspector, "where").value)
        assert row(inspector, "where").editor is None


# -- links ---------------------------------------------------------------------------------------------------------


def test_more_than_a_field_takes_is_not_pasted_and_the_reason_stands_beneath(
    inspector: Inspector, desk: Desk, qtbot: QtBot
) -> None:
    show(inspector, desk, "C1")
    field = row(inspector, "title")
    click(qtbot, field.value)
    assert isinstance(field.editor, Lines)
    before = field.editor.value()
    QGuiApplication.clipboard().setText("x" * 1_000_000)
    qtbot.keyClick(field.editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.editor.value() == before
    assert "there is room for 100,000" in field.beneath.words and field.beneath.isVisible()


def test_a_very_long_line_is_not_cut_when_it_is_edited(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    a1, long = desk.of("A1").id, "x" * 40_000
    desk.perform("Change", lambda tx: commands.set_fields(tx, a1, role=long))
    show(inspector, desk, "A1")
    click(qtbot, row(inspector, "role").value)
    qtbot.keyClick(row(inspector, "role").editor, Qt.Key.Key_End)
    qtbot.keyClicks(row(inspector, "role").editor, "!")
    qtbot.keyClick(row(inspector, "role").editor, Qt.Key.Key_Return)
    assert desk.of("A1").props["role"] == long + "!"


def test_a_page_is_filled_from_the_top_and_what_stands_there_keeps_its_place(
    inspector: Inspector, desk: Desk, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: "Press a letter" in words(inspector))
    desk.show_entity(desk.of("C1").id)
    qtbot.waitUntil(lambda: isinstance(inspector.page, EntityPage))
    page, title = inspector.page, row(inspector, "title")
    assert isinstance(page, EntityPage)
    stood = title.mapTo(inspector, title.rect().topLeft())
    qtbot.waitUntil(lambda: "Write a comment…" in words(inspector))
    assert inspector.page is page and title.mapTo(inspector, title.rect().topLeft()) == stood
    step_by_step = words(inspector)
    again = Inspector(desk)
    again.begin()
    qtbot.addWidget(again)
    again.resize(inspector.size())
    again.show_selected()
    again.show()
    qtbot.waitExposed(again)
    assert sorted(words(again).split("\n")) == sorted(step_by_step.split("\n"))


def test_what_changes_while_a_page_is_filled_stands_there_once(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    desk.show_entity(desk.of("C1").id)
    qtbot.waitUntil(lambda: isinstance(inspector.page, EntityPage))
    desk.perform("Link", lambda tx: commands.link(tx, "related", desk.of("C1").id, desk.of("C2").id))
    qtbot.waitUntil(lambda: "scan of it.pdf" in words(inspector))
    assert isinstance(inspector.page, EntityPage)
    listed = [line.number.words for line in inspector.page.links.lines]
    assert "C2" in listed
    inspector.page.refresh()
    assert [line.number.words for line in inspector.page.links.lines] == listed and listed.count("A1") == 1


def test_workers_wait_while_the_page_before_goes(
    inspector: Inspector, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(giving_way, "LONGEST", 60.0)
    inspector.show_selected()
    assert inspector.page is not None
    before, told = inspector.page.parentWidget(), list[bool]()
    before.destroyed.connect(lambda: told.append(passes(0.02)))
    show(inspector, desk, "C1")
    giving_way.let_pass()
    qtbot.waitUntil(lambda: bool(told))
    giving_way.let_pass()
    assert told == [False]
