"""Cards that are sorted by their left edge: the same are found as where each card is looked at."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard import Session, commands
from evidenceboard.model import by_left
from evidenceboard.model.by_left import ByLeft
from evidenceboard.model.card_boxes import CardBoxes
from evidenceboard.model.scene import Scene

CARDS = 400
EVERYWHERE = (-9e9, -9e9, 9e9, 9e9)
places = st.floats(-500, 4500, allow_nan=False)


def scattered(seed: int, spread: float) -> CardBoxes:
    """Return cards of which some are far away, some very wide, and some do not show."""
    chance, made = np.random.default_rng(seed), CardBoxes()
    made.n = CARDS
    made.box = np.concatenate([chance.uniform(0, spread, (2, CARDS)), chance.uniform(20, 300, (2, CARDS))])
    made.box[0, chance.random(CARDS) < 0.02] *= 1e6
    made.box[2, chance.random(CARDS) < 0.003] = 1e9
    made.z = chance.integers(0, 5, CARDS).astype(np.int32)
    made.alive, made.hidden, made.left_out = (chance.random(CARDS) < share for share in (0.9, 0.1, 0.1))
    made._stacking = None
    return made


@given(st.integers(0, 50), st.sampled_from([10.0, 4000.0]), st.lists(st.tuples(places, places), min_size=2, max_size=9))
def test_what_touches_an_area_is_found_as_by_a_look_at_each(
    seed: int, spread: float, corners: list[tuple[float, float]]
) -> None:
    plain, quick = scattered(seed, spread), scattered(seed, spread)
    quick._by_left = ByLeft(quick.box)
    for (x, y), (wide, high) in pairwise(corners):
        area = (x, y, x + abs(wide) / 9, y + abs(high) / 9)
        assert quick.cards_in(area).tolist() == plain.cards_in(area).tolist()
        assert quick.card_at(x, y) == plain.card_at(x, y)
    assert quick.cards_in(EVERYWHERE).tolist() == plain.cards_in(EVERYWHERE).tolist()


@given(st.integers(0, 50), st.lists(st.sets(st.integers(0, CARDS - 1), max_size=8), max_size=5))
def test_what_has_moved_is_found_where_it_is_now(seed: int, moves: list[set[int]]) -> None:
    quick = scattered(seed, 4000.0)
    found: ByLeft | None = ByLeft(quick.box)
    for moved in moves:
        slots = np.array(sorted(moved), np.intp)
        quick.box[:2, slots] += 900.0
        found = found.moved(slots) if found is not None else None
    quick._by_left = found
    plain = scattered(seed, 4000.0)
    plain.box = quick.box
    for left in range(0, 5000, 700):
        area = (float(left), 500.0, left + 300.0, 1500.0)
        assert quick.cards_in(area).tolist() == plain.cards_in(area).tolist()


@pytest.mark.parametrize("sorted_out", [False, True])
def test_a_board_knows_where_cards_lie_after_any_change(
    session: Session, monkeypatch: pytest.MonkeyPatch, sorted_out: bool
) -> None:
    monkeypatch.setattr(by_left, "FROM", 0)
    monkeypatch.setattr(by_left, "_LOOSE", 9.0)
    document = session.document
    board = document.boards[0].id
    scene = Scene(document, board)
    if sorted_out:
        scene.sort_out()
        assert scene._by_left is not None
    session.subscribe(lambda operation: scene.update(operation, document))

    with session.transaction("Move") as tx:
        tx.change(next(iter(document.cards_on(board))), x=5000.0, y=5000.0)
    fresh = Scene(document, board)
    for area in ((4990.0, 4990.0, 5010.0, 5010.0), EVERYWHERE, (-100.0, -100.0, 400.0, 400.0)):
        assert scene.cards_in(area).tolist() == fresh.cards_in(area).tolist()
    with session.transaction("Add") as tx:
        made = commands.add_entity(tx, "claim", title="New")
        commands.place(tx, board, made.id, x=7000.0, y=7000.0)
    fresh = Scene(document, board)
    for area in ((6990.0, 6990.0, 7100.0, 7100.0), EVERYWHERE):
        found = [scene.entity_ids[slot] for slot in scene.cards_in(area)]
        assert found == [fresh.entity_ids[slot] for slot in fresh.cards_in(area)]
        assert made.id in found
