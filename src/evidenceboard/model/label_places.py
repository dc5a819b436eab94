"""Where along its line a link's words stand: not under a card or a title, nor on other words, if that can be helped."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.beziers import bezier
from evidenceboard.model.boxes import Floats
from evidenceboard.model.scene import Scene

PLACES: Final = np.array([0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8])
"""Where words may stand along a line, the best place first."""
_HALF_HEIGHT: Final = 8.0
_BATCH: Final = 256
_NO_ROOM: Final = 2.0
"""The cost from which words would lie on other words or under a card."""


def label_places(
    scene: Scene,
    points: Floats,
    shown: NDArray[np.bool_],
    half_widths: Floats,
    telling: NDArray[np.bool_],
    titles: Floats | None = None,
) -> Floats:
    """Return for each link the t of its words: 0 at its start, 1 at its end, NaN where there is no room for them.

    Words without room show when the link is pointed at or chosen; those that are `telling` come first and always show.
    `titles`: boxes (4, k) of x, y, w, h that cover words as cards do. Where there are very many, words keep to the
    middle.
    """
    m = points.shape[2]
    if m == 0 or not scene.can_be_followed:
        return np.full(m, 0.5)
    at = bezier(points, PLACES)
    boxes = scene.box[:, scene.order()]
    covered = _covered(boxes if titles is None else np.concatenate([boxes, titles], axis=1), at, half_widths)
    chosen = np.zeros(m, np.int64)
    taken = np.zeros((0, 4))
    # In an order that is the same however the scene came about.
    named = sorted(np.flatnonzero(shown).tolist(), key=lambda index: (not telling[index], scene.link_ids[index]))
    for index in named:
        best, least = 0, np.inf
        for place in range(len(PLACES)):
            x, y, half = at[0, index, place], at[1, index, place], half_widths[index]
            overlaps = (np.abs(taken[:, 0] - x) < taken[:, 2] + half) & (np.abs(taken[:, 1] - y) < 2 * _HALF_HEIGHT)
            cost = 3.0 * covered[index, place] + 2.0 * int(overlaps.sum()) + 0.1 * place
            if cost < least:
                best, least = place, cost
            if cost <= 0.1 * place:
                break
        if least >= _NO_ROOM and not telling[index]:
            chosen[index] = -1
            continue
        chosen[index] = best
        taken = np.vstack([taken, (at[0, index, best], at[1, index, best], half_widths[index], 0.0)])
    return np.where(chosen < 0, np.nan, PLACES[chosen])


def _covered(boxes: Floats, at: Floats, half_widths: Floats) -> Floats:
    """Return how much words at each place (m, places) would lie under boxes: 0 free, 1 touching, 2 in the middle."""
    x, y, w, h = boxes
    cover = np.zeros(at.shape[1:])
    for first in range(0, at.shape[1], _BATCH):
        part = slice(first, first + _BATCH)
        px, py = at[0, part, :, None], at[1, part, :, None]
        half = half_widths[part, None, None]
        touching = (px + half > x) & (px - half < x + w) & (py + _HALF_HEIGHT > y) & (py - _HALF_HEIGHT < y + h)
        inside = (px > x) & (px < x + w) & (py > y) & (py < y + h)
        cover[part] = touching.any(axis=2) * 1.0 + inside.any(axis=2) * 1.0
    return cover
