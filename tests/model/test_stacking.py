"""Which card lies above which, also after some of them were moved."""

from __future__ import annotations

import numpy as np

from evidenceboard.model.stacking import Stacking

CARDS = 500


def scattered(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    box = np.concatenate([chance.uniform(0, 4000, (2, CARDS)), chance.uniform(20, 300, (2, CARDS))])
    return chance.integers(0, 40, CARDS).astype(np.int32), chance.random(CARDS) > 0.1, box


def test_what_was_moved_is_found_where_it_is_now_and_in_the_same_order() -> None:
    z, shown, box = scattered(1)
    before = Stacking(z, shown, box)
    at_first = before.touching((500.0, 500.0, 1500.0, 1500.0)).tolist()
    slots = np.arange(0, CARDS, 7)
    box[:2, slots] += 700.0
    moved, fresh = before.moved(slots, box), Stacking(z, shown, box)
    for area in ((0.0, 0.0, 900.0, 900.0), (1000.0, 500.0, 3000.0, 2500.0), (-9e9, -9e9, 9e9, 9e9)):
        assert moved.touching(area).tolist() == fresh.touching(area).tolist()
    assert np.array_equal(moved.edges, fresh.edges)
    assert before.touching((500.0, 500.0, 1500.0, 1500.0)).tolist() == at_first


def test_a_card_that_does_not_show_stays_away_when_it_is_moved() -> None:
    z, shown, box = scattered(2)
    away = np.flatnonzero(~shown)
    moved = Stacking(z, shown, box).moved(away, box)
    assert not set(moved.order.tolist()) & set(away.tolist())
