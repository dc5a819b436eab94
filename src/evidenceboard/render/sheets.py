"""The pages of a board on paper: one poster, or tiles with a key map. Lengths are points, 72 to an inch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from evidenceboard.errors import InvalidValueError
from evidenceboard.model.scene import Box, Scene

UNIT: Final = 0.75
"""Points for one board unit at 100 %."""
MARGIN: Final = 12 / 25.4 * 72
HEAD: Final = 22.0
FOOT: Final = 20.0
LARGEST: Final = 14_400.0
"""Points that a side of a PDF page may have: 200 inches."""
SMALLEST: Final = 360.0
OVERLAP: Final = 48.0
"""Board units that neighbouring tiles share."""
PAPERS: Final = {"A4": (595.276, 841.89), "A3": (841.89, 1190.551), "LETTER": (612.0, 792.0)}
_SEARCH: Final = 0.4
"""The share of a tile, from its far edge, in which a place for the cut is looked for."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its size in points, the part of the board on it, and the points for one board unit."""

    width: float
    height: float
    area: Box
    scale: float
    name: str = ""
    """The tile's place, such as B3: rows are letters, columns numbers."""

    @property
    def body(self) -> tuple[float, float]:
        """Return the upper left corner of the board on the page."""
        return MARGIN, MARGIN + HEAD


def poster(bounds: Box, legend_height: float, widest: float) -> tuple[Sheet, bool]:
    """Return one page as large as the board, and whether it had to be made smaller. `widest`: room for the legend."""
    wide, high = bounds[2] - bounds[0], bounds[3] - bounds[1]
    outside_x, outside_y = 2 * MARGIN, 2 * MARGIN + HEAD + FOOT + legend_height
    scale = min(UNIT, (LARGEST - outside_x) / max(wide, 1.0), (LARGEST - outside_y) / max(high, 1.0))
    width = max(wide * scale + outside_x, SMALLEST, min(widest, LARGEST))
    return Sheet(width, max(high * scale + outside_y, SMALLEST), bounds, scale), scale < UNIT


def paper_size(name: str) -> tuple[float, float]:
    """Return width and height of a paper, upright. Raises `InvalidValueError`, naming those that there are."""
    found = PAPERS.get((name or "A4").strip().upper())
    if found is None:
        raise InvalidValueError("There is no paper of this name; nothing was written.", "Papers: A4, A3, Letter.")
    return found


def atlas(scene: Scene, bounds: Box, paper: str) -> list[Sheet]:
    """Return the tiles of a board, row by row, upright or lying as takes fewer; those without anything are left out."""
    short, long = paper_size(paper)
    found = [_tiles(scene, bounds, *size) for size in ((long, short), (short, long))]
    return min(found, key=len)


def _tiles(scene: Scene, bounds: Box, width: float, height: float) -> list[Sheet]:
    room_x = (width - 2 * MARGIN) / UNIT
    room_y = (height - 2 * MARGIN - HEAD - FOOT) / UNIT
    order = scene.order()
    x, y, w, h = scene.box[:, order]
    columns = _cuts(bounds[0], bounds[2], room_x, x, x + w)
    rows = _cuts(bounds[1], bounds[3], room_y, y, y + h)
    sheets = []
    for row, (top, bottom) in enumerate(rows):
        for column, (left, right) in enumerate(columns):
            area = (left, top, right, bottom)
            if len(scene.cards_in(area)) or any(_touches(scene.frame_box(i), area) for i in range(len(scene.frames))):
                sheets.append(Sheet(width, height, area, UNIT, f"{_letters(row)}{column + 1}"))
    return sheets


def _touches(box: Box, area: Box) -> bool:
    return box[0] < area[2] and box[2] > area[0] and box[1] < area[3] and box[3] > area[1]


def _letters(row: int) -> str:
    letters = ""
    row += 1
    while row:
        row, rest = divmod(row - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _cuts(start: float, end: float, room: float, low: np.ndarray, high: np.ndarray) -> list[tuple[float, float]]:
    """Return the stretches that tiles show along one axis; a cut goes through as few cards as can be."""
    made: list[tuple[float, float]] = []
    at = start
    while end - at > room:
        places = np.linspace(at + room * (1 - _SEARCH), at + room, 120)
        through = ((low[:, None] < places) & (high[:, None] > places)).sum(axis=0)
        # Of the places that cut least, the farthest: fewer tiles.
        best = float(places[np.flatnonzero(through == through.min())[-1]])
        made.append((at, best))
        at = best - min(OVERLAP, room * 0.1)
    return [*made, (at, end)]
