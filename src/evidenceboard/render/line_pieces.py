"""The straight pieces that links are painted from, kept for the surroundings of a view while it moves over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.dashes import dashed, on_curves
from evidenceboard.model.link_look import AGAINST, FOR, PLAIN
from evidenceboard.model.routes import flattened
from evidenceboard.model.scene import Box, Floats

if TYPE_CHECKING:
    from evidenceboard.render.board_paint import Picture

TONES: Final = (PLAIN, FOR, AGAINST)
DETAILED: Final = 0.3
"""The scale from which arrows and dashes can be told."""
MARGIN: Final = 120.0
"""Board units around an area in which a link's arrow or its own thickness may still touch it."""
_SEGMENTS: Final = ((0.55, 20), (0.24, 12), (0.11, 6), (0.0, 3))
_DASH: Final = 6.0
"""Board units of a dash, which is at least some pixels long; the gap after it is a share of it."""
_DASH_PIXELS: Final = 4.0
_GAP: Final = 2 / 3
_MOST: Final = 8000
"""Links in the surroundings of a view up to which their pieces are kept."""
_AROUND: Final = 0.6
"""How far the surroundings reach beyond a view, as a share of it."""


class Pieces:
    """Some links in an area, cut into straight pieces: one array of lines (p, 4) in board units for each tone."""

    def __init__(self, picture: Picture, scale: float, area: Box, links: NDArray[Any], points: Floats) -> None:
        scene, routes = picture.scene, picture.routes
        self._key = (id(routes), scene.version, scale)
        self.area = area
        self.links = links
        self.points = points
        tones = scene.tone[links]
        known = len(routes.label_t) == routes.points.shape[2]
        self.words = on_curves(points, routes.label_t[links] if known else np.full(len(links), 0.5))
        self.lines: dict[int, Floats] = {}
        self.owner: dict[int, NDArray[np.intp]] = {}
        for tone in TONES:
            some = np.flatnonzero(tones == tone)
            self.lines[tone], of = _cut(points[:, :, some], scale, tone, area)
            self.owner[tone] = some[of]

    def serves(self, picture: Picture, scale: float, area: Box) -> bool:
        """Tell whether these are the pieces of a picture at a scale, and all of them in an area."""
        here = self.area
        covers = here[0] <= area[0] and here[1] <= area[1] and here[2] >= area[2] and here[3] >= area[3]
        return covers and self._key == (id(picture.routes), picture.scene.version, scale)

    def lines_in(self, tone: int, chosen: NDArray[np.bool_], area: Box, margin: float) -> Floats:
        """Return the lines of a tone that touch an area and belong to chosen links (one mark for each link)."""
        lines = self.lines[tone]
        near = np.minimum(lines[:, 0], lines[:, 2]) <= area[2] + margin
        near &= np.maximum(lines[:, 0], lines[:, 2]) >= area[0] - margin
        near &= np.minimum(lines[:, 1], lines[:, 3]) <= area[3] + margin
        near &= np.maximum(lines[:, 1], lines[:, 3]) >= area[1] - margin
        found = np.flatnonzero(near)
        made: Floats = lines[found[chosen[self.owner[tone][found]]]]
        return made


def pieces_in(picture: Picture, scale: float, area: Box) -> Pieces:
    """Return the pieces of the links that touch an area, the kept ones where they serve."""
    kept = picture.pieces
    if kept is not None and kept.serves(picture, scale, area):
        return kept
    links = picture.routes.crossing(area, MARGIN)
    return Pieces(picture, scale, area, links, picture.routes.points[:, :, links])


def keep_around(picture: Picture, scale: float, area: Box) -> None:
    """Keep the pieces around a view, so that moving it a little costs little; where there are too many, none."""
    if picture.pieces is not None and picture.pieces.serves(picture, scale, area):
        return
    wide, high = (area[2] - area[0]) * _AROUND, (area[3] - area[1]) * _AROUND
    around = (area[0] - wide, area[1] - high, area[2] + wide, area[3] + high)
    links = picture.routes.crossing(around, MARGIN)
    few = len(links) <= _MOST
    picture.pieces = Pieces(picture, scale, around, links, picture.routes.points[:, :, links]) if few else None


def _cut(points: Floats, scale: float, tone: int, area: Box) -> tuple[Floats, NDArray[np.intp]]:
    """Return curves as lines, and the place of each line's curve."""
    if tone == AGAINST and scale >= DETAILED:
        # Far out dashes are longer, so that they can be told from each other.
        dash = max(_DASH, _DASH_PIXELS / scale)
        margin = 4.0 + 2.0 / scale
        around = (area[0] - margin, area[1] - margin, area[2] + margin, area[3] + margin)
        return dashed(points, dash, dash * _GAP, around)
    segments = next(count for start, count in _SEGMENTS if scale >= start)
    return flattened(points, segments).reshape(-1, 4), np.repeat(np.arange(points.shape[2]), segments)
