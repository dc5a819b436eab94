"""The largest set of nodes that are all joined to one another, exactly, within a bound of work."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Mapping, Sequence
from typing import Final

BUDGET: Final = 200_000
"""Nodes looked at before the search is given up; about a fifth of a second."""


def largest_clique(joined: Mapping[str, Collection[str]], budget: int = BUDGET) -> tuple[list[str], bool]:
    """Return a largest set of nodes that are pairwise joined, in the order of the graph, and whether it is sure.

    `joined` gives what each node is joined to, both ways. Where the budget runs out, the set is the largest that was
    found: it is a true one, and a larger one may exist. Nodes joined to nothing make sets of one.

    Each node is tried with those that come after it in an order in which few do (degeneracy), and a branch is left
    as soon as its colours show that it cannot win (Tomita and Seki 2003).
    """
    order, cores = _peeled(joined)
    place = {node: at for at, node in enumerate(order)}
    search = _Search(budget)
    for at in sorted(range(len(order)), key=lambda at: (-cores[at], at)):
        # The most joined give a large set at once, and that rules out most others.
        if cores[at] + 1 > len(search.best) and search.budget > 0:
            node = order[at]
            search.from_node(
                node, sorted((one for one in joined[node] if place[one] > at), key=place.__getitem__), joined
            )
    found = set(search.best)
    return [node for node in joined if node in found], search.budget > 0


def _peeled(joined: Mapping[str, Collection[str]]) -> tuple[list[str], list[int]]:
    """Return the nodes, the least joined of those left first, and how many of the later ones each is joined to."""
    left = {node: len(others) for node, others in joined.items()}
    first = {node: at for at, node in enumerate(joined)}
    waiting = [(count, first[node], node) for node, count in left.items()]
    heapq.heapify(waiting)
    order: list[str] = []
    cores: list[int] = []
    while waiting:
        count, _, node = heapq.heappop(waiting)
        if left.get(node) != count:
            continue
        del left[node]
        order.append(node)
        cores.append(count)
        for other in joined[node]:
            if other in left:
                left[other] -= 1
                heapq.heappush(waiting, (left[other], first[other], other))
    return order, cores


class _Search:
    """Hold the best set so far, and what work may still be spent."""

    def __init__(self, budget: int) -> None:
        self.best: list[str] = []
        self.budget = budget
        self._nodes: Sequence[str] = ()
        self._masks: list[int] = []

    def from_node(self, node: str, later: list[str], joined: Mapping[str, Collection[str]]) -> None:
        """Look for a larger set that holds a node and some of those that come later."""
        at = {other: bit for bit, other in enumerate(later)}
        self._nodes = later
        self._masks = [sum(1 << at[one] for one in joined[other] if one in at) for other in later]
        self._grow([node], (1 << len(later)) - 1)

    def _grow(self, taken: list[str], free: int) -> None:
        """Go through the sets that can be made of what is free, without calling itself: a set may be thousands."""
        chosen: list[str] = list(taken)
        path: list[tuple[int, list[int], list[int]]] = []
        self._step(path, chosen, free)
        while path:
            free, order, bounds = path[-1]
            if not order or len(chosen) + bounds[-1] <= len(self.best) or self.budget <= 0:
                path.pop()
                if path:
                    chosen.pop()
                continue
            bit = order.pop()
            bounds.pop()
            path[-1] = (free & ~(1 << bit), order, bounds)
            chosen.append(self._nodes[bit])
            if not self._step(path, chosen, free & self._masks[bit]):
                chosen.pop()

    def _step(self, path: list[tuple[int, list[int], list[int]]], chosen: list[str], free: int) -> bool:
        """Go on with what is free, or, where all of that is joined, take it; return whether there is more to try."""
        order, bounds = self._coloured(free)
        if bounds and bounds[-1] < len(order):
            path.append((free, order, bounds))
            return True
        self._note([*chosen, *(self._nodes[bit] for bit in order)])
        return False

    def _note(self, found: list[str]) -> None:
        if len(found) > len(self.best):
            self.best = list(found)

    def _coloured(self, free: int) -> tuple[list[int], list[int]]:
        """Return what is free by colour, and for each how many colours there are up to it: no set is larger."""
        order: list[int] = []
        bounds: list[int] = []
        colour = 0
        while free:
            colour += 1
            here = free
            while here:
                lowest = here & -here
                bit = lowest.bit_length() - 1
                order.append(bit)
                bounds.append(colour)
                free ^= lowest
                here &= ~(lowest | self._masks[bit])
        self.budget -= len(order)
        return order, bounds
