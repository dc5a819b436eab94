"""The inspector with real clicks and keys: words, editors in place, links, many things at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import LONG, Desk
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.model.records import Entity, Link
from evidenceboard.model.types import entity_type
from evidenceboard.session import Session
from evidenceboard.ui.panels.attachment_list import safe_name
from evidenceboard.ui.panels.editors import Choice, Line, Lines
from evidenceboard.ui.panels.entity_page import EntityPage
from evidenceboard.ui.panels.field_row import FieldRow, NotSaved
from evidenceboard.ui.panels.inspector import PANEL, Inspector
from evidenceboard.ui.panels.link_page import LinkPage
from evidenceboard.ui.panels.other_pages import FilePage, FramePage, ManyPage
from evidenceboard.ui.panels.prose import Prose, ProseButton
from evidenceboard.ui.panels.sections import Leading

NO_GRAB = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)
"""What the offscreen platform says when a list or menu opens."""


@pytest.fixture
def inspector(desk: Desk, qtbot: QtBot) -> Inspector:
    made = Inspector(desk)
    qtbot.addWidget(made)
    made.resize(300, 1600)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def show(inspector: Inspector, desk: Desk, number: str) -> EntityPage:
    desk.show_entity(desk.of(number).id)
    inspector.show_selected()
    assert isinstance(inspector.page, EntityPage)
    return inspector.page


def row(inspector: Inspector, key: str) -> FieldRow:
    assert inspector.page is not None
    found = inspector.page.form.row(key)
    assert found is not None
    return found


def words(inspector: Inspector) -> str:
    """Return everything that can be read in the inspector."""
    shown = [w.words for w in inspector.findChildren(Prose) if w.isVisible()]
    shown += [w.words for w in inspector.findChildren(ProseButton) if w.isVisible()]
    return "\n".join(shown)


def click(qtbot: QtBot, button: QAbstractButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def type_into(qtbot: QtBot, field: FieldRow, text: str) -> None:
    click(qtbot, field.value)
    assert isinstance(field.editor, Line | Lines)
    field.editor.selectAll()
    if text.isascii():
        qtbot.keyClicks(field.editor, text)
        return
    # Letters that no key of the test's keyboard bears come as they do from an input method.
    composed = QInputMethodEvent()
    composed.setCommitString(text)
    QApplication.sendEvent(field.editor, composed)


def line_to(inspector: Inspector, number: str) -> Leading:
    assert isinstance(inspector.page, EntityPage)
    return next(line for line in inspector.page.links.lines if line.number.words == number)


# -- in words ------------------------------------------------------------------------------------------------------


def test_a_claim_is_shown_in_words_and_without_form_fields(inspector: Inspector, desk: Desk) -> None:
    show(inspector, desk, "C1")
    said = words(inspector)
    for expected in ("Claim", "C1", "C3, possibly true", "2 reports", "TLP:CLEAR (from the file)", "not judged yet"):
        assert expected in said
    for expected in ("Stated by  2", "About  1", "Supports  1", "Scenarios", "I · inconsistent", "not assessed"):
        assert expected in said
    assert "“We can persuade them”" in said and "known through S1" in said
    assert not inspector.findChildren(QLineEdit) and not inspector.findChildren(QPlainTextEdit)


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
        wanted = ["title", *entity_type(desk.of(number).type).props.model_fields, "notes", "marking", "tags"]
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


def test_a_click_on_a_link_goes_to_the_other_end(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    show(inspector, desk, "C1")
    click(qtbot, line_to(inspector, "S1").title)
    assert desk.went_to[-1] == desk.of("S1").id
    qtbot.waitUntil(lambda: "S1" in words(inspector) and "States  1" in words(inspector))


def test_the_grade_leads_to_the_link_and_the_link_to_its_ends(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    show(inspector, desk, "C1")
    line = line_to(inspector, "S1")
    assert line.chip is not None and line.chip.accessibleName() == "C3"
    click(qtbot, line.chip)
    qtbot.waitUntil(lambda: isinstance(inspector.page, LinkPage))
    assert "S1 states C1" in words(inspector)
    assert row(inspector, "credibility").value.words == "3 · possibly true"
    type_into(qtbot, row(inspector, "hedge"), "reportedly")
    qtbot.keyClick(row(inspector, "hedge").editor, Qt.Key.Key_Return)
    assert any(link.props.get("hedge") == "reportedly" for link in desk.document.links)
    ends = inspector.findChildren(Leading)
    click(qtbot, ends[1].title)
    assert desk.went_to[-1] == desk.of("C1").id


def test_the_dots_of_a_link_show_it_by_keyboard(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    show(inspector, desk, "C1")
    more = line_to(inspector, "A1").more
    assert more is not None and more.accessibleName() == "Show the link with A1"
    more.setFocus()
    qtbot.keyClick(more, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(inspector.page, LinkPage))


@NO_GRAB
def test_a_scenario_is_weighed_where_it_is_listed(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    show(inspector, desk, "C1")
    beneath = line_to(inspector, "H2").beneath
    assert beneath is not None and beneath.words == "not assessed"
    click(qtbot, beneath)
    menu = next(menu for menu in inspector.findChildren(QMenu) if menu.isVisible())
    choice = next(act for act in menu.actions() if act.text() == "CC · very consistent")
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(choice).center())
    link = next(x for x in desk.document.links_into(desk.of("H2").id) if x.type == "bears on")
    assert desk.document.judged(link.id, "consistency") == "CC"
    assert link.from_id == desk.of("C1").id
    assert isinstance(inspector.page, EntityPage)
    inspector.page.links.judge(desk.of("H2").id, "II")
    assert desk.document.judged(link.id, "consistency") == "II"
    qtbot.waitUntil(lambda: "II · very inconsistent" in words(inspector))
    inspector.page.links.judge(desk.of("H2").id, "")
    assert desk.document.judged(link.id, "consistency") == ""


def select_link(inspector: Inspector, desk: Desk, type_id: str) -> Link:
    link = next(link for link in desk.document.links if link.type == type_id)
    desk.selection.set(links=[link.id])
    inspector.show_selected()
    assert isinstance(inspector.page, LinkPage)
    return link


def test_a_link_changes_its_type_among_those_that_fit(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    link = select_link(inspector, desk, "supports")
    field = row(inspector, "type")
    assert [value for value, _ in field.field.choices][:3] == ["supports", "contradicts", "depends on"]
    field.open()
    qtbot.keyClick(field.editor, Qt.Key.Key_Down)
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert desk.document.get(Link, link.id).type == "contradicts"
    qtbot.waitUntil(lambda: "C1 contradicts C2" in words(inspector))


def test_a_link_whose_id_changes_with_its_type_stays_shown(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    link = select_link(inspector, desk, "bears on")
    field = row(inspector, "type")
    field.open()
    assert isinstance(field.editor, Choice)
    qtbot.keyClick(field.editor, Qt.Key.Key_End)
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert desk.document.find("links", link.id) is None
    made = next(x for x in desk.document.links if x.type == "related")
    assert desk.selection.links == frozenset({made.id})
    qtbot.waitUntil(lambda: "C1 related H1" in words(inspector))


def test_a_link_is_removed_and_undone(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    link = select_link(inspector, desk, "about")
    button = next(b for b in inspector.findChildren(QPushButton) if b.text() == "Remove link")
    click(qtbot, button)
    assert desk.document.find("links", link.id) is None
    qtbot.waitUntil(lambda: isinstance(inspector.page, FilePage))
    desk.session.undo()
    assert desk.document.find("links", link.id) is not None


# -- several, frames, the file -------------------------------------------------------------------------------------


def test_several_cards_are_counted_and_marked_in_one_operation(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    cards = [
        card for number in ("C1", "C2", "S1") if (card := desk.document.card_on(desk.board_id, desk.of(number).id))
    ]
    desk.selection.set(cards=[card.id for card in cards])
    inspector.show_selected()
    assert isinstance(inspector.page, ManyPage)
    assert "3 cards" in words(inspector) and "Claims" in words(inspector)
    before = desk.session.operation_count()
    field = row(inspector, "marking")
    field.open()
    for _ in range(5):
        qtbot.keyClick(field.editor, Qt.Key.Key_Down)
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert [desk.of(number).marking for number in ("C1", "C2", "S1", "S2")] == ["TLP:RED"] * 3 + [""]
    assert desk.session.operation_count() == before + 1
    desk.session.undo()
    assert desk.of("C1").marking == ""


def test_tags_of_several_cards_are_added_and_taken_without_touching_the_others(
    inspector: Inspector, desk: Desk, qtbot: QtBot
) -> None:
    cards = [card for number in ("C1", "C2") if (card := desk.document.card_on(desk.board_id, desk.of(number).id))]
    desk.selection.set(cards=[card.id for card in cards])
    inspector.show_selected()
    assert row(inspector, "tags").value.words == "north"
    type_into(qtbot, row(inspector, "tags"), "winter")
    qtbot.keyClick(row(inspector, "tags").editor, Qt.Key.Key_Return)
    assert desk.of("C1").tags == ("troops", "winter") and desk.of("C2").tags == ("winter",)


def test_a_frame_shows_its_cards_and_folds(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    frame = desk.document.frames[0]
    desk.selection.set(frames=[frame.id])
    inspector.show_selected()
    assert isinstance(inspector.page, FramePage)
    assert "What is claimed" in words(inspector) and "2" in words(inspector)
    field = row(inspector, "collapsed")
    field.open()
    qtbot.keyClick(field.editor, Qt.Key.Key_Down)
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert desk.document.frames[0].collapsed
    type_into(qtbot, row(inspector, "title"), "Claims")
    qtbot.keyClick(row(inspector, "title").editor, Qt.Key.Key_Return)
    assert desk.document.frames[0].title == "Claims"


def test_with_nothing_selected_the_file_is_shown_and_its_title_can_be_changed(
    inspector: Inspector, desk: Desk, qtbot: QtBot
) -> None:
    assert isinstance(inspector.page, FilePage)
    assert "Winter" in words(inspector) and "Press a letter" in words(inspector)
    type_into(qtbot, row(inspector, "title"), "Winter 2024")
    qtbot.keyClick(row(inspector, "title").editor, Qt.Key.Key_Return)
    assert desk.document.setting("title") == "Winter 2024"
    desk.perform("Add", lambda tx: commands.add_entity(tx, "question", title="Who counted?"))
    assert "Questions" in words(inspector)


def test_a_removed_entity_leaves_the_inspector(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    show(inspector, desk, "C1")
    c1 = desk.of("C1").id
    desk.perform("Remove", lambda tx: commands.remove(tx, [c1]))
    qtbot.waitUntil(lambda: isinstance(inspector.page, FilePage))


def test_files_are_listed_and_saved_byte_for_byte(inspector: Inspector, desk: Desk, tmp_path: Path) -> None:
    page = show(inspector, desk, "C1")
    assert "scan of it.pdf" in words(inspector) and "application/pdf" in words(inspector)
    attachment = desk.document.attachments_of(desk.of("C1").id)[0]
    page.files.save(attachment, tmp_path / "out.pdf")
    assert (tmp_path / "out.pdf").read_bytes() == b"%PDF-1.4 scan"
    page.files.save(attachment, tmp_path / "nowhere" / "out.pdf")
    assert "could not be written" in desk.banners[-1]


def test_a_name_from_a_file_names_no_other_folder() -> None:
    assert safe_name("../../.bashrc") == "bashrc"
    assert safe_name("C:\\x\\a:b\u202e.pdf") == "a_b .pdf"
    assert safe_name("..") == "attachment"


def test_the_panel_stands_at_the_right_from_the_start(desk: Desk, qtbot: QtBot) -> None:
    assert PANEL.id == "inspector" and PANEL.area == "right" and PANEL.shown_at_first
    made = PANEL.make(desk)
    qtbot.addWidget(made)
    assert made.objectName() == "inspector"


def test_two_analysts_grades_both_stand_there(inspector: Inspector, desk: Desk) -> None:
    s1 = desk.of("S1").id
    desk.session.author_id = "b" * 32
    desk.perform("Grade", lambda tx: commands.set_fields(tx, s1, reliability="A"))
    show(inspector, desk, "S1")
    field = row(inspector, "reliability")
    assert field.value.words == "C · fairly reliable"
    assert "you: A" in field.beneath.words and "another analyst: C" in field.beneath.words


def test_an_unknown_type_of_entity_is_shown_plainly(inspector: Inspector, desk: Desk) -> None:
    made = desk.perform("Import", lambda tx: commands.add_entity(tx, "vessel", title="Angara", props={"flag": "RU"}))
    assert isinstance(made, Entity)
    show(inspector, desk, made.number)
    assert "Vessel" in words(inspector) and "flag" in words(inspector)
