"""Sizing, aligning, distributing, raising, lowering, and what frames do with their cards."""

from __future__ import annotations

import pytest
from hands import ALT, CONTROL, Hand, Key, differing
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from evidenceboard.model.frame_boxes import COLLAPSED_HEIGHT
from evidenceboard.model.records import Card

LEFT = Qt.MouseButton.LeftButton


def corner(hand: Hand, number: str) -> QPoint:
    rect = hand.surface.rect_of(number)
    return QPoint(rect.right(), rect.bottom())


def test_a_card_is_sized_by_its_corner(hand: Hand) -> None:
    hand.click(hand.at("C1"))
    before = hand.card("C1")
    with hand.one_step():
        hand.drag(corner(hand, "C1"), corner(hand, "C1") + QPoint(80, 64))
    after = hand.card("C1")
    assert (after.x, after.y) == (before.x, before.y)
    assert abs(after.w - before.w - 80) <= 8 and abs(after.h - before.h - 64) <= 8
    assert not after.fitted


def test_a_card_pulled_in_width_alone_stays_as_high_as_its_text_needs(hand: Hand) -> None:
    hand.click(hand.at("C1"))
    with hand.one_step():
        hand.drag(corner(hand, "C1"), corner(hand, "C1") + QPoint(-104, 0))
    after = hand.card("C1")
    assert after.fitted and after.w < 160
    hand.window.run("edit_title")
    hand.type("Short")
    hand.key(Key.Key_Return)
    assert hand.card("C1").h < after.h, "it follows the text again"


def test_esc_gives_sizing_up(hand: Hand) -> None:
    hand.click(hand.at("C1"))
    with hand.nothing_changes():
        hand.press(corner(hand, "C1"))
        hand.move(corner(hand, "C1") + QPoint(80, 80))
        hand.key(Key.Key_Escape)
        hand.release(corner(hand, "C1") + QPoint(80, 80))


def test_a_card_is_never_sized_to_nothing_and_alt_sizes_without_the_grid(hand: Hand) -> None:
    hand.click(hand.at("C1"))
    hand.drag(corner(hand, "C1"), corner(hand, "C1") + QPoint(-600, -600))
    assert (hand.card("C1").w, hand.card("C1").h) == (120, 56)
    hand.drag(corner(hand, "C1"), corner(hand, "C1") + QPoint(43, 13), ALT)
    assert hand.card("C1").w % 8 and abs(hand.card("C1").w - 163) <= 1


def test_a_frame_is_sized_by_its_corner_and_its_edge_and_its_cards_stay(hand: Hand) -> None:
    frame, actor = hand.frame(), hand.card("A1")
    low = hand.spot(frame.x + frame.w, frame.y + frame.h)
    with hand.one_step():
        hand.drag(low, low + QPoint(16, 80))
    assert (hand.frame().w, hand.frame().h) == (frame.w + 16, frame.h + 80)
    edge = hand.spot(frame.x, frame.y + 200)
    with hand.one_step():
        hand.drag(edge, edge + QPoint(-24, 5))
    assert (hand.frame().x, hand.frame().w, hand.frame().h) == (frame.x - 24, frame.w + 40, frame.h + 80)
    assert hand.card("A1") == actor


@pytest.mark.parametrize(
    ("side", "line"),
    [
        ("left", lambda card: card.x),
        ("centre", lambda card: card.x + card.w / 2),
        ("right", lambda card: card.x + card.w),
        ("top", lambda card: card.y),
        ("middle", lambda card: card.y + card.h / 2),
        ("bottom", lambda card: card.y + card.h),
    ],
)
def test_cards_are_lined_up_on_each_side(hand: Hand, side: str, line: object) -> None:
    for number in ("C1", "S1", "H1"):
        hand.click(hand.at(number), Qt.KeyboardModifier.ShiftModifier)
    hand.key(Key.Key_Right, CONTROL)
    with hand.one_step():
        hand.window.run(f"align_{side}")
    assert callable(line)
    assert len({round(line(hand.card(number)), 3) for number in ("C1", "S1", "H1")}) <= 2
    places = [line(hand.card(number)) for number in ("C1", "S1", "H1")]
    assert max(places) - min(places) <= 0.125


def test_gaps_are_made_equal_and_the_outermost_cards_stay(hand: Hand) -> None:
    for number in ("C1", "S1", "A1"):
        hand.click(hand.at(number), Qt.KeyboardModifier.ShiftModifier)
    ends = hand.card("C1").x, hand.card("A1").x
    with hand.one_step():
        hand.window.run("distribute_x")
    first, second, third = hand.card("C1"), hand.card("S1"), hand.card("A1")
    assert (first.x, third.x) == ends
    assert abs((second.x - first.x - first.w) - (third.x - second.x - second.w)) <= 0.25
    assert second.frame_id is None and third.frame_id == hand.frame().id


def test_a_card_is_brought_to_the_front_and_sent_to_the_back(hand: Hand) -> None:
    hand.drag(hand.at("H1"), hand.at("S1") + QPoint(0, 20), ALT)
    place = hand.at("S1") + QPoint(20, 10)
    assert hand.surface.card_at(place) == "H1"
    with hand.one_step():
        hand.key(Key.Key_BracketLeft, CONTROL)
    assert hand.surface.card_at(place) == "S1"
    with hand.one_step():
        hand.key(Key.Key_BracketRight, CONTROL)
    assert hand.surface.card_at(place) == "H1"


def test_a_frame_is_put_around_the_selection_and_its_title_is_written(hand: Hand) -> None:
    hand.click(hand.at("C1"))
    hand.click(hand.at("C2"), Qt.KeyboardModifier.ShiftModifier)
    with hand.one_step():
        hand.key(Key.Key_G, CONTROL)
        hand.type("Claims")
        hand.key(Key.Key_Return)
    frame = hand.frame("Claims")
    assert {hand.card(number).frame_id for number in ("C1", "C2")} == {frame.id}
    for number in ("C1", "C2"):
        card = hand.card(number)
        assert frame.x < card.x and card.x + card.w < frame.x + frame.w
        assert frame.y < card.y and card.y + card.h < frame.y + frame.h


def test_esc_takes_a_frame_back_that_was_just_made(hand: Hand) -> None:
    label = hand.window.session.undo_label()
    hand.click(QPoint(300, 680))
    hand.key(Key.Key_F)
    assert len(hand.document.frames) == 2
    hand.key(Key.Key_Escape)
    assert len(hand.document.frames) == 1
    assert hand.window.session.undo_label() == label


def test_a_folded_frame_hides_its_cards_says_so_and_shows_them_again(hand: Hand) -> None:
    before = hand.settled()
    frame = hand.frame()
    hand.click(hand.spot(frame.x + 60, frame.y + 12))
    with hand.one_step():
        hand.key(Key.Key_Period, CONTROL)
    assert hand.frame().collapsed
    assert hand.surface.card_at(hand.at("E1")) is None
    status = hand.window.status.hidden_cards
    assert status.text().startswith("2 hidden") and status.text().endswith("· show") and status.isEnabled()
    index = hand.surface.scene.index_of[hand.link("A1", "C1").id]
    start = hand.surface.routes.points[0, :, index]
    assert frame.y - 3 <= start[1] <= frame.y + COLLAPSED_HEIGHT + 3, "the link ends at the bar"
    assert frame.x - 3 <= start[0] <= frame.x + frame.w + 3
    with hand.one_step():
        QTest.mouseClick(status, LEFT)
    assert not hand.frame().collapsed
    assert status.text() == "no card hidden"
    hand.window.selection.clear()
    hand.move(QPoint(300, 680), button=Qt.MouseButton.NoButton)
    assert differing(hand.settled(), before) == 0


def test_cards_that_a_frame_hides_are_not_chosen_moved_or_deleted_unseen(hand: Hand) -> None:
    frame = hand.frame()
    hand.click(hand.at("A1"))
    hand.click(hand.at("C1"), Qt.KeyboardModifier.ShiftModifier)
    hand.window.selection.set(cards=hand.window.selection.cards, frames=[frame.id])
    hand.window.run("collapse")
    assert hand.selected() == {"C1"}
    hand.key(Key.Key_A, CONTROL)
    assert hand.selected() == {"C1", "C2", "H1", "S1"}
    hand.key(Key.Key_Delete)
    assert "A1" in hand.numbers() and "E1" in hand.numbers()


def test_a_folded_frame_is_moved_with_what_it_hides(hand: Hand) -> None:
    frame, actor = hand.frame(), hand.card("A1")
    hand.click(hand.spot(frame.x + 60, frame.y + 12))
    hand.window.run("collapse")
    start = hand.spot(frame.x + 60, frame.y + 12)
    with hand.one_step():
        hand.drag(start, start + QPoint(0, 160), ALT)
    moved = hand.card("A1")
    assert isinstance(moved, Card) and (moved.x, moved.y) == (actor.x, actor.y + 160)
    assert moved.frame_id == frame.id
