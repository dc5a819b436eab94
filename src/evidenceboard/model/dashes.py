"""Dashed curves, of which only the dashes that can be seen are worked out."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.boxes import Box, Floats

MOST: Final = 2000
"""Dashes that one curve has at most; those of a very long one are longer."""
_PIECES: Final = 32
_T: Final = np.linspace(0.0, 1.0, _PIECES + 1)
_WEIGHTS: Final = np.stack([(1 - _T) ** 3, 3 * (1 - _T) ** 2 * _T, 3 * (1 - _T) * _T**2, _T**3])


def dashed(points: Floats, dash: float, gap: float, area: Box | None = None) -> tuple[Floats, NDArray[np.intp]]:
    """Return curves (4, 2, m) as dashes (k, 4), each about `dash` long with `gap` between, in the units of the points.

    The place of each dash's curve is returned beside it.
    With an area, dashes that cannot touch it are left out; those that are there are the same ones.
    """
    if points.shape[2] == 0:
        return np.zeros((0, 4)), np.zeros(0, np.intp)
    at = np.einsum("kcm,kt->cmt", points, _WEIGHTS)
    length = np.hypot(np.diff(at[0, :, ::4]), np.diff(at[1, :, ::4])).sum(axis=1)
    count = np.maximum(1, np.minimum(MOST, (length / (dash + gap)).astype(np.int64)))
    link, first, number = _stretches(points, at, count, area)
    curve = np.repeat(link, number)
    place = np.repeat(first, number) + np.arange(len(curve)) - np.repeat(np.cumsum(number) - number, number)
    share = dash / (dash + gap)
    chosen = np.take(points, curve, axis=2)
    t0, t1 = place / count[curve], (place + share) / count[curve]
    return np.concatenate([on_curves(chosen, t0), on_curves(chosen, t1)]).T, curve


def _stretches(points: Floats, at: Floats, count: Any, area: Box | None) -> tuple[Any, Any, Any]:
    """Return the stretches of dashes to draw: curve, first dash and number of dashes of each."""
    m = len(count)
    if area is None:
        return np.arange(m), np.zeros(m, np.int64), count
    seen = touching(points, at, area)
    # A dash belongs to the piece that it starts in, and may reach into the next.
    seen[:, :-1] |= seen[:, 1:]
    short = (count < 2 * _PIECES) & seen.any(axis=1)
    curve, piece = np.nonzero(seen & (count >= 2 * _PIECES)[:, None])
    first, end = (-(-(count[curve] * edge) // _PIECES) for edge in (piece, piece + 1))
    whole = np.flatnonzero(short)
    return (
        np.concatenate([curve, whole]),
        np.concatenate([first, np.zeros(len(whole), np.int64)]),
        np.concatenate([end - first, count[whole]]),
    )


def touching(points: Floats, at: Floats, area: Box) -> NDArray[np.bool_]:
    """Return which pieces (m, pieces) of curves can touch an area; `at` (2, m, pieces + 1) is where they meet."""
    # A piece of a curve strays from its chord by an eighth of the square of its share of t times the second derivative.
    bend = np.maximum(np.abs(points[2] - 2 * points[1] + points[0]), np.abs(points[3] - 2 * points[2] + points[1]))
    stray = (6.0 / 8.0 / (at.shape[2] - 1) ** 2 * bend)[:, :, None]
    low = np.minimum(at[:, :, :-1], at[:, :, 1:]) - stray
    high = np.maximum(at[:, :, :-1], at[:, :, 1:]) + stray
    made: NDArray[np.bool_] = (low[0] <= area[2]) & (high[0] >= area[0]) & (low[1] <= area[3]) & (high[1] >= area[1])
    return made


def on_curves(curves: Floats, t: Floats) -> Floats:
    """Return the point (2, m) of each curve (4, 2, m) at its own t."""
    s = 1 - t
    made: Floats = s**3 * curves[0] + 3 * s * s * t * curves[1] + 3 * s * t * t * curves[2] + t**3 * curves[3]
    return made
