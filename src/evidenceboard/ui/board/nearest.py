"""Walking from card to card with the arrow keys."""

from __future__ import annotations

from typing import Final

import numpy as np

from evidenceboard.model.scene import Scene

DIRECTIONS: Final = {"left": (-1.0, 0.0), "right": (1.0, 0.0), "up": (0.0, -1.0), "down": (0.0, 1.0)}
_ASIDE: Final = 2.5
"""How much more a step aside counts than a step ahead."""


def nearest(scene: Scene, slot: int, direction: str) -> int | None:
    """Return the slot of the nearest card in a direction, or None where there is none."""
    slots = scene.order()
    slots = slots[slots != slot]
    if not len(slots):
        return None
    dx, dy = DIRECTIONS[direction]
    middle = scene.box[:2, slot] + scene.box[2:, slot] / 2
    away = scene.box[:2, slots] + scene.box[2:, slots] / 2 - middle[:, None]
    ahead = away[0] * dx + away[1] * dy
    aside = np.abs(away[0] * dy + away[1] * dx)
    # Between cards that stand beside each other what counts is the gap, not how far their middles are apart.
    axis = 0 if dx else 1
    half = (scene.box[3 - axis, slots] + scene.box[3 - axis, slot]) / 2
    aside = np.maximum(aside - half, 0.0) * _ASIDE + aside * 0.1
    cost = np.where(ahead > 1.0, ahead + aside, np.inf)
    best = int(np.argmin(cost))
    return int(slots[best]) if np.isfinite(cost[best]) else None


def first(scene: Scene, x: float, y: float) -> int | None:
    """Return the slot of the card whose middle is nearest to a point."""
    shown = scene.shown
    if not shown.any():
        return None
    left, top, wide, high = scene.box[:, : scene.n]
    away = np.square(left + wide / 2 - x) + np.square(top + high / 2 - y)
    away[~shown] = np.inf
    return int(away.argmin())
