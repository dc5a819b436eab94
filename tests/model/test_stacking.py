"""Which card lies above which, also after some of them were moved."""

from __future__ import annotations

import numpy as np
import pytest

from evidenceboard import Session, commands
from evidenceboard.model.rearranged import snapshot
from evidenceboard.model.records import Card
from evidenceboard.model.scene import Scene
from evidenceboard.model.stacking import Stacking

CARDS = 500


def scattered(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    box = np.concatenate([chance.uniform(0, 4000, (2, CARDS)), chance.uniform(20, 300, (2, CARDS))])
    return chance.integers(0, 40, CARDS).astype(np.int32), chance.random(CARDS) > 0.1, box


@pytest.mark.parametrize("shared", (False, True))
def test_what_was_moved_is_found_where_it_is_now_and_in_the_same_order(shared: bool) -> None:
    z, shown, box = scattered(1)
    before = Stacking(z, shown, box)
    before.shared = shared
    at_first = before.touching((500.0, 500.0, 1500.0, 1500.0)).tolist()
    slots = np.arange(0, CARDS, 7)
    box[:2, slots] += 700.0
    moved, fresh = before.moved(slots, box), Stacking(z, shown, box)
    for area in ((0.0, 0.0, 900.0, 900.0), (1000.0, 500.0, 3000.0, 2500.0), (-9e9, -9e9, 9e9, 9e9)):
        assert moved.touching(area).tolist() == fresh.touching(area).tolist()
    assert np.array_equal(moved.edges, fresh.edges)
    assert (before.touching((500.0, 500.0, 1500.0, 1500.0)).tolist() == at_first) == shared
    assert not moved.shared


def test_a_snapshot_of_a_scene_has_its_cards_where_they_were(session: Session) -> None:
    scene = Scene(session.document, session.document.boards[0].id)
    area = scene.bounds()
    assert area is not None
    taken, at_first = snapshot(scene), scene.cards_in(area).tolist()
    card = session.document.cards_on(scene.board_id)[0]
    session.subscribe(lambda operation: scene.update(operation, session.document))
    with session.transaction("Move a card") as tx:
        commands.move_cards(tx, [card.id], 90_000.0, 0.0)
    assert scene.slot_of[card.id] not in scene.cards_in(area)
    assert taken.cards_in(area).tolist() == at_first
    assert taken.bounds() == area


def test_a_card_that_does_not_show_stays_away_when_it_is_moved() -> None:
    z, shown, box = scattered(2)
    away = np.flatnonzero(~shown)
    moved = Stacking(z, shown, box).moved(away, box)
    assert not set(moved.order.tolist()) & set(away.tolist())


def test_cards_that_all_show_in_the_order_in_which_they_came_lie_as_any_others_do() -> None:
    z, _, box = scattered(3)
    for heights, shown in ((np.sort(z), np.full(CARDS, True)), (np.sort(z), np.arange(CARDS) != 7)):
        made = Stacking(heights, shown, np.concatenate([box, np.zeros((4, 40))], axis=1))
        slots = np.flatnonzero(shown)
        assert made.order.tolist() == slots[np.argsort(heights[slots], kind="stable")].tolist()
        x, y, w, h = box[:, made.order]
        assert np.array_equal(made.edges, np.stack([x, y, x + w, y + h]))
    assert not len(Stacking(z[:0], np.zeros(0, np.bool_), box).order)


@pytest.mark.parametrize("wanted", ["w", "z", "colour"])
def test_after_a_change_of_a_card_the_board_knows_which_lies_above_which(session: Session, wanted: str) -> None:
    board = session.document.boards[0].id
    scene = Scene(session.document, board)
    scene.order()
    session.subscribe(lambda operation: scene.update(operation, session.document))
    card = session.document.cards_on(board)[0]
    values = {"w": {"w": card.w + 80, "h": card.h + 40}, "z": {"z": 40}, "colour": {"colour": "#3366cc"}}[wanted]
    with session.transaction("Change a card") as tx:
        tx.change(tx.document.get(Card, card.id), **values)
    fresh = Scene(session.document, board)
    assert [scene.card_ids[slot] for slot in scene.order()] == [fresh.card_ids[slot] for slot in fresh.order()]
    area = (card.x + card.w + 20, card.y, card.x + card.w + 60, card.y + card.h)
    found, expected = ([one.card_ids[slot] for slot in one.cards_in(area)] for one in (scene, fresh))
    assert found == expected
