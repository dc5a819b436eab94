"""Which cards of a pile can be seen at all: thousands on one spot, or nearly, are painted as fast as those on top."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect

from evidenceboard.render.faces import RADIUS
from evidenceboard.render.view import View

FEW: Final = 100
"""Cards up to which looking takes longer than painting them."""
_AT_ONCE: Final = 64
"""Cards from the front that are taken before the ones behind them are looked at again."""
Slots = NDArray[np.int32]
Rects = NDArray[np.int64]


def topmost(boxes: NDArray[np.floating[Any]], slots: Slots) -> Slots:
    """Return those slots that no later one lies on exactly. `boxes` is (4, n): x, y, w, h by slot; cards are opaque."""
    return slots if len(slots) <= FEW else slots[_tops(boxes[:, slots])]


def uncovered(boxes: NDArray[np.floating[Any]], slots: Slots, view: View, target: QRect) -> Slots:
    """Return those slots, the hindmost first, of which a pixel may be seen in a part of the target.

    `boxes` is (4, n): x, y, w, h by slot. Cards are opaque but for their corners, and stand on whole pixels.
    """
    if len(slots) <= FEW:
        return slots
    x, y, w, h = np.round(boxes[:, slots] * view.scale).astype(np.int64)
    held = np.stack([x + view.dx - target.left(), y + view.dy - target.top(), np.maximum(w, 1), np.maximum(h, 1)])
    tops = _tops(held)
    left, top, wide, high = held[:, tops]
    corner = int(np.ceil(RADIUS * view.scale)) + 1
    rects = np.stack([left, top, left + wide, top + high])
    return slots[tops[_seen(rects, corner, target.width(), target.height())]]


def _tops(held: NDArray[Any]) -> NDArray[np.intp]:
    """Return the columns that no later one equals."""
    x, y, w, h = held
    # Equal ones have equal keys; where others have the same by chance, one more is painted than can be seen.
    together = np.argsort(x * 1_000_003 + y * 8_009 + w * 131 + h, kind="stable")
    piled = held[:, together]
    top = np.ones(held.shape[1], np.bool_)
    # The sort is stable, so that the last one of a pile is the one that was painted last.
    top[:-1] = (piled[:, 1:] != piled[:, :-1]).any(axis=0)
    return np.sort(together[top])


def _seen(rects: Rects, corner: int, wide: int, high: int) -> NDArray[np.intp]:
    """Return which rectangles (left, top, right, bottom) are not all under later ones in a part that is so large."""
    whole = _cut(rects, wide, high)
    # What a card covers for certain: all of it but its corners and its outermost pixels.
    inset = np.array([[1, corner, -1, -corner], [corner, 1, -corner, -1]])
    certain = [_cut(rects + by[:, None], wide, high) for by in inset]
    rest, kept = np.arange(rects.shape[1]), []
    edges = np.zeros((high + 1, wide + 1), np.int32)
    while len(rest) > _AT_ONCE:
        front, rest = rest[-_AT_ONCE:], rest[:-_AT_ONCE]
        kept.append(front)
        for cover in certain:
            left, top, right, bottom = cover[:, front]
            for rows, columns, by in ((top, left, 1), (top, right, -1), (bottom, left, -1), (bottom, right, 1)):
                np.add.at(edges, (rows, columns), by)
        covered = np.zeros_like(edges)
        covered[1:, 1:] = (edges.cumsum(axis=0).cumsum(axis=1) > 0)[:-1, :-1].cumsum(axis=0).cumsum(axis=1)
        left, top, right, bottom = whole[:, rest]
        under = covered[bottom, right] - covered[top, right] - covered[bottom, left] + covered[top, left]
        rest = rest[under < (right - left) * (bottom - top)]
    return np.sort(np.concatenate([rest, *kept]))


def _cut(rects: Rects, wide: int, high: int) -> Rects:
    """Return rectangles cut to a part that begins at 0, 0; what lies beside it has no width or no height."""
    left, top, right, bottom = (
        np.clip(edge, 0, most) for edge, most in zip(rects, (wide, high, wide, high), strict=True)
    )
    return np.stack([left, top, np.maximum(left, right), np.maximum(top, bottom)])
