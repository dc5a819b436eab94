"""The chain behind a claim over the board: a click on the badge draws it, Esc ends it, operations move it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hands import SHIFT, Hand, Key, differing
from PySide6.QtCore import QPoint, QPointF, QRectF
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.model.card_size import CHIPS, PADDING
from evidenceboard.model.face import DOT, OPEN
from evidenceboard.model.transaction import Transaction
from evidenceboard.render.board_paint import face_of
from evidenceboard.render.faces import chip_at
from evidenceboard.ui.board import context_menu
from evidenceboard.ui.board.chain import ShownChain, badge_at
from evidenceboard.ui.window import Window

pytestmark = pytest.mark.qt


def do(window: Window, work: Callable[[Transaction], Any]) -> Any:
    return window.perform("Work", work)


def badge(hand: Hand, number: str, place: int = 0) -> QPoint:
    """Return a pixel on the badge of a claim's card."""
    surface = hand.surface
    slot = surface.scene.slot_of_entity[hand.of(number).id]
    face, _ = face_of(hand.document, surface.scene, slot)
    left, top, wide, high = surface.scene.box[:, slot].tolist()
    card, y = QRectF(left, top, wide, high), top + high - PADDING - CHIPS / 2
    along = {left + step: chip_at(face, card, QPointF(left + step, y)) for step in range(int(wide))}
    leading = list(dict.fromkeys(chip for chip in along.values() if chip and chip.leads))
    places = [x for x, chip in along.items() if chip == leading[place]]
    return hand.spot(sum(places) / len(places), y)


def said(chain: ShownChain) -> list[str]:
    return [line for line, _ in chain.lines]


@pytest.fixture
def cited(window: Window, hand: Hand) -> Hand:
    """Return the hand on a board where S1 states C1 and cites S2 (on the board) and S3 (on none), S3 unnamed."""

    def add(tx: Transaction) -> None:
        board = window.board_id
        second = commands.add_entity(tx, "source", title="A witness", props={"first_hand": True})
        third = commands.add_entity(tx, "source", title="Somebody", props={"unnamed": True})
        commands.place(tx, board, second.id, x=400, y=240)
        source = tx.document.entity("S1").id
        for cited in (second.id, third.id):
            commands.link(tx, "cites", source, cited)

    do(window, add)
    return hand


def test_a_click_on_the_badge_draws_the_chain_and_another_ends_it(cited: Hand, window: Window) -> None:
    chain = window.board.surface.chain
    before = cited.settled()
    with cited.nothing_changes():
        cited.click(badge(cited, "C1"))
        assert chain.claim_id == cited.of("C1").id
        drawn = cited.settled()
        assert differing(before, drawn) > 2000
        cited.click(badge(cited, "C1"))
        assert chain.claim_id is None
    assert cited.selected() == {"C1"}


def test_the_line_above_says_the_counts_and_names_what_has_no_card_here(cited: Hand, window: Window) -> None:
    cited.click(badge(cited, "C1"))
    assert said(window.board.surface.chain) == [
        "C1 · 1 report · 1 origin (S2) · 1 lineage not recorded (S3) · Esc ends",
        "Not seen on this board: S3",
    ]
    assert "Not seen on this board: S3" in window.board.surface.accessibleDescription()


def test_everything_else_recedes(cited: Hand, window: Window) -> None:
    surface = window.board.surface
    cited.click(badge(cited, "C1"))
    receding = surface.picture.receding
    assert receding is not None
    slots = {number: surface.scene.slot_of_entity.get(cited.of(number).id) for number in cited.numbers()}
    bright = {number for number, slot in slots.items() if slot is not None and not receding[slot]}
    assert bright == {"C1", "S1", "S2"}
    cited.key(Key.Key_Escape)
    assert surface.picture.receding is None
    assert cited.selected() == {"C1"}, "the first Esc only ends the chain"
    cited.key(Key.Key_Escape)
    assert cited.selected() == set()


def test_a_click_on_empty_ground_ends_it_a_rubber_band_does_not(cited: Hand, window: Window) -> None:
    chain = window.board.surface.chain
    empty = cited.spot(40, 320)
    cited.click(badge(cited, "C1"))
    cited.drag(empty, empty + QPoint(40, 30))
    assert chain.claim_id is not None
    cited.click(empty)
    assert chain.claim_id is None


def test_dragging_a_card_by_its_badge_moves_it_and_choosing_more_draws_nothing(cited: Hand, window: Window) -> None:
    chain = window.board.surface.chain
    start = badge(cited, "C1")
    x = cited.card("C1").x
    cited.drag(start, start + QPoint(0, 60))
    assert (cited.card("C1").x, chain.claim_id) == (x, None)
    cited.click(badge(cited, "C1"), SHIFT)
    assert chain.claim_id is None


def test_the_badge_is_hit_where_it_is_painted_and_only_where_words_are_painted(cited: Hand, window: Window) -> None:
    surface = window.board.surface
    place = surface.to_board(QPointF(badge(cited, "C1")))
    assert badge_at(surface, place.x(), place.y()) == cited.of("C1").id
    assert badge_at(surface, place.x(), place.y() - 40) is None
    assert badge_at(surface, cited.card("S1").x + 30, cited.card("S1").y + 70) is None
    surface.put_camera(0.4, 0, 0)
    assert badge_at(surface, place.x(), place.y()) is None


def test_it_follows_what_is_done_and_undone(cited: Hand, window: Window) -> None:
    chain = window.board.surface.chain
    cited.click(badge(cited, "C1"))
    ids = [cited.of(number).id for number in ("S2", "S3")]
    do(window, lambda tx: commands.set_fields(tx, ids[1], counts_because="Two people vouch for it"))
    assert said(chain)[0].startswith("C1 · 1 report · 2 origins (S2, S3)")
    do(window, lambda tx: commands.judge_independence(tx, *ids, "yes", "They never met"))
    assert said(chain)[0].startswith("C1 · 1 report · 2 independent origins (S2, S3)")
    window.run("undo")
    window.run("undo")
    assert said(chain)[0].startswith("C1 · 1 report · 1 origin (S2) · 1 lineage not recorded (S3)")
    board = window.board_id
    do(window, lambda tx: commands.place(tx, board, ids[1], x=744, y=600))
    assert len(said(chain)) == 1
    do(window, lambda tx: commands.remove(tx, [cited.of("C1").id]))
    assert (chain.claim_id, window.board.surface.picture.receding) == (None, None)
    window.run("undo")
    assert chain.claim_id is None


def test_a_circle_is_named(cited: Hand, window: Window) -> None:
    ids = [cited.of(number).id for number in ("S1", "S2")]
    do(window, lambda tx: commands.set_fields(tx, ids[1], first_hand=False))
    do(window, lambda tx: commands.link(tx, "cites", ids[1], ids[0]))
    cited.click(badge(cited, "C1"))
    lines = window.board.surface.chain.lines
    assert ("In a circle: S1 cites S2 cites S1", True) in lines
    assert cited.settled() is not None


def test_every_chip_of_a_contested_claim_that_tells_of_its_sources_leads_to_them(cited: Hand, window: Window) -> None:
    ids = [cited.of(number).id for number in ("S3", "C1")]
    do(window, lambda tx: commands.link(tx, "denies", *ids))
    for place in (0, 1):
        cited.click(badge(cited, "C1", place))
        assert window.board.surface.chain.claim_id == ids[1]
        cited.key(Key.Key_Escape)


def test_the_action_draws_it_for_the_selected_claim_and_ends_it(cited: Hand, window: Window, qtbot: QtBot) -> None:
    from evidenceboard.ui.actions import ACTIONS

    chain, act = window.board.surface.chain, ACTIONS["chain"]
    window.selection.set(cards=[cited.card("S1").id])
    assert not act.can_run(window)
    window.selection.set(cards=[cited.card("C2").id])
    assert act.can_run(window)
    assert act.says is not None
    assert act.says(window) == "Show where this claim comes from"
    window.run("chain")
    assert said(chain) == ["C2 · no report: nobody states it · Esc ends"]
    assert act.says(window) == "End showing where the claim comes from"
    window.selection.set(cards=[cited.card("C1").id])
    window.run("chain")
    assert chain.claim_id == cited.of("C1").id
    window.run("chain")
    assert chain.claim_id is None
    menu = context_menu.make(cited.surface, cited.surface.pointer(QPointF(cited.at("C1"))))
    assert any(item.objectName() == "chain" and item.isEnabled() for item in menu.actions())


def test_another_board_ends_it(cited: Hand, window: Window) -> None:
    cited.click(badge(cited, "C1"))
    other = next(board.id for board in cited.document.boards if board.id != window.board_id)
    window.show_board(other)
    assert window.board.surface.chain.claim_id is None
    assert not window.sight.is_wished("chain")


def test_a_chain_of_thousands_is_drawn_and_told(cited: Hand, window: Window) -> None:
    claim = cited.of("C1").id

    def add(tx: Transaction) -> None:
        for n in range(3000):
            source = commands.add_entity(tx, "source", title=f"Witness {n}")
            commands.link(tx, "states", source.id, claim, props={"basis": "own"})

    do(window, add)
    cited.click(badge(cited, "C1"))
    cited.qtbot.waitUntil(lambda: window.board.surface.chain.lineage is not None)
    assert "3001 origins (S2, S4, S5, S6, S7, S8 and 2995 more)" in said(window.board.surface.chain)[0]
    cited.settled()


def test_the_badge_shows_the_shape_of_the_standing(cited: Hand, window: Window) -> None:
    scene = window.board.surface.scene

    def marks(number: str) -> list[str]:
        face, _ = face_of(cited.document, scene, scene.slot_of_entity[cited.of(number).id])
        return [chip.mark for chip in face.chips if chip.mark]

    assert marks("C1") == [DOT]
    ids = [cited.of(number).id for number in ("S2",)]
    do(window, lambda tx: commands.set_fields(tx, ids[0], first_hand=False, unnamed=True))
    assert marks("C1") == [OPEN]


def test_under_a_supposition_the_chain_is_as_it_would_be(cited: Hand, window: Window) -> None:
    chain = window.board.surface.chain
    cited.click(badge(cited, "C1"))
    window.supposing.suppose([cited.of("S2").id], true=False)
    assert "S2" not in said(chain)[0]
    window.supposing.end()
    assert "1 origin (S2)" in said(chain)[0]


def test_the_view_moves_so_that_all_of_a_chain_is_seen(cited: Hand, window: Window, qtbot: QtBot) -> None:
    surface = cited.surface
    surface.put_camera(1.0, -2000.0, -2000.0)
    surface.chain.show(cited.of("C1").id)
    qtbot.waitUntil(surface.is_settled)
    for number in ("C1", "S1", "S2"):
        assert surface.rect().contains(surface.rect_of(number))
    camera = (surface.camera.zoom, surface.camera.x, surface.camera.y)
    surface.chain.end()
    surface.chain.show(cited.of("C1").id)
    qtbot.waitUntil(surface.is_settled)
    assert (surface.camera.zoom, surface.camera.x, surface.camera.y) == camera
