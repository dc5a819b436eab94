"""Links that go round the cards in their way, where that costs little."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.boxes import Floats
from evidenceboard.model.scene import Scene

IN_THE_WAY_LIMIT: Final = 400
_PAIRS: Final = 400_000
"""Lines and cards that are held against each other at once."""
_AT_ONCE: Final = 6
_UNDER: Final = 4.0
"""How much more a piece of line under a card costs than one in the open."""
_GAIN: Final = 0.9
_ROOM: Final = 5.0
_REACHES: Final = (50.0, 110.0, 210.0)
_T: Final = np.linspace(0.02, 0.98, 25)
_WEIGHTS: Final = np.stack([(1 - _T) ** 3, 3 * (1 - _T) ** 2 * _T, 3 * (1 - _T) * _T**2, _T**3])
_NORMAL: Final = np.array([(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)])
_SIDES: Final = np.array([(a, b) for a in range(4) for b in range(4)])

Way = tuple[int, int, float]
"""The sides at which a line leaves and arrives, and how far it reaches out; 0 where it goes as it would anyway."""


class Detours:
    """Remember which way each link goes round, so that an operation costs only the links that it concerns."""

    def __init__(self) -> None:
        self._known: dict[bytes, Way | None] = {}

    def ways(self, scene: Scene, points: Floats, shown: NDArray[np.bool_]) -> dict[int, Way]:
        """Return the links that go round, with their way; `points` (4, 2, m) are the lines that they would take."""
        m = points.shape[2]
        if m == 0 or not scene.can_be_followed:
            return {}
        slots = scene.order()
        start, end = scene.end_boxes()
        a, b = scene.ends[:, :m]
        blocked = np.flatnonzero(_covered(scene, points, slots, a, b) & shown & (a != b))
        if len(blocked) > IN_THE_WAY_LIMIT:
            return {}
        kept: dict[bytes, Way | None] = {}
        found: dict[int, Way] = {}
        for index in blocked.tolist():
            others = slots[(slots != a[index]) & (slots != b[index])]
            way = self._way(scene, points[:, :, index], start[:, index], end[:, index], others, kept)
            if way is not None:
                found[index] = way
        self._known = kept
        return found

    def _way(
        self, scene: Scene, line: Floats, start: Floats, end: Floats, others: Any, kept: dict[bytes, Way | None]
    ) -> Way | None:
        reach = _REACHES[-1]
        corner = np.minimum(start[:2], end[:2]) - reach
        far = np.maximum(start[:2] + start[2:], end[:2] + end[2:]) + reach
        x, y, w, h = scene.box[:, others]
        near = (x < far[0]) & (x + w > corner[0]) & (y < far[1]) & (y + h > corner[1])
        boxes = scene.box[:, others[near]]
        key = start.tobytes() + end.tobytes() + line.tobytes() + boxes.tobytes()
        if key in self._known:
            kept[key] = self._known[key]
        else:
            kept[key] = _best(line, start, end, boxes)
        return kept[key]


def _covered(scene: Scene, points: Floats, slots: Any, a: Any, b: Any) -> NDArray[np.bool_]:
    """Return which lines pass under a card that is not one of their ends."""
    at = np.einsum("kcm,kt->cmt", points, _WEIGHTS)
    low, high = at.min(axis=2), at.max(axis=2)
    x, y, w, h = scene.box[:, slots]
    hit = np.zeros(points.shape[2], np.bool_)
    batch = max(1, _PAIRS // max(1, len(slots)))
    for first in range(0, len(hit), batch):
        part = slice(first, first + batch)
        near = (low[0, part, None] < x + w) & (high[0, part, None] > x)
        near &= (low[1, part, None] < y + h) & (high[1, part, None] > y)
        line, card = np.nonzero(near)
        line += first
        own = (slots[card] == a[line]) | (slots[card] == b[line])
        line, card = line[~own], card[~own]
        px, py = at[:, line]
        left, top = x[card, None], y[card, None]
        inside = (px > left) & (px < left + w[card, None]) & (py > top) & (py < top + h[card, None])
        hit[line[inside.any(axis=1)]] = True
    return hit


def _best(line: Floats, start: Floats, end: Floats, boxes: Floats) -> Way | None:
    """Return the cheapest way round, or None where the line does best as it is."""
    at = np.einsum("kc,kt->ct", line, _WEIGHTS)[:, None]
    most = _GAIN * float(_costs(at, _lengths(at), boxes)[0])
    reach = np.repeat(_REACHES, len(_SIDES))
    sides = np.tile(_SIDES, (len(_REACHES), 1))
    first, last = _middle(start, sides[:, 0]), _middle(end, sides[:, 1])
    lines = np.stack(
        [first, first + _NORMAL[sides[:, 0]].T * reach, last + _NORMAL[sides[:, 1]].T * reach, last]
    )  # (4, 2, candidates)
    at = np.einsum("kcm,kt->cmt", lines, _WEIGHTS)
    length = _lengths(at)
    # A way costs at least its length: those longer than the cheapest one yet need not be looked at for cards.
    order = np.argsort(length, kind="stable")
    best = -1
    for begin in range(0, len(order), _AT_ONCE):
        some = order[begin : begin + _AT_ONCE]
        if length[some[0]] > most:
            break
        costs = _costs(at[:, some], length[some], boxes)
        cheapest = int(np.argmin(costs))
        if costs[cheapest] < most or (best < 0 and costs[cheapest] == most):
            best, most = int(some[cheapest]), float(costs[cheapest])
    return None if best < 0 else (int(sides[best, 0]), int(sides[best, 1]), float(reach[best]))


def _middle(box: Floats, side: NDArray[Any]) -> Floats:
    made: Floats = (box[:2] + box[2:] / 2)[:, None] + _NORMAL[side].T * (box[2:] / 2)[:, None]
    return made


def _lengths(at: Floats) -> Floats:
    made: Floats = np.hypot(np.diff(at[0], axis=1), np.diff(at[1], axis=1)).sum(axis=1)
    return made


def _costs(at: Floats, length: Floats, boxes: Floats) -> Floats:
    """Return the length of lines, given by points (2, k, points), with what lies under cards counted several times."""
    x, y, w, h = boxes
    inside = (at[0, :, :, None] > x - _ROOM) & (at[0, :, :, None] < x + w + _ROOM)
    inside &= (at[1, :, :, None] > y - _ROOM) & (at[1, :, :, None] < y + h + _ROOM)
    made: Floats = length * (1.0 + _UNDER * inside.any(axis=2).mean(axis=1))
    return made
