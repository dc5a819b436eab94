"""Writing in place: what keeps, what puts back, what goes on, and the words of an input method."""

from __future__ import annotations

import pytest
from hands import CONTROL, SHIFT, Hand, Key
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from evidenceboard import commands
from evidenceboard.session import Session
from evidenceboard.ui.board import editor as writing
from evidenceboard.ui.board.written import FRAME_TITLE

EMPTY = QPoint(300, 680)


def test_a_double_click_writes_the_title_and_enter_keeps_it_as_one_step(hand: Hand) -> None:
    with hand.one_step():
        hand.double_click(hand.at("C1"))
        assert hand.editor.lines.toPlainText() == "Lorries carried 3,000 soldiers"
        hand.type("Lorries came")
        hand.key(Key.Key_Return)
    assert hand.of("C1").title == "Lorries came"
    assert not hand.editor.isVisible() and hand.surface.hasFocus()


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_F2])
def test_keys_write_the_title_of_the_selected_card(hand: Hand, key: Qt.Key) -> None:
    hand.click(hand.at("C1"))
    hand.key(key)
    hand.type("By key")
    hand.key(Key.Key_Enter)
    assert hand.of("C1").title == "By key"


def test_a_click_elsewhere_keeps_what_was_written(hand: Hand) -> None:
    with hand.one_step():
        hand.double_click(hand.at("C1"))
        hand.type("Kept by a click")
        hand.click(EMPTY)
    assert hand.of("C1").title == "Kept by a click"
    assert not hand.editor.isVisible()


def test_esc_puts_back_what_was_there_before(hand: Hand) -> None:
    with hand.nothing_changes():
        hand.double_click(hand.at("C1"))
        hand.type("Never mind")
        hand.key(Key.Key_Escape)
    assert not hand.editor.isVisible()


def test_esc_after_a_pause_puts_back_too_and_leaves_nothing_to_undo(hand: Hand) -> None:
    label = hand.window.session.undo_label()
    hand.double_click(hand.at("C1"))
    hand.type("Saved meanwhile")
    hand.qtbot.waitUntil(lambda: hand.of("C1").title == "Saved meanwhile")
    hand.key(Key.Key_Escape)
    assert hand.of("C1").title == "Lorries carried 3,000 soldiers"
    assert hand.window.session.undo_label() == label
    hand.window.run("redo")
    assert hand.of("C1").title == "Saved meanwhile"


@pytest.mark.parametrize("pause", [False, True])
def test_esc_on_a_new_card_takes_the_card_back(hand: Hand, pause: bool) -> None:
    before = hand.numbers()
    label = hand.window.session.undo_label()
    hand.key(Key.Key_N)
    hand.type("Not wanted")
    if pause:
        hand.qtbot.waitUntil(lambda: "Not wanted" in {e.title for e in hand.document.entities})
    hand.key(Key.Key_Escape)
    assert hand.numbers() == before
    assert hand.window.session.undo_label() == label
    assert not hand.editor.isVisible()


def test_shift_enter_breaks_the_line(hand: Hand) -> None:
    hand.double_click(hand.at("C1"))
    hand.type("First")
    hand.key(Key.Key_Return, SHIFT)
    hand.type("second")
    hand.key(Key.Key_Return)
    assert hand.of("C1").title == "First\nsecond"


def test_tab_goes_on_to_the_next_field_and_each_field_is_a_step(hand: Hand) -> None:
    hand.double_click(hand.at("A1"))
    with hand.one_step():
        hand.type("Ministry")
        hand.key(Key.Key_Tab)
    with hand.one_step():
        assert (hand.editor.label.text(), hand.editor.lines.toPlainText()) == ("Kind", "")
        hand.type("organisation")
        hand.key(Key.Key_Tab)
    assert hand.editor.label.text() == "Role"
    hand.type("speaker")
    hand.key(Key.Key_Backtab)
    assert hand.editor.lines.toPlainText() == "organisation"
    hand.key(Key.Key_Return)
    assert hand.of("A1").title == "Ministry"
    assert hand.of("A1").props == {"kind": "organisation", "role": "speaker"}


def test_esc_in_the_second_field_of_a_new_card_keeps_the_first(hand: Hand) -> None:
    hand.key(Key.Key_N)
    hand.type("Title stays")
    hand.key(Key.Key_Tab)
    hand.type("these notes go")
    hand.qtbot.waitUntil(lambda: hand.of("N1").notes == "these notes go")
    hand.key(Key.Key_Escape)
    assert (hand.of("N1").title, hand.of("N1").notes) == ("Title stays", "")


def test_what_is_typed_is_saved_after_a_pause_without_ending(hand: Hand) -> None:
    with hand.one_step():
        hand.double_click(hand.at("C1"))
        hand.type("Half a sen")
        hand.qtbot.waitUntil(lambda: hand.of("C1").title == "Half a sen")
        assert hand.editor.isVisible() and hand.editor.lines.hasFocus()
        with Session.open(hand.window.session.path, read_only=True) as other:
            assert other.document.entity("C1").title == "Half a sen"
        hand.type("tence")
        hand.key(Key.Key_Return)
    assert hand.of("C1").title == "Half a sentence"


def test_pasted_html_becomes_plain_text(hand: Hand) -> None:
    mime = QMimeData()
    mime.setHtml('<p style="color:red">Said <b>twice</b><img src="file:///etc/hostname"></p>')
    mime.setText("Said twice")
    QGuiApplication.clipboard().setMimeData(mime)
    hand.double_click(hand.at("C1"))
    hand.key(Key.Key_V, CONTROL)
    assert "<" not in hand.editor.lines.document().toPlainText()
    hand.key(Key.Key_Return)
    assert hand.of("C1").title == "Said twice"


def test_a_title_of_a_million_characters_is_refused_in_words_at_once_and_nothing_is_lost(hand: Hand) -> None:
    hand.double_click(hand.at("C1"))
    hand.type("Kept")
    QGuiApplication.clipboard().setText("x" * 1_000_000)
    hand.key(Key.Key_V, CONTROL)
    assert "1,000,004 characters" in hand.said() and "100,000" in hand.said()
    assert hand.editor.lines.toPlainText() == "Kept"
    hand.key(Key.Key_Return)
    assert hand.of("C1").title == "Kept"


@pytest.mark.parametrize("sign", ["x", "가"])
def test_the_longest_title_without_a_blank_does_not_stop_the_window(hand: Hand, sign: str) -> None:
    hand.double_click(hand.at("C1"))
    QGuiApplication.clipboard().setText(sign * 100_000)
    hand.key(Key.Key_V, CONTROL)
    hand.key(Key.Key_Backspace)
    hand.key(Key.Key_Return)
    assert hand.of("C1").title == sign * 99_999


def test_an_input_method_composes_hangul_and_enter_meanwhile_does_not_end_the_writing(hand: Hand) -> None:
    hand.double_click(hand.at("C1"))
    hand.compose("ㅎ")
    hand.compose("하")
    hand.key(Key.Key_Return)
    assert hand.editor.isVisible() and hand.of("C1").title.startswith("Lorries")
    hand.compose("", "한")
    hand.compose("국")
    QTest.qWait(writing.PAUSE + 200)
    assert hand.of("C1").title == "한", "what is being composed is not saved, what was composed is"
    hand.compose("", "국")
    assert hand.editor.lines.toPlainText() == "한국"
    hand.key(Key.Key_Return)
    assert hand.of("C1").title == "한국"


def test_a_click_elsewhere_keeps_what_is_being_composed(hand: Hand) -> None:
    hand.double_click(hand.at("C1"))
    hand.compose("", "드론")
    hand.compose("이")
    hand.click(EMPTY)
    assert hand.of("C1").title == "드론이"


def test_keys_of_the_board_are_letters_while_writing_and_ctrl_z_belongs_to_the_text(hand: Hand) -> None:
    before = hand.numbers()
    hand.double_click(hand.at("C1"))
    hand.type("case")
    hand.key(Key.Key_Z, CONTROL)
    assert hand.editor.lines.toPlainText() == "Lorries carried 3,000 soldiers"
    hand.key(Key.Key_A, CONTROL)
    hand.key(Key.Key_Delete)
    hand.key(Key.Key_Return)
    assert hand.of("C1").title == ""
    assert hand.numbers() == before


def test_the_title_of_a_frame_is_written_in_place(hand: Hand) -> None:
    frame = hand.frame()
    with hand.one_step():
        hand.double_click(hand.spot(frame.x + 100, frame.y + FRAME_TITLE / 2))
        hand.type("The south")
        hand.key(Key.Key_Return)
    assert hand.frame("The south").id == frame.id


def test_the_words_of_a_link_are_written_in_place(hand: Hand) -> None:
    link = hand.link("S1", "C1")
    with hand.one_step():
        hand.double_click(hand.middle_of(link))
        assert hand.editor.label.text() == "Quote"
        hand.type("We saw them")
        hand.key(Key.Key_Return)
    assert hand.link("S1", "C1").props["quote"] == "We saw them"


def test_the_editor_goes_when_its_card_goes_and_follows_when_the_board_is_moved(hand: Hand) -> None:
    hand.double_click(hand.at("C1"))
    place = hand.editor.pos()
    hand.surface.pan_by(-40, -24)
    assert hand.editor.pos() == place - QPoint(40, 24)
    hand.type("Half")
    card = hand.card("C1").id
    hand.window.perform("Take a card off", lambda tx: commands.take_off(tx, [card]))
    assert not hand.editor.isVisible()


def test_a_bare_may_in_a_judgement_is_underlined_and_said_and_in_a_source_it_is_not(hand: Hand) -> None:
    hand.double_click(hand.at("C1"))
    hand.key(Key.Key_End)
    hand.type(" and may come back")
    hand.qtbot.waitUntil(lambda: hand.editor.hint.isVisible())
    assert "“may”" in hand.editor.hint.text()
    hand.key(Key.Key_Return)
    assert hand.of("C1").title.endswith("may come back")
    hand.double_click(hand.at("S1"))
    hand.type("It may come back")
    hand.qtbot.wait(250)
    assert not hand.editor.hint.isVisible() and not hand.editor.lines.extraSelections()
    hand.key(Key.Key_Escape)
