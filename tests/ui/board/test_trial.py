"""Laying out in a real window: looked at first, kept as one step or not at all."""

from __future__ import annotations

import numpy as np
import pytest
from hands import Hand, Key, differing, records
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from evidenceboard import commands
from evidenceboard.model.layouts import METHODS
from evidenceboard.ui.actions import ACTIONS
from evidenceboard.ui.board.settling import MOST
from evidenceboard.ui.board.trial_strip import TrialStrip


def strip(hand: Hand) -> TrialStrip:
    return hand.surface.trial.strip


def begin(hand: Hand, way: str) -> None:
    """Lay out, and wait until it is looked at."""
    hand.window.run(f"layout_{way}")
    hand.qtbot.waitUntil(lambda: hand.surface.trial.is_shown)


def shown(hand: Hand) -> dict[str, tuple[int, int]]:
    """Return where cards are seen, in board units."""
    scene = hand.surface.scene
    return {card_id: (scene.box[0, slot], scene.box[1, slot]) for card_id, slot in scene.slot_of.items()}


def lying(hand: Hand) -> dict[str, tuple[float, float]]:
    """Return where the document has the cards of the board."""
    return {card.id: (card.x, card.y) for card in hand.document.cards_on(hand.window.board_id)}


@pytest.mark.parametrize("way", [method.id for method in METHODS])
def test_a_layout_is_seen_before_it_is_written_and_kept_as_one_step(hand: Hand, way: str) -> None:
    before, places = records(hand.document), lying(hand)
    steps = hand.window.session.operation_count()
    begin(hand, way)
    assert records(hand.document) == before
    trial = shown(hand)
    assert trial != places
    assert strip(hand).text().startswith(ACTIONS[f"layout_{way}"].text.removeprefix("Lay out: "))
    assert "6 cards" in strip(hand).text()
    hand.settled()
    QTest.keyClick(strip(hand), Key.Key_Return)
    assert lying(hand) == trial == shown(hand)
    assert not strip(hand).isVisible() and hand.window.session.operation_count() == steps + 1
    assert hand.newest().label.startswith("Lay out 6 cards")
    hand.window.run("undo")
    assert records(hand.document) == before and shown(hand) == places
    hand.window.run("redo")
    assert lying(hand) == trial


def test_esc_puts_everything_back_the_view_too(hand: Hand) -> None:
    before, places, picture = records(hand.document), lying(hand), hand.settled()
    begin(hand, "force")
    hand.settled()
    QTest.keyClick(strip(hand), Key.Key_Escape)
    assert records(hand.document) == before and shown(hand) == places
    assert not strip(hand).isVisible() and hand.surface.hasFocus()
    assert differing(hand.settled(), picture) == 0


def test_esc_and_enter_work_from_the_board_as_well(hand: Hand) -> None:
    begin(hand, "grid")
    hand.surface.setFocus()
    QTest.keyClick(hand.surface, Key.Key_Escape)
    assert not strip(hand).isVisible()
    begin(hand, "grid")
    hand.surface.setFocus()
    trial = shown(hand)
    QTest.keyClick(hand.surface, Key.Key_Return)
    assert lying(hand) == trial


def test_another_method_is_one_click_away_and_starts_from_what_is_in_the_file(hand: Hand) -> None:
    begin(hand, "layered")
    other = strip(hand).findChildren(QPushButton)
    next(button for button in other if button.text() == "Grid").click()
    hand.qtbot.waitUntil(lambda: hand.surface.trial.is_shown)
    assert strip(hand).text().startswith("Grid")
    trial = shown(hand)
    hand.surface.trial.back()
    begin(hand, "grid")
    assert shown(hand) == trial


def test_only_the_selected_cards_move_where_several_are_selected(hand: Hand) -> None:
    chosen = [hand.card(number).id for number in ("S1", "C1", "C2", "H1")]
    hand.window.selection.set(cards=chosen)
    begin(hand, "layered")
    moved = {card_id for card_id, place in shown(hand).items() if place != lying(hand)[card_id]}
    assert moved and moved <= set(chosen)


def test_the_selected_frame_is_laid_out_within_and_fits(hand: Hand) -> None:
    frame = hand.frame()
    hand.window.selection.set(frames=[frame.id])
    begin(hand, "grid")
    hand.surface.trial.keep()
    made, inside = hand.frame(), [hand.card("A1"), hand.card("E1")]
    assert (made.w, made.h) != (frame.w, frame.h)
    assert all(made.x < card.x and card.x + card.w < made.x + made.w for card in inside)
    assert all(made.y < card.y and card.y + card.h < made.y + made.h for card in inside)
    assert hand.card("C1").x == 40


def test_the_board_cannot_be_worked_on_while_a_layout_is_on_trial_but_looked_at(hand: Hand) -> None:
    begin(hand, "grid")
    hand.settled()
    before, trial, x = records(hand.document), shown(hand), hand.surface.camera.x
    at = hand.at("C1")
    hand.drag(at, hand.spot(at.x() + 200.0, at.y() + 150.0))
    hand.double_click(at)
    assert records(hand.document) == before and shown(hand) == trial and strip(hand).isVisible()
    hand.drag(at, hand.at("C1") * 0.5, button=Qt.MouseButton.MiddleButton)
    assert hand.surface.camera.x != x and strip(hand).isVisible()


def test_a_change_from_elsewhere_ends_the_trial_and_is_what_is_seen(hand: Hand) -> None:
    begin(hand, "force")
    card = hand.card("C1")
    hand.window.perform("Move", lambda tx: commands.move_cards(tx, [card.id], 40, 0))
    assert not strip(hand).isVisible()
    assert shown(hand) == lying(hand) and hand.card("C1").x == card.x + 40


def test_another_board_and_closing_end_the_trial(hand: Hand) -> None:
    begin(hand, "grid")
    hand.window.run("next_board")
    assert not strip(hand).isVisible() and shown(hand) == {}
    assert not hand.window.can("layout_grid")
    hand.window.run("next_board")
    hand.window.run("layout_force")
    hand.window.close()


def test_long_work_says_how_far_it_is_and_stops(hand: Hand) -> None:
    with hand.window.session.transaction("Fill") as tx:
        board = hand.window.board_id
        made = [commands.add_entity(tx, "claim", title=str(n)).id for n in range(700)]
        for n, entity_id in enumerate(made):
            commands.place(tx, board, entity_id, x=n * 10.0, y=2000.0)
            commands.link(tx, "supports", entity_id, made[n // 2])
    before = records(hand.document)
    hand.window.run("layout_force")
    assert strip(hand).text() == "Force · 0 %"
    assert hand.surface.trial.is_open and not hand.surface.trial.is_shown
    QTest.keyClick(strip(hand), Key.Key_Escape)
    assert not strip(hand).isVisible() and records(hand.document) == before
    QTest.qWait(50)
    assert not hand.surface.trial.is_open and shown(hand) == lying(hand)


def test_a_layout_that_is_refused_says_why_and_leaves_all_as_it_was(hand: Hand) -> None:
    with hand.window.session.transaction("Fill") as tx:
        for number in ("C1", "C2", "S1", "H1"):
            cards = [hand.card(number).id]
            commands.add_frame(tx, hand.window.board_id, title=number, x=-5e8, y=-5e8, w=1e9, h=1e9, cards=cards)
    before = records(hand.document)
    hand.window.run("layout_grid")
    hand.qtbot.waitUntil(lambda: not hand.surface.trial.is_open)
    assert "no room on the board" in hand.said()
    assert records(hand.document) == before and not strip(hand).isVisible()


def test_a_save_that_fails_leaves_the_cards_where_the_file_has_them(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(hand, "grid")
    before = records(hand.document)
    hand.window.session._file._connection.execute("pragma query_only=on")
    hand.surface.trial.keep()
    assert hand.said() and records(hand.document) == before
    assert shown(hand) == lying(hand) and not strip(hand).isVisible()


def test_pinned_cards_stay_and_show_it(hand: Hand) -> None:
    card = hand.card("C1")
    hand.window.selection.set(cards=[card.id])
    plain = hand.settled()
    hand.window.run("pin")
    assert hand.card("C1").pinned and hand.newest().label == "Pin 1 card"
    assert differing(hand.settled(), plain) > 20
    hand.window.selection.clear()
    begin(hand, "layered")
    assert shown(hand)[card.id] == (card.x, card.y) and shown(hand) != lying(hand)
    hand.surface.trial.back()
    hand.window.selection.set(cards=[card.id])
    assert hand.window.says(ACTIONS["pin"]) == "Unpin"
    hand.window.run("pin")
    assert not hand.card("C1").pinned
    assert differing(hand.settled(), plain) == 0


def test_more_cards_than_a_frame_has_time_for_are_shown_where_they_end_at_once(hand: Hand) -> None:
    settling = hand.surface.settling
    settling.begin(np.zeros((4, MOST + 1)))
    assert not settling.is_under_way
