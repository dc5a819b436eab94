"""Seeing less of a board: the neighbourhood of a card, the path between two, what fits a search."""

from __future__ import annotations

from hands import CONTROL, SHIFT, Hand, Key, differing
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.ui.panels.search import Search
from evidenceboard.ui.window import Window


def select(hand: Hand, *numbers: str) -> None:
    hand.window.selection.set(cards=[hand.card(number).id for number in numbers])


def seen(hand: Hand) -> set[str]:
    """Return the numbers of the cards that show."""
    scene = hand.surface.scene
    return set(hand.document.numbers_of([scene.entity_ids[slot] for slot in scene.order().tolist()]))


def bright(hand: Hand) -> set[str]:
    """Return the numbers of the cards that do not recede."""
    scene, receding = hand.surface.scene, hand.surface.picture.receding
    found = [one for slot, one in enumerate(scene.entity_ids) if receding is None or not receding[slot]]
    return set(hand.document.numbers_of(found))


def strip(window: Window) -> str:
    return window.board.strip.text.text() if window.board.strip.isVisible() else ""


def search(window: Window, text: str) -> Search:
    panel = window.docks["search"].fill()
    assert isinstance(panel, Search)
    panel.field.setText(text)
    panel.search()
    return panel


# The board: S1 states C1, C1 supports C2, C2 bears on H1, A1 asserts C1; E1 stands alone.


def test_focus_shows_what_is_linked_and_goes_further_each_time(window: Window, hand: Hand) -> None:
    select(hand, "S1")
    with hand.nothing_changes():
        for shown, steps in (({"S1", "C1"}, 1), ({"S1", "C1", "C2", "A1"}, 2), ({"S1", "C1", "C2", "A1", "H1"}, 3)):
            hand.key(Key.Key_J, CONTROL)
            assert seen(hand) == shown
            assert strip(window) == f"Focus on S1 · {len(shown)} of 6 cards"
            assert [button.isChecked() for button in window.board.strip.steps] == [n == steps for n in (1, 2, 3)]
            assert window.status.hidden_cards.text() == f"{6 - len(shown)} hidden · show"
        assert "focus on S1" in window.status.hidden_cards.toolTip()
        hand.key(Key.Key_J, CONTROL)
        assert seen(hand) == {"S1", "C1"}
        hand.key(Key.Key_Escape)
    assert len(seen(hand)) == 6
    assert not strip(window)
    assert hand.selected() == {"S1"}


def test_focus_may_walk_along_evidence_only_and_ends_by_its_button(window: Window, hand: Hand) -> None:
    select(hand, "A1")
    with window.session.transaction("Relate") as tx:
        commands.link(tx, "related", hand.of("A1").id, hand.of("E1").id)
    window.run("focus_2")
    assert seen(hand) == {"A1", "E1", "C1", "C2", "S1"}
    window.board.strip.evidence.click()
    assert seen(hand) == {"A1", "C1", "C2", "S1"}
    window.board.strip.steps[0].click()
    assert seen(hand) == {"A1", "C1"}
    window.board.strip.close_.click()
    assert len(seen(hand)) == 6


def test_focus_follows_operations_and_says_what_has_no_card_here(window: Window, hand: Hand) -> None:
    select(hand, "S1")
    window.run("focus")
    with window.session.transaction("Add a source") as tx:
        other = commands.add_entity(tx, "source", title="Elsewhere")
        commands.link(tx, "cites", hand.of("S1").id, other.id)
        commands.link(tx, "states", hand.of("S1").id, hand.of("C2").id)
    assert seen(hand) == {"S1", "C1", "C2"}
    assert strip(window) == "Focus on S1 · 3 of 6 cards · 1 more has no card here"
    window.run("undo")
    assert seen(hand) == {"S1", "C1"}
    window.run("delete")
    assert len(seen(hand)) == 5
    assert not strip(window)


def test_showing_what_is_hidden_ends_the_focus_and_another_board_does_too(window: Window, hand: Hand) -> None:
    select(hand, "S1")
    window.run("focus")
    window.run("show_hidden")
    assert not strip(window)
    window.run("focus")
    window.run("next_board")
    window.run("previous_board")
    assert not strip(window)
    assert len(seen(hand)) == 6


def test_a_card_made_in_a_focus_is_seen_until_one_looks_elsewhere(window: Window, hand: Hand) -> None:
    select(hand, "S1")
    window.run("focus")
    window.run("add_note")
    hand.key(Key.Key_Escape)
    window.run("redo")
    hand.window.board.editor.finish()
    window.run("add_note")
    hand.type("Look here")
    hand.window.board.editor.finish()
    made = next(entity.number for entity in hand.document.entities if entity.title == "Look here")
    assert made in seen(hand)
    window.run("focus_2")
    assert made not in seen(hand)


def test_the_path_shines_with_its_links_forward_and_says_how_far_it_is(window: Window, hand: Hand) -> None:
    plain = hand.settled()
    select(hand, "S1", "H1")
    hand.key(Key.Key_P, CONTROL | SHIFT)
    assert bright(hand) == {"S1", "C1", "C2", "H1"}
    assert strip(window) in ("S1 to H1: 3 steps", "H1 to S1: 3 steps")
    wanted = {hand.link("S1", "C1").id, hand.link("C1", "C2").id, hand.link("C2", "H1").id}
    assert {hand.surface.scene.link_ids[index] for index in hand.surface.forward} == wanted
    assert len(seen(hand)) == 6
    assert differing(plain, hand.settled()) > 1000
    with window.session.transaction("Link") as tx:
        commands.link(tx, "bears on", hand.of("C1").id, hand.of("H1").id)
        commands.link(tx, "states", hand.of("S1").id, hand.of("C2").id)
    assert strip(window).endswith("2 steps, 2 ways")
    hand.key(Key.Key_Escape)
    assert bright(hand) == seen(hand)
    assert not hand.surface.forward


def test_where_nothing_leads_from_one_to_the_other_it_is_said(window: Window, hand: Hand) -> None:
    select(hand, "S1", "E1")
    window.run("path")
    assert hand.said() == "Nothing links S1 and E1 on this board."
    assert not strip(window)
    with window.session.transaction("Link elsewhere") as tx:
        away = commands.add_entity(tx, "note", title="Not on the board")
        for number in ("S1", "E1"):
            commands.link(tx, "related", hand.of(number).id, away.id)
    window.run("path")
    assert "2 steps apart, over what has no card here: N1" in hand.said()


def test_a_path_that_breaks_is_said_and_comes_back_with_undo(window: Window, hand: Hand) -> None:
    select(hand, "S1", "H1")
    window.run("path")
    before = strip(window)
    window.selection.set(links=[hand.link("C1", "C2").id])
    window.run("delete")
    assert strip(window).startswith("Nothing links")
    assert bright(hand) == {"S1", "H1"}
    window.run("undo")
    assert strip(window) == before
    select(hand, "H1")
    window.run("delete")
    assert not strip(window)
    assert bright(hand) == seen(hand)


def test_a_filter_and_a_focus_leave_each_card_out_once_and_esc_ends_one_after_the_other(
    window: Window, hand: Hand
) -> None:
    hand.key(Key.Key_F, CONTROL | SHIFT)
    panel = search(window, "type:claim,source,scenario")
    assert panel.field.hasFocus()
    assert panel.only.isChecked()
    assert seen(hand) == {"C1", "C2", "S1", "H1"}
    select(hand, "S1")
    window.run("focus_2")
    assert seen(hand) == {"S1", "C1", "C2"}
    assert window.status.hidden_cards.text() == "3 hidden · show"
    assert window.status.hidden_cards.toolTip().count(";") == 1
    window.board.setFocus()
    hand.key(Key.Key_Escape)
    assert seen(hand) == {"C1", "C2", "S1", "H1"}
    hand.key(Key.Key_Escape)
    assert len(seen(hand)) == 6
    assert not panel.field.text()


def test_folded_frames_and_a_filter_are_counted_once(window: Window, hand: Hand) -> None:
    with window.session.transaction("Fold") as tx:
        commands.collapse_frame(tx, hand.frame().id, True)
    panel = search(window, "type:claim")
    panel.only.setChecked(True)
    assert window.status.hidden_cards.text() == "4 hidden · show"
    window.run("show_hidden")
    assert window.status.hidden_cards.text() == "2 hidden · show"
    window.run("show_hidden")
    assert window.status.hidden_cards.text() == "no card hidden"


def test_all_that_is_selected_moves_or_goes_only_where_it_is_seen(window: Window, hand: Hand) -> None:
    panel = search(window, "type:claim")
    panel.only.setChecked(True)
    window.run("select_all")
    assert hand.selected() == {"C1", "C2"}
    window.run("select_linked")
    assert hand.selected() == {"C1", "C2"}
    window.run("delete")
    assert hand.numbers() == {"S1", "H1", "A1", "E1"}


def test_hits_shine_on_the_board_while_the_search_is_open(window: Window, hand: Hand, qtbot: QtBot) -> None:
    window.run("find")
    search(window, "type:claim")
    assert bright(hand) == {"C1", "C2"}
    assert len(seen(hand)) == 6
    window.docks["search"].close()
    assert bright(hand) == seen(hand)


def test_chain_focus_and_path_end_in_the_order_in_which_they_came_and_none_covers_another(
    window: Window, hand: Hand
) -> None:
    surface = hand.surface
    select(hand, "C1")
    window.run("chain")
    assert surface.top_taken == 0
    window.run("focus_3")
    assert surface.top_taken >= window.board.strip.height()
    select(hand, "S1", "H1")
    window.run("path")
    assert bright(hand) == {"C1", "S1"}, "what shines is in the chain and on the path"
    hand.key(Key.Key_Escape)
    assert strip(window).startswith("Focus on C1")
    assert surface.chain.claim_id
    hand.key(Key.Key_Escape)
    assert not strip(window)
    assert surface.top_taken == 0
    assert surface.chain.claim_id
    hand.key(Key.Key_Escape)
    assert not surface.chain.claim_id
    assert hand.selected() == {"S1", "H1"}


def test_esc_on_the_board_ends_what_the_legend_isolates(window: Window, hand: Hand) -> None:
    legend = window.board.legend
    legend.isolate("claim")
    assert bright(hand) == {"C1", "C2"}
    hand.surface.setFocus()
    hand.key(Key.Key_Escape)
    assert bright(hand) == seen(hand)
    legend.isolate("claim")
    assert bright(hand) == {"C1", "C2"}, "the legend still held what was ended"
    legend.end_isolation()
