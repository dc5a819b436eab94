"""Points on cubic curves, and straight pieces that stand for them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.boxes import Box, Floats


def bezier(points: Floats, t: Floats) -> Floats:
    """Return points (2, m, len(t)) of curves (4, 2, m) at t."""
    t = np.asarray(t)
    s = 1 - t
    weights = np.stack([s**3, 3 * s * s * t, 3 * s * t * t, t**3])
    made: Floats = np.einsum("kcm,kt->cmt", points, weights)
    return made


def flattened(points: Floats, segments: int) -> Floats:
    """Return curves as straight pieces (m, segments, 4): x1, y1, x2, y2."""
    at = bezier(points, _times(segments))
    return np.stack([at[0, :, :-1], at[1, :, :-1], at[0, :, 1:], at[1, :, 1:]], axis=-1)


def flattened_in(points: Floats, segments: int, area: Box) -> tuple[Floats, NDArray[np.intp]]:
    """Return those pieces (p, 4) of `flattened` whose boxes touch an area, and the place of the curve of each."""
    x, y = bezier(points, _times(segments))
    near = (np.minimum(x[:, :-1], x[:, 1:]) <= area[2]) & (np.maximum(x[:, :-1], x[:, 1:]) >= area[0])
    curve, piece = np.nonzero(near)
    x1, x2, y1, y2 = x[curve, piece], x[curve, piece + 1], y[curve, piece], y[curve, piece + 1]
    keep = (np.minimum(y1, y2) <= area[3]) & (np.maximum(y1, y2) >= area[1])
    return np.stack([x1[keep], y1[keep], x2[keep], y2[keep]], axis=1), curve[keep]


def _times(segments: int) -> Floats:
    """Return where along a curve it is cut: more often near the ends, where one that leaves a card sideways bends."""
    made: Floats = (1.0 - np.cos(np.linspace(0.0, np.pi, segments + 1))) / 2.0
    return made


def distance(pieces: Floats, x: float, y: float) -> Floats:
    """Return how far each chain of straight pieces (m, segments, 4) passes from a point."""
    start, along = pieces[:, :, :2], pieces[:, :, 2:] - pieces[:, :, :2]
    to = np.array([x, y]) - start
    square = np.maximum((along**2).sum(axis=2), 1e-12)
    t = np.clip((to * along).sum(axis=2) / square, 0.0, 1.0)
    nearest = start + along * t[:, :, None] - np.array([x, y])
    made: Floats = np.hypot(nearest[:, :, 0], nearest[:, :, 1]).min(axis=1)
    return made
