"""Removing: what goes along is said, what hangs in the air is named, and undo brings everything back."""

from __future__ import annotations

from hands import SHIFT, Hand, Key
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from evidenceboard import commands
from evidenceboard.ui.window import Window, show_file


def offers(window: Window) -> list[QPushButton]:
    return [button for button in window.notices.findChildren(QPushButton) if button.isVisible()]


def test_a_card_is_deleted_with_its_links_and_the_banner_says_what_hangs_in_the_air(hand: Hand) -> None:
    hand.click(hand.at("S1"))
    with hand.one_step():
        hand.key(Key.Key_Delete)
        assert "S1" not in hand.numbers() and len(hand.document.links) == 3
        assert "1 link" in hand.said() and "C1" in hand.said()
    assert hand.of("C1").title.startswith("Lorries")


def test_the_banner_offers_to_undo(hand: Hand) -> None:
    before = hand.document.links
    hand.click(hand.at("S1"))
    hand.key(Key.Key_Delete)
    hand.qtbot.waitUntil(lambda: len(offers(hand.window)) == 1)
    (undo,) = offers(hand.window)
    assert undo.text() == "Undo"
    hand.qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert "S1" in hand.numbers() and {x.id for x in hand.document.links} == {x.id for x in before}
    assert hand.said() == ""
    assert not hand.surface.rect_of("S1").isEmpty()


def test_a_card_without_links_is_deleted_without_a_word(hand: Hand) -> None:
    hand.click(hand.at("E1"))
    with hand.one_step():
        hand.key(Key.Key_Delete)
        assert hand.said() == ""


def test_cards_links_and_frames_are_deleted_in_one_step_and_a_frame_lets_go_of_its_cards(hand: Hand) -> None:
    link, frame = hand.link("C1", "C2"), hand.frame()
    hand.window.selection.set(cards=[hand.card("E1").id], links=[link.id], frames=[frame.id])
    with hand.one_step():
        hand.key(Key.Key_Delete)
    assert not hand.links("C1", "C2") and not hand.document.frames and "E1" not in hand.numbers()
    assert hand.card("A1").frame_id is None


def test_a_link_alone_is_deleted_and_the_claim_without_a_source_is_named(hand: Hand) -> None:
    hand.click(hand.middle_of(hand.link("S1", "C1")))
    with hand.one_step():
        hand.key(Key.Key_Delete)
        assert "C1" in hand.said()
    assert not hand.links("S1", "C1")


def test_shift_delete_takes_off_the_board_and_leaves_the_entity_in_the_file(hand: Hand) -> None:
    hand.click(hand.at("C1"))
    with hand.one_step():
        hand.key(Key.Key_Delete, SHIFT)
    assert "C1" in hand.numbers() and hand.surface.rect_of("C1").isEmpty()
    assert len(hand.document.links) == 4


def test_an_entity_is_deleted_from_every_board(hand: Hand) -> None:
    second = hand.document.boards[1].id
    hand.window.perform("Place", lambda tx: commands.place(tx, second, hand.of("C1").id, x=0, y=0))
    hand.click(hand.at("C1"))
    with hand.one_step():
        hand.key(Key.Key_Delete)
    assert not hand.document.cards_on(second)


def test_what_was_deleted_can_be_brought_back_after_the_file_was_closed(hand: Hand, window: Window) -> None:
    hand.click(hand.at("S1"))
    hand.key(Key.Key_Delete)
    path = window.session.path
    window.close()
    again = show_file(path)
    again.run("undo")
    assert again.document.entity("S1").title == "Weekly report"
    assert again.board.surface.scene.linked.sum() == 4
    assert not again.board.surface.rect_of("S1").isEmpty()
