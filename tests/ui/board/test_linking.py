"""Links by hand: drawn from a handle, hung elsewhere by an end, turned round, written on; and how their lines lie."""

from __future__ import annotations

import numpy as np
import pytest
from hands import CONTROL, SHIFT, Hand, Key
from PySide6.QtCore import QPoint, QPointF, Qt

from evidenceboard import commands
from evidenceboard.model.beziers import flattened
from evidenceboard.model.link_types import fitting
from evidenceboard.ui.board import overlay

EMPTY = QPoint(300, 680)
NO_BUTTON = Qt.MouseButton.NoButton


def end_of(hand: Hand, start: str, end: str, *, first: bool = False) -> QPoint:
    """Return the round end of a link, in pixels."""
    index = hand.surface.scene.index_of[hand.link(start, end).id]
    return overlay.link_path(hand.surface, index).pointAtPercent(0.0 if first else 1.0).toPoint()


def test_a_drag_from_a_handle_to_a_card_offers_what_fits_likeliest_first_and_one_key_links(hand: Hand) -> None:
    with hand.nothing_changes():
        hand.drag(hand.handle("S1", "bottom"), hand.at("C2"))
        assert hand.chooser.isVisible() and hand.chooser.hasFocus()
    kinds = [choice.value for choice in hand.chooser.choices]
    assert kinds == fitting("source", "claim")
    assert [choice.text for choice in hand.chooser.choices] == ["states", "denies", "related"]
    with hand.one_step():
        hand.key(Key.Key_D)
        link = hand.link("S1", "C2")
        assert (link.type, hand.window.selection.links) == ("denies", {link.id})


def test_enter_takes_the_likeliest_and_esc_none(hand: Hand) -> None:
    with hand.nothing_changes():
        hand.drag(hand.handle("S1", "bottom"), hand.at("C2"))
        hand.key(Key.Key_Escape)
    with hand.one_step():
        hand.drag(hand.handle("S1", "bottom"), hand.at("C2"))
        hand.key(Key.Key_Return)
    assert hand.link("S1", "C2").type == "states"


@pytest.mark.parametrize("side", ("right", "bottom"))
def test_a_small_card_is_held_by_its_inside_and_linked_by_the_handles_beside_it(hand: Hand, side: str) -> None:
    surface, beside = hand.surface, QPoint(7, 0) if side == "right" else QPoint(0, 7)
    first = surface.rect_of("S1")
    surface.zoom_by(0.25 / surface.zoom, QPointF(first.topLeft()))
    hand.settled()
    assert surface.rect_of("S1").height() < 40
    edge = hand.handle("S1", side)
    with hand.one_step():
        hand.drag(edge - beside, edge - beside + QPoint(0, 40))
    assert hand.newest().label_key == "Move a card"
    hand.key(Key.Key_Z, CONTROL)
    hand.settled()
    with hand.nothing_changes():
        hand.drag(edge + beside, hand.surface.rect_of("C2").center())
        assert hand.chooser.isVisible()
        hand.key(Key.Key_Escape)


def test_a_link_drawn_the_other_way_says_so_and_leads_the_right_way(hand: Hand) -> None:
    hand.drag(hand.handle("C2", "right"), hand.at("S1"))
    assert [choice.text for choice in hand.chooser.choices] == ["stated by", "denied by", "related"]
    hand.key(Key.Key_S)
    assert hand.link("S1", "C2").type == "states"


def test_where_only_one_type_fits_nothing_is_asked(hand: Hand) -> None:
    with hand.one_step():
        hand.drag(hand.handle("H1"), hand.at("E1"))
        assert hand.chooser.isVisible(), "an event bears on a scenario, or is related"
        hand.key(Key.Key_R)
    with hand.one_step():
        hand.drag(hand.handle("H1"), hand.at("A1"))
    assert not hand.chooser.isVisible()
    assert hand.link("H1", "A1").type == "related"


def test_handles_show_on_the_card_under_the_pointer_and_near_its_edge(hand: Hand) -> None:
    plain = hand.settled()
    hand.move(hand.at("C1"), button=NO_BUTTON)
    shown = hand.settled()
    point = hand.handle("C1")
    assert shown.pixelColor(point) == hand.window.palette_.card
    assert shown.copy(point.x() - 6, point.y() - 6, 12, 12) != plain.copy(point.x() - 6, point.y() - 6, 12, 12)
    hand.move(point + QPoint(5, 0), button=NO_BUTTON)
    assert hand.settled().pixelColor(point) == hand.window.palette_.selection, "the one under the pointer is filled"


def test_esc_gives_a_link_up_that_is_being_drawn(hand: Hand) -> None:
    with hand.nothing_changes():
        hand.press(hand.handle("S1", "bottom"))
        hand.move(hand.at("C2"))
        hand.key(Key.Key_Escape)
        hand.release(hand.at("C2"))
    assert not hand.chooser.isVisible()


def test_a_drag_from_a_handle_to_empty_board_makes_the_linked_card_there(hand: Hand) -> None:
    with hand.one_step():
        hand.drag(hand.handle("S1", "bottom"), EMPTY)
        assert hand.chooser.choices[0].value == "claim", "what most often follows a source"
        hand.key(Key.Key_C)
        assert hand.editor.isVisible()
        hand.type("It says this")
        hand.key(Key.Key_Return)
    assert hand.of("C3").title == "It says this"
    assert hand.link("S1", "C3").type == "states"
    assert hand.surface.rect_of("C3").contains(EMPTY)


def test_what_is_offered_lies_above_the_small_map(hand: Hand) -> None:
    board = hand.window.board
    hand.surface.put_camera(1.0, hand.card("S1").x - 40, hand.card("S1").y - 40)
    small = board.minimap.geometry()
    assert board.minimap.isVisible()
    hand.drag(hand.handle("S1", "bottom"), small.topLeft() - QPoint(8, 8))
    shared = hand.chooser.geometry().intersected(small)
    assert not shared.isEmpty()
    assert board.childAt(shared.center()) is hand.chooser
    hand.key(Key.Key_Escape)


def test_a_new_card_at_the_end_of_a_link_goes_with_its_link_on_esc(hand: Hand) -> None:
    label = hand.window.session.undo_label()
    hand.drag(hand.handle("S1", "bottom"), EMPTY)
    hand.key(Key.Key_C)
    hand.key(Key.Key_Escape)
    assert "C3" not in hand.numbers()
    assert len(hand.document.links) == 4 and hand.window.session.undo_label() == label


def test_two_selected_cards_are_linked_by_key_from_left_to_right(hand: Hand) -> None:
    hand.click(hand.at("S1"))
    hand.click(hand.at("C2"), SHIFT)
    with hand.one_step():
        hand.key(Key.Key_L)
        assert [choice.text for choice in hand.chooser.choices] == ["stated by", "denied by", "related"]
        hand.key(Key.Key_S)
    assert hand.link("S1", "C2").type == "states"


def test_an_end_is_hung_on_another_card_where_the_type_fits(hand: Hand) -> None:
    link = hand.link("S1", "C1")
    hand.click(hand.middle_of(link))
    with hand.one_step():
        hand.drag(end_of(hand, "S1", "C1"), hand.at("C2"))
    moved = hand.link("S1", "C2")
    assert (moved.id, moved.type, hand.links("S1", "C1")) == (link.id, "states", [])
    assert hand.document.judged(moved.id, "credibility") == "2"


def test_the_start_is_hung_elsewhere_too(hand: Hand) -> None:
    hand.click(hand.middle_of(hand.link("C1", "C2")))
    with hand.one_step():
        hand.drag(end_of(hand, "C1", "C2", first=True), hand.at("H1"))
        assert hand.chooser.isVisible(), "a scenario supports nothing, so it is asked what is meant"
        assert [choice.text for choice in hand.chooser.choices] == ["what bears on it", "related"]
        hand.key(Key.Key_R)
    assert hand.link("H1", "C2").type == "related"
    assert not hand.links("C1", "C2")


def test_where_the_type_does_not_fit_esc_leaves_the_link_as_it_was(hand: Hand) -> None:
    hand.click(hand.middle_of(hand.link("C1", "C2")))
    with hand.nothing_changes():
        hand.drag(end_of(hand, "C1", "C2"), hand.at("H1"))
        assert hand.chooser.isVisible()
        hand.key(Key.Key_Escape)


@pytest.mark.parametrize("target", ["empty", "own", "other end"])
def test_an_end_let_go_elsewhere_stays_where_it_was(hand: Hand, target: str) -> None:
    hand.click(hand.middle_of(hand.link("S1", "C1")))
    place = {"empty": EMPTY, "own": hand.at("C1"), "other end": hand.at("S1")}[target]
    with hand.nothing_changes():
        hand.drag(end_of(hand, "S1", "C1"), place)


def test_a_link_is_turned_round_and_one_that_cannot_be_says_so(hand: Hand) -> None:
    link = hand.link("C1", "C2")
    hand.click(hand.middle_of(link))
    with hand.one_step():
        hand.window.run("turn_link")
    assert hand.link("C2", "C1").type == "supports"
    hand.click(hand.middle_of(hand.link("S1", "C1")))
    with hand.nothing_changes():
        hand.window.run("turn_link")
    assert "one direction only" in hand.said()


def test_the_label_of_a_relation_is_written_in_place_and_shown(hand: Hand) -> None:
    hand.drag(hand.handle("H1"), hand.at("A1"))
    before = hand.settled()
    with hand.one_step():
        hand.key(Key.Key_Return)
        assert hand.editor.isVisible() and hand.editor.label.text() == "Label"
        hand.type("commands")
        hand.key(Key.Key_Return)
    link = hand.link("H1", "A1")
    assert link.props["label"] == "commands"
    assert hand.settled() != before


def test_two_links_between_the_same_cards_do_not_lie_on_each_other_and_end_on_the_cards_borders(hand: Hand) -> None:
    hand.window.perform(
        "Link", lambda tx: [commands.link(tx, kind, hand.of("C1").id, hand.of("C2").id) for kind in
                            ("contradicts", "depends on")]
    )  # fmt: skip
    scene, routes = hand.surface.scene, hand.surface.routes
    indexes = [scene.index_of[link.id] for link in hand.links("C1", "C2")]
    assert len(indexes) == 3
    lines = flattened(routes.points[:, :, indexes], 24)
    for one in range(3):
        for other in range(one):
            gap = np.hypot(*(lines[one, :, :2] - lines[other, :, :2]).T)
            assert gap.min() > 6, "they lie on each other"
    for index in range(scene.m):
        for end, point in zip(scene.ends[:, index], routes.points[[0, 3], :, index], strict=True):
            x, y, w, h = scene.box[:, end]
            outside = max(x - point[0], point[0] - x - w, y - point[1], point[1] - y - h)
            assert 0 <= outside <= 3, "a line ends on the border of its card"
            assert x - 3 <= point[0] <= x + w + 3 and y - 3 <= point[1] <= y + h + 3


def test_each_of_two_links_between_the_same_cards_can_be_chosen(hand: Hand) -> None:
    hand.window.perform("Link", lambda tx: commands.link(tx, "depends on", hand.of("C1").id, hand.of("C2").id))
    for link in hand.links("C1", "C2"):
        hand.click(hand.middle_of(link))
        assert hand.window.selection.links == {link.id}
