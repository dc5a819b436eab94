"""What links say of the order of things: which hang together, and how deep one stands behind the others."""

from __future__ import annotations

from collections import deque

import numpy as np

from evidenceboard.model.layouts.things import Floats, Tick, Whole


def components(n: int, ends: Whole) -> Whole:
    """Return for each thing the smallest place among all that it hangs together with."""
    label = np.arange(n)
    a, b = ends
    while True:
        low = np.minimum(label[a], label[b])
        before = label.copy()
        # The least label goes to both ends and to what they stood for, then each takes the label of its label.
        for side in (a, b):
            np.minimum.at(label, side, low)
            np.minimum.at(label, before[side], low)
        while not np.array_equal(label, label[label]):
            label = label[label]
        if np.array_equal(label, before):
            return label


def depths(n: int, first: Whole, then: Whole) -> Whole:
    """Return how many things stand before each, along the longest way from `first` to `then`.

    Where a way leads round in a circle, the thing that stands first in the order of places opens it.
    """
    following: list[list[int]] = [[] for _ in range(n)]
    waiting = [0] * n
    for a, b in zip(first.tolist(), then.tolist(), strict=True):
        if a != b:
            following[a].append(b)
            waiting[b] += 1
    depth = [0] * n
    done = [False] * n
    ready = deque(place for place in range(n) if not waiting[place])
    opened = 0
    for _ in range(n):
        if not ready:
            while done[opened]:
                opened += 1
            ready.append(opened)
            waiting[opened] = 0
        here = ready.popleft()
        done[here] = True
        for there in following[here]:
            if not done[there]:
                depth[there] = max(depth[there], depth[here] + 1)
                waiting[there] -= 1
                if not waiting[there]:
                    ready.append(there)
    return np.array(depth, np.int64)


def neighbours(n: int, ends: Whole) -> list[list[int]]:
    """Return for each thing the others that it is linked with."""
    found: list[list[int]] = [[] for _ in range(n)]
    for a, b in ends.T.tolist():
        if a != b:
            found[a].append(b)
            found[b].append(a)
    return found


def distances(near: list[list[int]], count: int, tick: Tick) -> Floats:
    """Return (n, count): the steps of each thing from some that lie far apart. All must hang together."""
    n = len(near)
    nearest = np.full(n, np.inf)
    start = max(range(n), key=lambda place: len(near[place]))
    columns = []
    for turn in range(count):
        tick(turn / count)
        steps = _steps(near, start)
        columns.append(steps)
        nearest = np.minimum(nearest, steps)
        start = int(nearest.argmax())
    return np.stack(columns, axis=1)


def _steps(near: list[list[int]], start: int) -> Floats:
    steps = [-1] * len(near)
    steps[start] = 0
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        beyond = steps[here] + 1
        for there in near[here]:
            if steps[there] < 0:
                steps[there] = beyond
                waiting.append(there)
    return np.array(steps, np.float64)
