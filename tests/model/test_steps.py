"""Steps along links: neighbourhoods and shortest ways, against walking by hand."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.model import steps
from evidenceboard.model.steps import MOST_WAYS, Ways, ways, within

N = 7
LINKS = st.lists(st.tuples(st.integers(0, N - 1), st.integers(0, N - 1)), max_size=14)


def ends_of(links: list[tuple[int, int]]) -> np.ndarray:
    return np.array(links, np.int32).reshape(-1, 2).T


def paths(links: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, ...]]:
    """Return all shortest paths by trying every one without a repetition."""
    near = {one: {b for a, b in links if a == one} | {a for a, b in links if b == one} for one in range(N)}
    found: list[tuple[int, ...]] = []
    line = [(start,)]
    while line and not found:
        found = [path for path in line if path[-1] == end]
        line = [(*path, other) for path in line for other in sorted(near[path[-1]]) if other not in path]
    return found


@given(LINKS, st.sets(st.integers(0, N - 1), min_size=1), st.integers(0, 4))
def test_what_lies_within_some_steps(links: list[tuple[int, int]], starts: set[int], far: int) -> None:
    reached = set(starts)
    for _ in range(far):
        reached |= {b for a, b in links if a in reached} | {a for a, b in links if b in reached}
    assert set(np.flatnonzero(within(ends_of(links), N, starts, far)).tolist()) == reached


@given(LINKS, st.integers(0, N - 1), st.integers(0, N - 1), st.booleans())
def test_the_shortest_ways_are_all_of_them_and_nothing_else(
    links: list[tuple[int, int]], start: int, end: int, one_by_one: bool
) -> None:
    sweeps, steps._SWEEPS = steps._SWEEPS, 0 if one_by_one else steps._SWEEPS  # type: ignore[misc]
    try:
        found = ways(ends_of(links), N, start, end)
    finally:
        steps._SWEEPS = sweeps  # type: ignore[misc]
    wanted = paths(links, start, end)
    if not wanted:
        assert found is None
        return
    assert found is not None
    assert (found.steps, found.count) == (len(wanted[0]) - 1, len(wanted))
    assert set(found.cards.tolist()) == {card for path in wanted for card in path}
    assert (found.cards[0], found.cards[-1]) == (start, end)
    used = {frozenset(pair) for path in wanted for pair in pairwise(path)}
    assert set(found.links.tolist()) == {i for i, pair in enumerate(links) if frozenset(pair) in used}


def test_two_links_between_the_same_cards_are_one_way() -> None:
    found = ways(ends_of([(0, 1), (1, 0), (1, 2)]), N, 0, 2)
    assert found is not None
    assert (found.steps, found.count, found.links.tolist()) == (2, 1, [0, 1, 2])


def test_more_ways_than_anybody_counts_are_not_counted_to_the_end() -> None:
    diamonds = [
        pair for at in range(0, 90, 3) for pair in ((at, at + 1), (at, at + 2), (at + 1, at + 3), (at + 2, at + 3))
    ]
    found = ways(ends_of(diamonds), 91, 0, 90)
    assert found is not None
    assert (found.steps, found.count) == (60, MOST_WAYS)


def test_a_hundred_thousand_cards_are_walked() -> None:
    rng = np.random.default_rng(3)
    ends = rng.integers(0, 100_000, (2, 200_000)).astype(np.int32)
    for end in range(50_000, 50_005):
        found = ways(ends, 100_000, int(ends[0, 0]), int(ends[1, end]))
        assert isinstance(found, Ways | None)
    chain = np.stack([np.arange(99_999), np.arange(1, 100_000)]).astype(np.int32)
    found = ways(chain, 100_000, 0, 99_999)
    assert found is not None
    assert (found.steps, found.count, len(found.links)) == (99_999, 1, 99_999)
