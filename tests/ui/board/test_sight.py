"""Leaving cards out and letting them recede: the board shows it, the line below says it, the file knows nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hands import Hand, Key
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.model.scene import Scene
from evidenceboard.model.transaction import Transaction
from evidenceboard.ui.board import doings
from evidenceboard.ui.sight import Sight
from evidenceboard.ui.window import Window

pytestmark = pytest.mark.qt


def ids(hand: Hand, *numbers: str) -> list[str]:
    return [hand.of(number).id for number in numbers]


def test_cards_that_are_left_out_are_neither_seen_nor_hit_and_the_line_below_counts_them(
    window: Window, hand: Hand, qtbot: QtBot
) -> None:
    surface = window.board.surface
    before = surface.routes.points.copy()
    operations = window.session.operation_count()
    spot = surface.rect_of("C1").center()
    cards, links, _ = surface.scene.counts()
    assert surface.card_at(spot) == "C1"
    window.sight.only("test", ids(hand, "S1"), "only what I look at")
    assert surface.card_at(spot) is None
    assert not surface.routes.shown.any()
    assert np.array_equal(surface.routes.points, before), "a line moved because a card was left out"
    assert surface.scene.counts() == (cards, links, cards - 1)
    assert window.status.hidden_cards.text() == f"{cards - 1} hidden · show"
    assert "only what I look at" in window.status.hidden_cards.toolTip()
    window.run("show_hidden")
    assert surface.card_at(spot) == "C1"
    assert window.status.hidden_cards.text() == "no card hidden"
    assert surface.routes.shown.any()
    assert window.session.operation_count() == operations


def test_a_card_that_is_made_while_others_are_left_out_is_seen(window: Window, hand: Hand) -> None:
    surface = window.board.surface
    window.sight.only("test", ids(hand, "S1"))
    window.sight.bright("other", ids(hand, "S1"))
    card_id = doings.new_card(surface, "claim", 900.0, 900.0)
    assert card_id is not None
    slot = surface.scene.slot_of[card_id]
    assert surface.scene.shown[slot]
    assert surface.picture.receding is not None
    assert not surface.picture.receding[slot]


def test_cards_that_recede_are_paler_and_all_others_stay_as_they_are(window: Window, hand: Hand, qtbot: QtBot) -> None:
    surface = window.board.surface
    qtbot.waitUntil(surface.is_settled)
    before = {number: picture_of(window, number) for number in ("C1", "S1")}
    window.sight.bright("test", ids(hand, "S1"))
    qtbot.waitUntil(surface.is_settled)
    after = {number: picture_of(window, number) for number in ("C1", "S1")}
    assert darkness(after["C1"]) < darkness(before["C1"]) / 2
    assert np.abs(after["S1"].astype(int) - before["S1"]).max() < 24
    window.sight.bright("test", None)
    qtbot.waitUntil(surface.is_settled)
    assert np.array_equal(picture_of(window, "C1"), before["C1"])


def picture_of(window: Window, number: str) -> np.ndarray:
    """Return the pixels of a card as the board shows it."""
    surface = window.board.surface
    inside = surface.rect_of(number).adjusted(6, 3, -6, -3)
    image = surface.grab(inside).toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width()].copy()


def darkness(picture: np.ndarray) -> float:
    """Return how far the pixels are from each other, as ink is from paper."""
    return float(picture.astype(float).std())


@given(st.lists(st.sets(st.sampled_from("abcdef")), max_size=4))
def test_what_is_shown_is_in_every_wish(wishes: list[set[str]]) -> None:
    class Board:
        n = 6
        slot_of_entity = {name: place for place, name in enumerate("abcdef")}

    sight = Sight()
    for place, wish in enumerate(wishes):
        sight.only(str(place), wish)
    left_out = sight.left_out(Board())  # type: ignore[arg-type]
    for name, slot in Board.slot_of_entity.items():
        shown = left_out is None or not left_out[slot]
        assert shown == all(name in wish for wish in wishes)


def test_a_wish_outlives_undo_and_ends_when_it_is_taken_back(window: Window, hand: Hand) -> None:
    with window.session.transaction("Retitle a card") as tx:
        commands.set_fields(tx, hand.of("C1").id, title="Another title")
    window.sight.only("test", ids(hand, "C1"))
    window.run("undo")
    assert window.board.surface.scene.counts()[2] > 0
    window.sight.only("test", None)
    assert window.board.surface.scene.counts()[2] == 0


def test_a_part_that_has_its_answer_in_arrays_wishes_by_slots_on_every_board(window: Window, hand: Hand) -> None:
    asked: list[str] = []

    def the_first(scene: Scene) -> np.ndarray:
        asked.append(scene.board_id)
        return np.arange(scene.n) == 0

    window.sight.bright_cards("test", the_first)
    picture = window.board.surface.picture
    assert picture.receding is not None and picture.receding.tolist() == [False] + [True] * (len(picture.receding) - 1)
    made = doings.new_card(window.board.surface, "note", 900.0, 900.0)
    assert made is not None
    assert picture.receding is not None and not window.board.surface.picture.receding[-1]
    window.show_board(window.document.boards[1].id)
    assert asked[-1] == window.board_id
    window.sight.bright("test", None)
    assert window.board.surface.picture.receding is None


def test_esc_ends_the_gesture_then_what_was_wished_last_then_the_selection(window: Window, hand: Hand) -> None:
    ended: list[str] = []
    window.sight.ended.connect(ended.append)
    hand.click(hand.at("C1"))
    window.sight.only("first", ids(hand, "C1", "S1"), "a reason")
    window.sight.bright("second", ids(hand, "C1"))
    window.sight.only("first", ids(hand, "C1", "S1", "C2"), "a reason")
    hand.press(hand.at("C1"))
    hand.move(hand.at("C1") + hand.spot(90, 90) - hand.spot(0, 0))
    for expected in ([], ["second"], ["second", "first"]):
        hand.key(Key.Key_Escape)
        assert ended == expected
        assert hand.selected() == {"C1"}
    hand.key(Key.Key_Escape)
    assert not hand.selected()


def test_what_is_left_out_is_not_selected(window: Window, hand: Hand) -> None:
    window.run("select_all")
    window.sight.only("test", ids(hand, "C1", "S1"), "a reason")
    assert hand.selected() == {"C1", "S1"}
    window.selection.set(links=[hand.link("S1", "C1").id, hand.link("C1", "C2").id])
    window.sight.only("test", ids(hand, "C1", "S1", "H1"), "a reason")
    assert window.selection.links == {hand.link("S1", "C1").id}
    window.run("select_all")
    assert hand.selected() == {"C1", "S1", "H1"}
    window.selection.set(frames=[hand.frame().id])
    window.run("select_in_frame")
    assert not hand.selected()


def test_going_to_a_card_in_a_folded_frame_leads_to_the_frame_and_offers_to_open_it(window: Window, hand: Hand) -> None:
    frame, card = hand.frame(), hand.card("C2")

    def fold(tx: Transaction) -> None:
        commands.put_into_frame(tx, [card.id], frame.id)
        commands.collapse_frame(tx, frame.id, True)

    window.perform("Fold", fold)
    before = hand.newest()
    window.show_entity(card.entity_id)
    assert hand.newest() == before, "going somewhere changed the file"
    assert not hand.selected()
    assert window.selection.entity == card.entity_id
    assert "folded frame" in hand.said()
    surface = window.board.surface
    left, top, right, bottom = surface.scene.frame_box(0)
    assert surface.visible_area().contains(QRectF(left, top, right - left, bottom - top))
    opening = next(button for button in window.notices.findChildren(QPushButton) if button.text() == "Open the frame")
    opening.click()
    assert not hand.frame().collapsed
    assert hand.selected() == {"C2"}
    window.run("undo")
    assert hand.frame().collapsed


def test_going_to_a_card_that_is_left_out_shows_it_and_says_so(window: Window, hand: Hand) -> None:
    window.sight.only("test", ids(hand, "C1"), "a reason")
    window.show_entity(hand.of("C2").id)
    assert hand.selected() == {"C2"}
    assert window.board.surface.rect_of("C2").isValid()
    assert window.board.surface.scene.counts()[2] == 4
    assert "left out" in hand.said()
    window.sight.only("test", ids(hand, "C1", "S1"), "a reason")
    assert hand.selected() == {"C2"}, "a guest went because something else came"
    window.sight.only("test", ids(hand, "C1"), "another reason", anew=True)
    assert not hand.selected()
