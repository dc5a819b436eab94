"""The largest set of nodes that are all joined: exact where it says so, true always, and never a hang."""

from __future__ import annotations

import random
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.model.cliques import largest_clique


def graph(count: int, pairs: set[tuple[int, int]]) -> dict[str, set[str]]:
    joined: dict[str, set[str]] = {str(node): set() for node in range(count)}
    for one, other in pairs:
        if one != other:
            joined[str(one)].add(str(other))
            joined[str(other)].add(str(one))
    return joined


def is_clique(joined: dict[str, set[str]], found: list[str]) -> bool:
    return len(set(found)) == len(found) and all(b in joined[a] for a, b in combinations(found, 2))


@given(st.integers(0, 9), st.sets(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=36))
def test_it_is_as_large_as_trying_every_set_finds(count: int, pairs: set[tuple[int, int]]) -> None:
    joined = graph(count, {(a, b) for a, b in pairs if a < count and b < count})
    found, exact = largest_clique(joined)
    every = (some for size in range(count, -1, -1) for some in combinations(joined, size))
    assert len(found) == len(next(some for some in every if is_clique(joined, list(some))))
    assert exact
    assert is_clique(joined, found)


@given(st.integers(2, 30), st.integers(0, 400), st.integers(1, 60))
def test_a_search_that_is_given_up_still_returns_a_true_set_and_says_so(count: int, many: int, budget: int) -> None:
    chance = random.Random(many)
    pairs = {(chance.randrange(count), chance.randrange(count)) for _ in range(many)}
    joined = graph(count, pairs)
    found, exact = largest_clique(joined, budget)
    assert is_clique(joined, found)
    best, _ = largest_clique(joined)
    assert len(found) <= len(best)
    if exact:
        assert len(found) == len(best)


def test_the_same_graph_gives_the_same_set_however_its_pairs_were_told() -> None:
    pairs = {(a, b) for a in range(12) for b in range(12) if (a * b) % 5 == 1}
    shuffled = list(pairs)
    random.Random(3).shuffle(shuffled)
    assert largest_clique(graph(12, pairs)) == largest_clique(graph(12, set(shuffled)))


def test_the_hardest_graphs_do_not_hang() -> None:
    chance = random.Random(1)
    for count, share in ((10_000, 0.0005), (400, 0.5), (300, 0.9), (300, 1.0)):
        if share < 0.01:
            pairs = {(chance.randrange(count), chance.randrange(count)) for _ in range(int(count * count * share / 2))}
        else:
            pairs = {(a, b) for a, b in combinations(range(count), 2) if chance.random() < share}
        joined = graph(count, pairs)
        found, exact = largest_clique(joined)
        assert is_clique(joined, found)
        if share in (0.0005, 1.0):
            assert exact
        if share == 1.0:
            assert len(found) == count


def test_no_node_and_nodes_joined_to_nothing() -> None:
    assert largest_clique({}) == ([], True)
    assert largest_clique({"a": set(), "b": set()}) == (["a"], True)
