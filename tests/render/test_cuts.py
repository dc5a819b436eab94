"""Cutting a board into tiles: everything is on one, none is larger than the paper, cards stay whole where they can."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.render.cuts import Cell, spans, tiled

pytestmark = pytest.mark.qt
_spans = some.lists(some.tuples(some.integers(-3000, 3000), some.integers(1, 400)), min_size=1, max_size=30)


@given(_spans, some.integers(100, 1000))
def test_stretches_cover_everything_and_none_is_too_long(found: list[tuple[int, int]], room: int) -> None:
    things = np.array([(start, start + length) for start, length in found], float).T
    made, through = spans(things, things, room)
    assert all(far - low <= room + 1e-6 for low, far in made)
    assert all(one[1] <= other[0] for one, other in pairwise(made))
    for low, far in things.T:
        inside = sum(max(0.0, min(far, end) - max(low, start)) for start, end in made)
        assert inside == pytest.approx(far - low)
    cuts = {end for _, end in made} | {start for start, _ in made}
    assert through == sum(int((things[0] < cut).sum() - (things[1] <= cut).sum()) for cut in cuts)


def test_a_cut_goes_through_a_gap_although_it_costs_a_little_paper() -> None:
    cards = np.array([(0, 90), (100, 190), (200, 290), (300, 390)], float).T
    made, through = spans(cards, cards, 250)
    assert through == 0
    assert [round(low) for low, _ in made] == [0, 195]


def test_a_card_that_is_longer_than_the_paper_is_cut_and_counted() -> None:
    cards = np.array([(0, 1000)], float).T
    made, through = spans(cards, cards, 300)
    assert (len(made), through) == (4, 3)


def test_emptiness_between_far_things_takes_no_paper() -> None:
    far = np.array([(0, 0, 100, 100), (1e9, -1e9, 1e9 + 100, 100 - 1e9)], float).T
    for columns_first in (False, True):
        cells, through = tiled(far, far, 500, 500, columns_first=columns_first)
        assert (len(cells), through) == (2, 0)


def test_a_board_that_would_need_tens_of_thousands_of_pages_is_refused_in_words() -> None:
    frame = np.array([(0, 0, 1e9, 1e9)], float).T
    with pytest.raises(EvidenceBoardError, match="nothing was written"):
        tiled(frame, frame, 500, 500, columns_first=False)
    many = np.array([(x * 600, y * 600, x * 600 + 400, y * 600 + 400) for x in range(180) for y in range(180)], float).T
    with pytest.raises(EvidenceBoardError, match="nothing was written"):
        tiled(many, many, 500, 500, columns_first=True)


def test_tiles_are_named_as_on_a_street_map() -> None:
    names = [
        Cell(row, column, (0, 0, 1, 1)).name for row, column in ((0, 0), (1, 2), (25, 0), (26, 8), (701, 0), (702, 0))
    ]
    assert names == ["A1", "B3", "Z1", "AA9", "ZZ1", "AAA1"]
