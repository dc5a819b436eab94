"""The straight pieces that links are painted from, kept for the surroundings of a view while it moves over them."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.beziers import distance, flattened_in
from evidenceboard.model.boxes import Box, Floats
from evidenceboard.model.dashes import dashed, on_curves
from evidenceboard.model.link_look import AGAINST, FOR, PLAIN
from evidenceboard.model.thinning import Thinning, is_long
from evidenceboard.render.line_bands import Bands, in_bands

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
_MOST: Final = 200_000
"""Pieces of links in the surroundings of a view up to which they are looked through and kept."""
_AT_ONCE: Final = 60_000
"""Pieces that are cut in one step: a few milliseconds."""
_DASHES: Final = 4
"""How many times as long one curve takes that is cut into dashes."""
_ROUNDED, _LEAST = np.float32(2.0**-23), np.float32(1e-30)
"""How much a short number may have been rounded by, as a share of it, and where it is next to nothing."""
_AHEAD: Final = 0.1
"""How far beyond a view its pieces have to reach, as a share of it, or others are made before they are needed."""
_AROUND: Final = (0.6, 0.3, 0.15)
"""How far the surroundings reach beyond a view, as a share of it: the farthest that holds few enough pieces."""


class Pieces:
    """Some links in an area, cut into straight pieces: one array of lines (p, 4) in board units for each tone."""

    def __init__(self, picture: Picture, scale: float, area: Box, links: NDArray[Any], points: Floats) -> None:
        scene, routes = picture.scene, picture.routes
        self._key = (thinning_of(picture), scene.version, scale)
        self.area = area
        self.links = links
        self.points = points
        self.faint = is_long(points, scale)
        known = len(routes.label_t) == routes.points.shape[2]
        self.words = on_curves(points, routes.label_t[links] if known else np.full(len(links), 0.5))
        self.lines: dict[int, Floats] = {}
        self._owner: dict[int, NDArray[np.intp]] = {}
        self._boxes: dict[int, NDArray[np.float32]] = {}
        self._bands: dict[int, list[Bands | None]] = {}
        self._scale = scale
        tones = scene.tone[links]
        self.of = {tone: np.flatnonzero(tones == tone) for tone in TONES}
        """The places of the links of each tone."""

    def cutting(self) -> Iterator[None]:
        """Cut the links, some of one tone at each step; without that they have no lines."""
        margin = MARGIN + 2.0 / self._scale
        left, top, right, bottom = self.area
        around = (left - margin, top - margin, right + margin, bottom + margin)
        for tone in TONES:
            step = _AT_ONCE // (_segments(self._scale) * (_DASHES if _is_dashed(tone, self._scale) else 1))
            all_of = self.of[tone]
            lines, owners = [np.zeros((0, 4))], [np.zeros(0, np.intp)]
            for first in range(0, len(all_of), step):
                some = all_of[first : first + step]
                made, of = _cut(np.take(self.points, some, axis=2), self._scale, tone, around)
                lines.append(made)
                owners.append(some[of])
                yield
            self.lines[tone], self._owner[tone] = np.concatenate(lines), np.concatenate(owners)
            self._boxes[tone] = _boxes(self.lines[tone])

    def sorting(self) -> Iterator[None]:
        """Sort what is cut into bands, a little at each step, so that what touches a strip is found at once."""
        sides = self.area[::2], self.area[1::2]
        for tone, boxes in self._boxes.items():
            made = []
            for axis, (start, end) in enumerate(sides):
                made.append(in_bands(boxes[axis], boxes[axis + 2], start, end))
                if made[-1] is not None:
                    yield
            self._bands[tone] = made

    def serves(self, picture: Picture, scale: float, area: Box) -> bool:
        """Tell whether these are the pieces of a picture at a scale, and all of them in an area."""
        here = self.area
        covers = here[0] <= area[0] and here[1] <= area[1] and here[2] >= area[2] and here[3] >= area[3]
        return covers and self._key == (thinning_of(picture), picture.scene.version, scale)

    def near(self, tone: int, area: Box, margin: float) -> tuple[Floats, NDArray[np.intp]]:
        """Return the lines of a tone that touch an area, and the place of the link of each."""
        around = (area[0] - margin, area[1] - margin, area[2] + margin, area[3] + margin)
        left, top, right, bottom = self._boxes[tone]
        some = self._in_strip(tone, around)
        if some is None:
            found = np.flatnonzero((left <= around[2]) & (right >= around[0]))
        else:
            found = some[(left[some] <= around[2]) & (right[some] >= around[0])]
        found = found[(top[found] <= around[3]) & (bottom[found] >= around[1])]
        return self.lines[tone][found], self._owner[tone][found]

    def _in_strip(self, tone: int, area: Box) -> NDArray[np.int32] | None:
        """Return the places of the lines in the bands of an area, in order; None where it is better to look at all."""
        best, share = None, 0.5
        for axis, bands in enumerate(self._bands.get(tone, ())):
            if bands is not None:
                first, last = bands.span(area[axis], area[axis + 2])
                if (last - first + 1) / bands.count < share:
                    best, share = bands.within(first, last), (last - first + 1) / bands.count
        return None if best is None else np.sort(best)

    def nearest(self, x: float, y: float, within: float) -> int | None:
        """Return the index of the link whose line passes nearest to a point, at most `within` board units away."""
        best, found = within, None
        area = (x, y, x, y)
        for tone in TONES:
            lines, of = self.near(tone, area, within)
            if len(lines):
                away = distance(lines[:, None, :], x, y)
                least = int(np.argmin(away))
                if away[least] <= best:
                    best, found = float(away[least]), int(self.links[of[least]])
        return found


def thinning_of(picture: Picture) -> Thinning:
    """Return which links of a picture are drawn: those of emphasised cards all of them."""
    known = picture.thinning
    if known is None or not known.serves(picture.scene, picture.routes, picture.receding):
        known = Thinning(picture.scene, picture.routes, picture.receding, known)
    picture.thinning = known.with_whole(picture.emphasis)
    return picture.thinning


def pieces_in(picture: Picture, scale: float, area: Box) -> Generator[None, None, Pieces]:
    """Return the pieces of the links that touch an area, the kept ones where they serve; others are cut in steps."""
    kept = picture.pieces
    if kept is not None and kept.serves(picture, scale, area):
        return kept
    if not picture.complete:
        thinning = thinning_of(picture)
        yield
        yield from thinning.made_ready(scale)
    made = _uncut(picture, scale, area)
    yield
    yield from made.cutting()
    return made


def have_ready(picture: Picture, scale: float, area: Box) -> Iterator[None]:
    """Cut the links of a whole view once, in steps, before it is painted band by band."""
    before = picture.pieces
    made = yield from pieces_in(picture, scale, area)
    if made is not before:
        yield from made.sorting()
    picture.pieces = made


def _uncut(picture: Picture, scale: float, area: Box) -> Pieces:
    if picture.complete:
        links = picture.routes.crossing(area, MARGIN)
    else:
        links = thinning_of(picture).crossing(area, MARGIN, scale)
    return Pieces(picture, scale, area, links, np.take(picture.routes.points, links, axis=2))


class Keeper:
    """Keep the pieces around a view, so that moving it a little costs little; they are cut a little at each step."""

    def __init__(self) -> None:
        self._making: Pieces | None = None
        self._steps: Iterator[None] = iter(())

    def look(self, picture: Picture, scale: float, area: Box) -> bool:
        """Take note of what is in view; return whether there is something to cut. Of too many links none is kept."""
        ahead = _wider(area, _AHEAD)
        for known in (picture.pieces, self._making):
            if known is not None and known.serves(picture, scale, ahead):
                return known is self._making
        self._making = None
        for share in _AROUND:
            around = _wider(area, share)
            made = _uncut(picture, scale, around)
            if len(made.links) * _segments(scale) <= _MOST:
                self._making, self._steps = made, chain(made.cutting(), made.sorting())
                return True
        return False

    def work(self, picture: Picture) -> bool:
        """Cut for some milliseconds; return whether there is more to cut."""
        if self._making is None:
            return False
        if next(self._steps, self) is self:
            picture.pieces, self._making = self._making, None
        return self._making is not None


def _wider(area: Box, share: float) -> Box:
    """Return an area with a share of it more on each side."""
    wide, high = (area[2] - area[0]) * share, (area[3] - area[1]) * share
    return (area[0] - wide, area[1] - high, area[2] + wide, area[3] + high)


def _boxes(lines: Floats) -> NDArray[np.float32]:
    """Return left, top, right and bottom of lines, a little larger than they are: short numbers are read faster."""
    low, high = np.minimum(lines[:, :2], lines[:, 2:]).T, np.maximum(lines[:, :2], lines[:, 2:]).T
    low, high = low.astype(np.float32), high.astype(np.float32)
    return np.concatenate([low - (np.abs(low) * _ROUNDED + _LEAST), high + (np.abs(high) * _ROUNDED + _LEAST)])


def _segments(scale: float) -> int:
    """Return how many straight pieces a curve is cut into at a scale."""
    return next(count for start, count in _SEGMENTS if scale >= start)


def _is_dashed(tone: int, scale: float) -> bool:
    return tone == AGAINST and scale >= DETAILED


def _cut(points: Floats, scale: float, tone: int, area: Box) -> tuple[Floats, NDArray[np.intp]]:
    """Return curves as those lines that touch an area, and the place of each line's curve."""
    if _is_dashed(tone, scale):
        # Far out dashes are longer, so that they can be told from each other.
        dash = max(_DASH, _DASH_PIXELS / scale)
        return dashed(points, dash, dash * _GAP, area)
    return flattened_in(points, _segments(scale), area)
