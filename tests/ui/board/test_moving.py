"""Moving cards by hand and by key: thresholds, guides, frames that own cards, and one step however many they are."""

from __future__ import annotations

from hands import ALT, CONTROL, NONE, SHIFT, Hand, Key, differing
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from evidenceboard import commands


def test_a_card_goes_where_it_is_dragged(hand: Hand) -> None:
    before = hand.card("C1")
    with hand.one_step():
        hand.drag(hand.at("C1"), hand.at("C1") + QPoint(80, 160))
    after = hand.card("C1")
    assert (after.x - before.x, after.y - before.y) == (80, 160)
    assert hand.selected() == {"C1"}


def test_a_press_that_trembles_is_a_click_and_no_move(hand: Hand) -> None:
    with hand.nothing_changes():
        hand.drag(hand.at("C1"), hand.at("C1") + QPoint(3, 3))
    assert hand.selected() == {"C1"}


def test_esc_puts_a_dragged_card_back(hand: Hand) -> None:
    hand.click(hand.at("C1"))
    before = hand.settled()
    with hand.nothing_changes():
        hand.press(hand.at("C1"))
        hand.move(hand.at("C1") + QPoint(60, 60))
        hand.move(hand.at("C1") + QPoint(200, 120))
        hand.key(Key.Key_Escape)
        hand.release(hand.at("C1") + QPoint(200, 120))
    assert hand.selected() == {"C1"}
    assert differing(hand.settled(), before) == 0


def test_a_card_is_drawn_to_the_edge_of_another_and_alt_moves_it_freely(hand: Hand) -> None:
    hand.drag(hand.at("C2"), hand.at("C2") + QPoint(3, 40))
    assert hand.card("C2").x == hand.card("C1").x
    with hand.one_step():
        hand.drag(hand.at("C2"), hand.at("C2") + QPoint(13, 41), ALT, pressed=NONE)
    assert (hand.card("C2").x, hand.card("C2").y) == (53, 481)


def test_a_card_dragged_into_a_frame_belongs_to_it_and_dragged_out_no_longer(hand: Hand) -> None:
    frame = hand.frame()
    with hand.one_step():
        hand.drag(hand.at("S1"), hand.at("S1") + QPoint(360, 200))
    assert hand.card("S1").frame_id == frame.id
    with hand.one_step():
        hand.drag(hand.at("A1"), hand.at("A1") + QPoint(-300, 80))
    assert hand.card("A1").frame_id is None
    with hand.one_step():
        hand.drag(hand.at("E1"), hand.at("E1") + QPoint(16, 40))
    assert hand.card("E1").frame_id == frame.id


def test_ctrl_and_arrows_move_by_the_grid_and_with_shift_by_a_unit(hand: Hand) -> None:
    hand.click(hand.at("H1"))
    before = hand.card("H1")
    with hand.one_step():
        hand.key(Key.Key_Right, CONTROL)
    with hand.one_step():
        hand.key(Key.Key_Up, CONTROL | SHIFT)
    after = hand.card("H1")
    assert (after.x - before.x, after.y - before.y) == (8, -1)


def test_several_cards_move_together_and_keep_their_places_among_themselves(hand: Hand) -> None:
    hand.click(hand.at("C1"))
    hand.click(hand.at("H1"), SHIFT)
    with hand.one_step():
        hand.drag(hand.at("H1"), hand.at("H1") + QPoint(40, 80))
    assert hand.selected() == {"C1", "H1"}
    assert (hand.card("H1").x - hand.card("C1").x, hand.card("H1").y - hand.card("C1").y) == (360, 320)


def test_a_click_on_one_of_several_selected_cards_chooses_it_alone(hand: Hand) -> None:
    hand.click(hand.at("C1"))
    hand.click(hand.at("H1"), SHIFT)
    hand.click(hand.at("C1"))
    assert hand.selected() == {"C1"}


def test_a_frame_is_moved_by_its_title_with_the_cards_that_it_owns(hand: Hand) -> None:
    frame, actor, source = hand.frame(), hand.card("A1"), hand.card("S1")
    title = hand.spot(frame.x + 100, frame.y + 12)
    with hand.one_step():
        hand.drag(title, title + QPoint(-24, 48))
    assert (hand.frame().x, hand.frame().y) == (frame.x - 24, frame.y + 48)
    assert (hand.card("A1").x, hand.card("A1").y) == (actor.x - 24, actor.y + 48)
    assert hand.card("A1").frame_id == frame.id
    assert hand.card("S1") == source


def test_a_thousand_cards_move_in_one_step_that_is_one_row_of_the_log(hand: Hand) -> None:
    def add(tx: commands.Transaction) -> None:
        for place in range(1000):
            note = commands.add_entity(tx, "note", title=f"Note {place}")
            commands.place(tx, hand.window.board_id, note.id, x=2000 + place % 40 * 260, y=place // 40 * 140)

    hand.window.perform("Add cards", add)
    notes = [card for card in hand.document.cards_on(hand.window.board_id) if hand.of(card.entity_id).type == "note"]
    hand.surface.put_camera(0.05, 0, 0)
    hand.window.selection.set(cards=[card.id for card in notes])
    start = hand.spot(notes[0].x + 100, notes[0].y + 40)
    with hand.one_step():
        hand.drag(start, start + QPoint(40, 20))
    hand.window.run("undo")
    hand.window.run("redo")
    (change,) = hand.newest().changes
    assert len(change.ids()) == 1000
    moved = hand.card(hand.of(notes[7].entity_id).number)
    assert moved.x > notes[7].x + 700


def test_a_second_button_let_go_during_a_drag_does_not_drop_the_cards(hand: Hand) -> None:
    before, start = hand.card("C1"), hand.at("C1")
    hand.press(start)
    hand.move(start + QPoint(80, 0))
    hand.release(start + QPoint(80, 0), button=Qt.MouseButton.RightButton)
    assert hand.card("C1") == before
    hand.move(start + QPoint(80, 160))
    hand.release(start + QPoint(80, 160))
    assert hand.card("C1").y == before.y + 160


def test_undo_by_key_during_a_drag_ends_the_drag(hand: Hand) -> None:
    hand.drag(hand.at("C1"), hand.at("C1") + QPoint(0, 160))
    hand.press(hand.at("S1"))
    hand.move(hand.at("S1") + QPoint(40, 160))
    hand.key(Key.Key_Z, CONTROL)
    with hand.nothing_changes():
        hand.release(hand.at("S1") + QPoint(40, 160))
    assert hand.card("C1").y == 80


def test_a_card_taken_out_of_the_selection_is_not_dragged(hand: Hand) -> None:
    hand.click(hand.at("C1"))
    with hand.nothing_changes():
        hand.drag(hand.at("C1"), hand.at("C1") + QPoint(0, 160), NONE, pressed=SHIFT)
    assert hand.said() == ""


def test_a_dragged_card_is_seen_where_the_hand_has_it_and_its_links_with_it(hand: Hand) -> None:
    hand.click(hand.at("H1"))
    before, was = hand.settled(), hand.surface.rect_of("H1")
    start = hand.at("H1")
    hand.press(start)
    hand.move(start + QPoint(10, 10), ALT)
    hand.move(start + QPoint(0, 160), ALT)
    QTest.qWait(100)
    during = hand.surface.grab().toImage()
    rect = hand.surface.rect_of("H1").adjusted(4, 4, -4, -4)
    far = rect.top() - (was.top() + 4)
    assert 150 < far < 170
    assert during.copy(rect) == before.copy(rect.translated(0, -far))
    assert during.copy(was) != before.copy(was)
    hand.release(start + QPoint(0, 160), ALT)
    assert hand.card("H1").y == 400 + far
    assert hand.settled().copy(rect) == during.copy(rect)
