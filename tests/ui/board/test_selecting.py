"""Choosing: by click, rubber band, keys; the same selection whatever the hand."""

from __future__ import annotations

import pytest
from hands import CONTROL, NONE, SHIFT, Hand, Key
from PySide6.QtCore import QPoint, Qt

EMPTY = QPoint(300, 680)


def test_a_click_chooses_a_card_and_a_click_on_empty_board_chooses_nothing(hand: Hand) -> None:
    with hand.nothing_changes():
        hand.click(hand.at("C1"))
        assert hand.selected() == {"C1"}
        hand.click(hand.at("S1"))
        assert hand.selected() == {"S1"}
        hand.click(EMPTY)
        assert not hand.window.selection


@pytest.mark.parametrize("held", [SHIFT, CONTROL])
def test_shift_click_adds_a_card_and_takes_it_away_again(hand: Hand, held: Qt.KeyboardModifier) -> None:
    hand.click(hand.at("C1"))
    hand.click(hand.at("H1"), held)
    assert hand.selected() == {"C1", "H1"}
    hand.click(hand.at("C1"), held)
    assert hand.selected() == {"H1"}
    hand.click(EMPTY, held)
    assert hand.selected() == {"H1"}, "beside the cards, nothing was added"


def test_the_rubber_band_chooses_what_it_touches_from_any_corner(hand: Hand) -> None:
    for start, end in ((QPoint(20, 130), QPoint(660, 60)), (QPoint(660, 60), QPoint(20, 130))):
        with hand.nothing_changes():
            hand.drag(start, end)
        assert hand.selected() == {"C1", "S1"}


def test_the_rubber_band_with_shift_adds_to_what_is_chosen(hand: Hand) -> None:
    hand.click(hand.at("H1"))
    hand.drag(QPoint(20, 60), QPoint(460, 130), SHIFT)
    assert hand.selected() == {"C1", "S1", "H1"}


def test_esc_gives_the_rubber_band_up_and_brings_the_selection_back(hand: Hand) -> None:
    hand.click(hand.at("H1"))
    hand.press(QPoint(20, 60))
    hand.move(QPoint(200, 100))
    hand.move(QPoint(460, 130))
    hand.key(Key.Key_Escape)
    hand.release(QPoint(460, 130))
    assert hand.selected() == {"H1"}


def test_a_press_inside_a_frame_beside_its_cards_starts_a_rubber_band(hand: Hand) -> None:
    hand.drag(QPoint(720, 130), QPoint(800, 210))
    assert hand.selected() == {"A1"}
    assert not hand.window.selection.frames


def test_all_cards_are_chosen_by_key_and_esc_lets_go_of_them(hand: Hand) -> None:
    hand.key(Key.Key_A, CONTROL)
    assert hand.selected() == {"A1", "C1", "C2", "E1", "H1", "S1"}
    hand.key(Key.Key_Escape)
    assert hand.selected() == set()


def test_arrows_walk_to_the_nearest_card_and_shift_takes_more(hand: Hand) -> None:
    hand.click(hand.at("C1"))
    walked = []
    for key in (Key.Key_Right, Key.Key_Down, Key.Key_Left, Key.Key_Up):
        hand.key(key)
        walked.append(hand.selected())
    assert walked == [{"S1"}, {"H1"}, {"C2"}, {"C1"}]
    hand.key(Key.Key_Right, SHIFT)
    hand.key(Key.Key_Right, SHIFT)
    assert hand.selected() == {"C1", "S1", "A1"}
    hand.key(Key.Key_Left)
    assert hand.selected() == {"S1"}


def test_the_first_arrow_takes_the_card_in_the_middle_and_what_is_walked_to_comes_into_view(hand: Hand) -> None:
    hand.key(Key.Key_Right)
    assert len(hand.selected()) == 1
    hand.click(hand.at("C1"))
    hand.surface.put_camera(1.0, -600.0, 0.0)
    hand.key(Key.Key_Right)
    hand.settled()
    assert hand.surface.rect().contains(hand.surface.rect_of("S1"))


def test_arrows_do_not_walk_past_the_last_card(hand: Hand) -> None:
    hand.click(hand.at("C1"))
    hand.key(Key.Key_Left)
    hand.key(Key.Key_Up)
    assert hand.selected() == {"C1"}


def test_a_link_is_chosen_by_a_click_on_its_line_and_shift_adds_another(hand: Hand) -> None:
    first, second = hand.link("C1", "C2"), hand.link("C2", "H1")
    hand.click(hand.middle_of(first))
    assert hand.window.selection.links == {first.id}
    hand.click(hand.middle_of(second), SHIFT)
    assert hand.window.selection.links == {first.id, second.id}
    hand.click(hand.middle_of(first), SHIFT)
    assert hand.window.selection.links == {second.id}


def test_a_frame_is_chosen_by_its_title_and_its_cards_by_a_command(hand: Hand) -> None:
    frame = hand.frame()
    hand.click(hand.spot(frame.x + 60, frame.y + 12))
    assert hand.window.selection.frames == {frame.id}
    hand.window.run("select_in_frame")
    assert hand.selected() == {"A1", "E1"}


def test_what_is_linked_is_chosen_by_key(hand: Hand) -> None:
    hand.click(hand.at("C1"))
    hand.key(Key.Key_L, CONTROL)
    assert hand.selected() == {"C1", "S1", "C2", "A1"}


def test_a_click_on_a_handle_without_a_drag_chooses_the_card(hand: Hand) -> None:
    with hand.nothing_changes():
        hand.click(hand.handle("C1"), NONE)
    assert hand.selected() == {"C1"}
    assert not hand.chooser.isVisible()


def test_the_chosen_card_is_ringed_and_the_others_links_recede(hand: Hand) -> None:
    plain = hand.settled()
    hand.click(hand.at("C2"))
    hand.move(EMPTY, button=Qt.MouseButton.NoButton)
    ringed = hand.settled()
    rect = hand.surface.rect_of("C2")
    ring = QPoint(rect.left() - 4, rect.center().y() + 10)
    assert ringed.pixelColor(ring) == hand.window.palette_.selection
    assert plain.pixelColor(ring) == hand.window.palette_.board
    spot = hand.middle_of(hand.link("A1", "C1"))
    assert ringed.copy(spot.x() - 30, spot.y() - 6, 60, 12) != plain.copy(spot.x() - 30, spot.y() - 6, 60, 12)
