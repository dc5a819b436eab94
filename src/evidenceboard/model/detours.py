"""Links that go round the cards in their way, where that costs little."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.scene import Floats, Scene

LINKS_LIMIT: Final = 1200
"""Links of a board from which on all lines go straight: so many cannot be followed by eye anyway."""
IN_THE_WAY_LIMIT: Final = 400
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
        if not 0 < m <= LINKS_LIMIT:
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
    hit = np.zeros(points.shape[2], np.bool_)
    for slot in slots.tolist():
        x, y, w, h = scene.box[:, slot]
        inside = (at[0] > x) & (at[0] < x + w) & (at[1] > y) & (at[1] < y + h)
        hit |= inside.any(axis=1) & (a != slot) & (b != slot)
    return hit


def _best(line: Floats, start: Floats, end: Floats, boxes: Floats) -> Way | None:
    """Return the cheapest way round, or None where the line does best as it is."""
    reach = np.repeat(_REACHES, len(_SIDES))
    sides = np.tile(_SIDES, (len(_REACHES), 1))
    first, last = _middle(start, sides[:, 0]), _middle(end, sides[:, 1])
    lines = np.stack(
        [first, first + _NORMAL[sides[:, 0]].T * reach, last + _NORMAL[sides[:, 1]].T * reach, last]
    )  # (4, 2, candidates)
    costs = _costs(np.concatenate([line[:, :, None], lines], axis=2), boxes)
    best = int(costs.argmin())
    if best == 0 or costs[best] > _GAIN * costs[0]:
        return None
    return int(sides[best - 1, 0]), int(sides[best - 1, 1]), float(reach[best - 1])


def _middle(box: Floats, side: NDArray[Any]) -> Floats:
    made: Floats = (box[:2] + box[2:] / 2)[:, None] + _NORMAL[side].T * (box[2:] / 2)[:, None]
    return made


def _costs(lines: Floats, boxes: Floats) -> Floats:
    """Return the length of lines (4, 2, k), with what lies under cards counted several times."""
    at = np.einsum("kcm,kt->cmt", lines, _WEIGHTS)
    x, y, w, h = boxes
    inside = (at[0, :, :, None] > x - _ROOM) & (at[0, :, :, None] < x + w + _ROOM)
    inside &= (at[1, :, :, None] > y - _ROOM) & (at[1, :, :, None] < y + h + _ROOM)
    share = inside.any(axis=2).mean(axis=1)
    length = np.hypot(np.diff(at[0], axis=1), np.diff(at[1], axis=1)).sum(axis=1)
    made: Floats = length * (1.0 + _UNDER * share)
    return made
