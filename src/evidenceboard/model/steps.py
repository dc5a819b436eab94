"""Walking along links: what lies within some steps of cards, and the shortest ways between two of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.link_types import LINK_TYPES
from evidenceboard.model.values import dataclass

if TYPE_CHECKING:
    from evidenceboard.model.scene import Scene

Ints = NDArray[Any]
EVIDENCE: Final = frozenset(
    {"states", "denies", "cites", "asserts", "supports", "contradicts", "depends on", "bears on"}
)
"""Types of links that carry evidence: who says what, what that rests on and what it speaks for."""
MOST_WAYS: Final = 1_000_000
_SWEEPS: Final = 24
"""Steps from which on a walk goes from card to card instead of over all links at each step."""


@dataclass(frozen=True, slots=True)
class Ways:
    """The shortest ways between two cards. `cards` and `links` are those on any of them, the cards in walking order.

    `count` counts ways that differ in a card, `MOST_WAYS` at most.
    """

    steps: int
    count: int
    cards: Ints
    links: Ints


def board_links(scene: Scene, *, evidence: bool = False) -> Ints:
    """Return the indexes of the links of a board, or only of those that carry evidence."""
    wanted = scene.linked[: scene.m]
    if evidence:
        kinds = [place for place, kind in enumerate(LINK_TYPES) if kind.id in EVIDENCE]
        wanted = wanted & np.isin(scene.kind[: scene.m], kinds)
    return np.flatnonzero(wanted)


def within(ends: Ints, n: int, starts: Iterable[int], steps: int) -> NDArray[np.bool_]:
    """Return which of `n` cards lie within some steps of any start; `ends` (2, m) are the cards that links join."""
    reached = np.zeros(n, np.bool_)
    reached[list(starts)] = True
    a, b = ends
    for _ in range(steps):
        near = reached[a] | reached[b]
        reached[a[near]] = True
        reached[b[near]] = True
    return reached


def ways(ends: Ints, n: int, start: int, end: int) -> Ways | None:
    """Return the shortest ways from one of `n` cards to another, or None; `ends` (2, m) are what links join."""
    if start == end:
        return Ways(0, 1, np.array([start]), np.zeros(0, np.intp))
    distance = _distances(ends, n, start, end)
    steps = int(distance[end])
    if steps < 0:
        return None
    # Every link that leads one step on, turned so that it leads away from the start; the last ones first.
    a, b = ends
    between = (distance >= 0) & (distance < steps)
    between[end] = True
    known = np.flatnonzero(between[a] & between[b])
    ahead = distance[b[known]] - distance[a[known]]
    onward, backward = known[ahead == 1], known[ahead == -1]
    links = np.concatenate([onward, backward])
    tails = np.concatenate([a[onward], b[backward]])
    heads = np.concatenate([b[onward], a[backward]])
    # Small numbers are sorted several times as fast.
    far = -distance[heads].astype(np.int16 if steps < 2**15 else np.int32)
    order = np.argsort(far, kind="stable")
    links, tails, heads = links[order], tails[order], heads[order]
    used = np.zeros(n, np.bool_)
    used[end] = True
    taken = np.zeros(len(links), np.bool_)
    bounds = np.searchsorted(far[order], np.arange(-steps, 1))
    for place in range(steps):
        level = slice(bounds[place], bounds[place + 1])
        taken[level] = used[heads[level]]
        used[tails[level][taken[level]]] = True
    cards = np.flatnonzero(used)
    pairs = np.unique(np.stack([tails[taken], heads[taken]]), axis=1)
    return Ways(
        steps,
        _count(pairs[:, np.argsort(distance[pairs[1]], kind="stable")], start, end),
        cards[np.argsort(distance[cards], kind="stable")],
        np.sort(links[taken]),
    )


def _count(pairs: Ints, start: int, end: int) -> int:
    """Return in how many ways pairs lead from start to end; those nearer to the start come first."""
    found = {start: 1}
    for tail, head in pairs.T.tolist():
        found[head] = min(MOST_WAYS, found.get(head, 0) + found.get(tail, 0))
    return found.get(end, 0)


def _distances(ends: Ints, n: int, start: int, end: int) -> Ints:
    """Return how many steps each card is from the start, -1 where it was not reached on the way to the end."""
    distance = np.full(n, -1, np.int32)
    distance[start] = 0
    tails, heads = np.concatenate([ends, ends[::-1]], axis=1)
    unseen, front = np.ones(n, np.bool_), np.zeros(n, np.bool_)
    unseen[start], front[start] = False, True
    for step in range(1, _SWEEPS + 1):
        reached = np.zeros(n, np.bool_)
        reached[heads[front[tails]]] = True
        front = reached & unseen
        unseen &= ~front
        distance[front] = step
        if not unseen[end] or not front.any():
            return distance
    return _walk(tails, heads, n, start, end)


def _walk(tails: Ints, heads: Ints, n: int, start: int, end: int) -> Ints:
    """Return distances as `_distances` does, from card to card: a long chain has as many steps as cards."""
    order = np.argsort(tails, kind="stable")
    neighbours = heads[order].tolist()
    first = np.searchsorted(tails[order], np.arange(n + 1)).tolist()
    distance = [-1] * n
    distance[start] = 0
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        if 0 <= distance[end] <= distance[here]:
            break
        for other in neighbours[first[here] : first[here + 1]]:
            if distance[other] < 0:
                distance[other] = distance[here] + 1
                waiting.append(other)
    return np.array(distance, np.int32)
