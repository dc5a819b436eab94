"""Snapping: what a moved card lines up with, and the guides that show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from evidenceboard.model.boxes import Box, around, marked
from evidenceboard.model.records import on_grid

if TYPE_CHECKING:
    from evidenceboard.ui.board.surface import Surface

REACH: Final = 6.0
"""Pixels within which an edge is drawn to another."""
GRID: Final = 8.0
"""Board units of the grid that holds where no card does."""
_SEEN_LIMIT: Final = 2000


@dataclass(slots=True)
class Snap:
    """A move in board units, and the guides (x1, y1, x2, y2) that explain it."""

    dx: float
    dy: float
    guides: list[tuple[float, float, float, float]] = field(default_factory=list)


def snap(
    surface: Surface, card_ids: Iterable[str], frame_ids: Iterable[str], dx: float, dy: float, *, free: bool = False
) -> Snap:
    """Draw a move to the edges and middles of the cards in view, else to the grid. `free`: take it as it is."""
    if free:
        return Snap(dx, dy)
    scene = surface.scene
    slots = scene.slots_as_array(card_ids)
    chosen = set(frame_ids)
    boxes: list[Box] = [scene.frame_box(index) for index, frame in enumerate(scene.frames) if frame.id in chosen]
    if len(slots):
        boxes.append(scene.extent(slots))
    box = around(boxes)
    if box is None:
        return Snap(dx, dy)
    seen = surface.visible_area()
    others = scene.cards_in((seen.left(), seen.top(), seen.right(), seen.bottom()))
    others = others[~marked(scene.n, slots)[others]]
    reach = REACH / surface.zoom
    made = Snap(dx, dy)
    if 0 < len(others) <= _SEEN_LIMIT:
        made.dx = _drawn(box[0] + dx, box[2] + dx, scene.box[0, others], scene.box[2, others], reach, dx)
        made.dy = _drawn(box[1] + dy, box[3] + dy, scene.box[1, others], scene.box[3, others], reach, dy)
    if made.dx == dx:
        made.dx = _on_grid(box[0], dx)
    if made.dy == dy:
        made.dy = _on_grid(box[1], dy)
    made.dx, made.dy = on_grid(made.dx), on_grid(made.dy)
    moved = (box[0] + made.dx, box[1] + made.dy, box[2] + made.dx, box[3] + made.dy)
    made.guides = _guides(moved, scene.box[:, others]) if 0 < len(others) <= _SEEN_LIMIT else []
    return made


def _on_grid(start: float, move: float) -> float:
    return round((start + move) / GRID) * GRID - start


def _lines(low: Any, high: Any) -> np.ndarray:
    """Return the places that line up: low edge, middle, high edge."""
    return np.stack([np.asarray(low), (np.asarray(low) + np.asarray(high)) / 2, np.asarray(high)])


def _drawn(low: float, high: float, starts: Any, sizes: Any, reach: float, move: float) -> float:
    """Return the move that brings one of the three lines onto the same line of another card, if one is near."""
    mine = _lines(low, high)
    theirs = _lines(starts, starts + sizes)
    gaps = theirs - mine[:, None]
    nearest = gaps.flat[np.abs(gaps).argmin()]
    return move + float(nearest) if abs(nearest) <= reach else move


def _guides(box: Box, others: Any) -> list[tuple[float, float, float, float]]:
    x, y, w, h = others
    guides = []
    for at, line in zip((box[0], (box[0] + box[2]) / 2, box[2]), _lines(x, x + w), strict=True):
        same = np.abs(line - at) < 0.07
        if same.any():
            top, bottom = min(box[1], float(y[same].min())), max(box[3], float((y + h)[same].max()))
            guides.append((at, top, at, bottom))
    for at, line in zip((box[1], (box[1] + box[3]) / 2, box[3]), _lines(y, y + h), strict=True):
        same = np.abs(line - at) < 0.07
        if same.any():
            left, right = min(box[0], float(x[same].min())), max(box[2], float((x + w)[same].max()))
            guides.append((left, at, right, at))
    return guides
