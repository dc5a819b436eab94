"""New cards: dragged or clicked from the rail, by a letter under any layout, by a double-click, from the next card."""

from __future__ import annotations

import pytest
from hands import CONTROL, LEFT, NONE, Hand, Key
from PySide6.QtCore import QByteArray, QEvent, QMimeData, QPoint, QPointF, QTimer
from PySide6.QtGui import QCursor, QDrag, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from evidenceboard.model.types import TYPES
from evidenceboard.ui.rail import MIME
from evidenceboard.ui.window import Window, show_file

EMPTY = QPoint(300, 680)
"""A place of the board on which nothing lies."""
SCAN_CODES = {"C": 54, "S": 39, "A": 38, "N": 57, "P": 33}
"""X11 codes of the keys that bear these letters on a Latin layout."""


def type_mime(type_id: str) -> QMimeData:
    mime = QMimeData()
    mime.setData(MIME, QByteArray(type_id.encode()))
    return mime


def writes(hand: Hand) -> bool:
    """Tell whether the editor is open and has the keys."""
    return hand.editor.isVisible() and hand.editor.lines.hasFocus()


def test_a_type_dragged_from_the_rail_becomes_a_card_where_it_was_dropped_and_is_written_at_once(hand: Hand) -> None:
    with hand.one_step():
        assert hand.drop(type_mime("claim"), EMPTY)
        assert writes(hand)
        hand.type("A new claim")
        hand.key(Key.Key_Return)
        assert hand.selected() == {"C3"}
    made = hand.of("C3")
    assert made.title == "A new claim"
    assert hand.surface.rect_of("C3").contains(EMPTY)


def test_a_type_that_is_none_is_not_taken(hand: Hand) -> None:
    with hand.nothing_changes():
        assert not hand.drop(type_mime("vessel"), EMPTY)


def test_a_type_dropped_on_a_frame_belongs_to_it(hand: Hand) -> None:
    hand.drop(type_mime("place"), hand.spot(860, 300))
    hand.key(Key.Key_Return)
    assert hand.card("P1").frame_id == hand.frame().id


@pytest.mark.parametrize("place", range(len(TYPES)))
def test_each_type_of_the_rail_can_be_clicked(hand: Hand, place: int) -> None:
    before = hand.numbers()
    with hand.one_step():
        QTest.mouseClick(hand.window.rail.buttons[place], LEFT)
        assert writes(hand)
        hand.key(Key.Key_Return)
    (made,) = hand.numbers() - before
    assert hand.of(made).type == TYPES[place].id
    others = [hand.surface.rect_of(number) for number in before]
    assert not any(hand.surface.rect_of(made).intersects(rect) for rect in others), "it lies on another card"


@pytest.mark.parametrize("kind", TYPES, ids=[kind.id for kind in TYPES])
def test_its_letter_makes_a_card_of_each_type(hand: Hand, kind: object) -> None:
    before = hand.numbers()
    with hand.one_step():
        hand.key(getattr(Key, f"Key_{kind.key}"))
        assert writes(hand)
        hand.type(f"{kind.word} by key")
        hand.key(Key.Key_Return)
    (made,) = hand.numbers() - before
    assert (hand.of(made).type, hand.of(made).title) == (kind.id, f"{kind.word} by key")


@pytest.mark.parametrize(
    ("letter", "key", "text"),
    [
        ("C", 0x0421, "с"),
        ("S", 0x0406, "і"),
        ("A", 0x0424, "ф"),
        ("C", 0x314A, "ㅊ"),
        ("S", 0x3134, "ㄴ"),
        ("N", 0x315C, "ㅜ"),
    ],
)
def test_letters_work_by_the_place_of_the_key_under_cyrillic_and_hangul_layouts(
    hand: Hand, letter: str, key: int, text: str
) -> None:
    before = hand.numbers()
    hand.foreign_key(key, SCAN_CODES[letter], text)
    (made,) = hand.numbers() - before
    assert made.startswith(letter)
    assert writes(hand)


def test_a_letter_puts_the_card_where_the_pointer_is_also_after_the_board_was_moved(hand: Hand) -> None:
    QCursor.setPos(hand.surface.mapToGlobal(EMPTY))
    hand.click(EMPTY)
    hand.surface.pan_by(-200, -100)
    hand.key(Key.Key_N)
    hand.key(Key.Key_Return)
    rect = hand.surface.rect_of("N1")
    assert rect.contains(EMPTY), (rect, EMPTY)


def test_a_double_click_on_empty_board_asks_for_the_type_and_one_key_answers(hand: Hand) -> None:
    with hand.nothing_changes():
        hand.double_click(EMPTY)
        assert hand.chooser.isVisible() and hand.chooser.hasFocus()
        assert [choice.key for choice in hand.chooser.choices] == ["C", *(k.key for k in TYPES if k.id != "claim")]
    with hand.one_step():
        hand.key(Key.Key_Q)
        assert writes(hand)
        hand.type("Who paid?")
        hand.key(Key.Key_Return)
    assert hand.of("Q1").title == "Who paid?"
    assert hand.surface.rect_of("Q1").contains(EMPTY)


def test_the_question_for_a_type_is_answered_by_arrows_click_or_not_at_all(hand: Hand) -> None:
    hand.double_click(EMPTY)
    hand.key(Key.Key_Down)
    hand.key(Key.Key_Return)
    hand.key(Key.Key_Return)
    first = hand.chooser.choices[1].value
    assert [e.type for e in hand.document.entities][-1] == first
    with hand.nothing_changes():
        hand.double_click(EMPTY + QPoint(300, 0))
        hand.key(Key.Key_Escape)
        assert not hand.chooser.isVisible() and hand.surface.hasFocus()
        hand.double_click(EMPTY + QPoint(300, 0))
        hand.click(QPoint(900, 640))
        assert not hand.chooser.isVisible()
    hand.double_click(EMPTY + QPoint(300, 0))
    QTest.mouseClick(hand.chooser, LEFT, NONE, QPoint(60, 30 + 14))
    assert [e.type for e in hand.document.entities][-1] == "claim"


def test_under_a_hangul_layout_the_question_is_answered_by_the_place_of_the_key(hand: Hand) -> None:
    hand.double_click(EMPTY)
    hand.foreign_key(0x3134, SCAN_CODES["S"], "ㄴ")
    assert "S2" in hand.numbers()


def test_ctrl_enter_makes_the_next_linked_card_and_so_on(hand: Hand) -> None:
    hand.click(hand.at("H1"))
    hand.surface.put_camera(1.0, 300.0, 300.0)
    before = hand.numbers()
    with hand.one_step():
        hand.key(Key.Key_Return, CONTROL)
        assert writes(hand)
        hand.type("Another scenario")
        hand.key(Key.Key_Return)
    (made,) = hand.numbers() - before
    (link,) = hand.links("H1", made)
    assert link.type == "related"
    hand.click(hand.at("S1"))
    hand.key(Key.Key_F2)
    hand.key(Key.Key_Return, CONTROL)
    hand.type("It said so")
    hand.key(Key.Key_Return, CONTROL)
    hand.type("And therefore")
    hand.key(Key.Key_Return)
    assert [(hand.of(n).title, hand.of(n).type) for n in ("C3", "C4")] == [
        ("It said so", "claim"), ("And therefore", "claim"),
    ]  # fmt: skip
    assert hand.link("S1", "C3").type == "states"
    assert hand.link("C3", "C4").type == "supports"


def test_new_cards_are_in_the_file_when_it_is_opened_again(hand: Hand, window: Window) -> None:
    hand.key(Key.Key_N)
    hand.type("Remember the bridge")
    path = window.session.path
    window.close()
    again = show_file(path)
    assert again.document.entity("N1").title == "Remember the bridge"
    assert not again.board.surface.rect_of("N1").isEmpty()


def test_a_type_dragged_off_the_rail_and_let_go_nowhere_makes_no_card(hand: Hand) -> None:
    button = hand.window.rail.buttons[0]
    with hand.nothing_changes():
        QTest.mousePress(button, LEFT, NONE, QPoint(20, 20))
        far = QPoint(60, 40)
        # On a screen the drag goes on until somebody ends it; offscreen it is over at once.
        end = QTimer()
        end.timeout.connect(QDrag.cancel)
        end.start(100)
        QApplication.sendEvent(
            button,
            QMouseEvent(QEvent.Type.MouseMove, QPointF(far), QPointF(button.mapToGlobal(far)), LEFT, LEFT, NONE),
        )
        end.stop()
        assert not button.isDown()
        QTest.mouseRelease(button, LEFT, NONE, QPoint(20, 20))
