"""The lines of links: which side of a card they leave, how they bend, and which one lies under a point."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.beziers import bezier, distance, flattened
from evidenceboard.model.boxes import Box, Floats, marked
from evidenceboard.model.curves import apart, curves, hulls, lengths
from evidenceboard.model.dashes import touching
from evidenceboard.model.detours import Detours
from evidenceboard.model.lots import lots_of
from evidenceboard.model.scene import Scene

_FEW: Final = 12
_COARSE: Final = np.linspace(0.0, 1.0, 9)
_FINE: Final = np.linspace(0.0, 1.0, 33)


class Behind(NamedTuple):
    """What lines have not followed yet: the cards on which they hang, or None for all of a scene."""

    scene: Scene
    cards: set[int] | None


class Routes:
    """Hold one cubic curve per link: `points` is (4, 2, m) board units, `shown` tells which links show.

    Where a line lies does not hang on which cards are left out, so that nothing moves while one looks closer.

    `boxes` is (8, m): the upright and the slanting box of what a curve can touch, its arrow and label aside.
    `shift` is (2, m): how far each line starts and ends from the middle of a card's side. `lots` is (m,).
    """

    def __init__(self, scene: Scene, detours: Detours | None = None) -> None:
        self.version = 0
        """Goes up with each change of where lines lie and which of them show."""
        self.detours = detours or Detours()
        self._behind: Behind | None = None
        self._lay(scene)

    def _lay(self, scene: Scene) -> None:
        """Work out all lines."""
        self._laid = laid = scene.links_laid()
        self._lengths: Floats | None = None
        self.look(scene)
        ends = scene.ends[:, : scene.m]
        start, end = scene.end_boxes()
        names = _names(scene)
        self.points, self.shift = curves(start, end, ends, laid, names=names)
        ways = self.detours.ways(scene, self.points, laid)
        if ways:
            self.points, self.shift = curves(start, end, ends, laid, ways, names=names)
        self.boxes = hulls(self.points)
        self.lots = lots_of(scene.link_ids)
        self.label_t: Floats = np.zeros(0)
        """Where along its line each link's words stand; the middle where nobody has looked for a better place."""

    def look(self, scene: Scene) -> None:
        """Take note of which cards are left out now; their links do not show. Of links that came, `follow` is told."""
        self.shown = self._laid & ~scene.links_left_out()[: len(self._laid)]
        self.version += 1

    @property
    def lengths(self) -> Floats:
        """Return how far the ends of each line are from each other, in board units."""
        if self._lengths is None:
            self._lengths = lengths(self.points)
        return self._lengths

    def note(self, scene: Scene, cards: Iterable[int] | None) -> None:
        """Take note of cards that were moved or on which links came or went, None: of anything else.

        The lines follow with `caught_up`: who drops a thousand cards need not wait for what is painted after that.
        """
        before = self._behind.cards if self._behind else set()
        self._behind = Behind(scene, None if cards is None or before is None else before | set(cards))

    def caught_up(self) -> Routes:
        """Return this with all lines where they belong after what was noted; only then they are looked at."""
        behind, self._behind = self._behind, None
        if behind is not None and (behind.cards is None or not self.follow(behind.scene, behind.cards)):
            self._lay(behind.scene)
        return self

    def follow(self, scene: Scene, cards: Iterable[int]) -> bool:
        """Work out anew what hangs on cards that were moved or on which links came or went, where the rest stays.

        False: all must be made anew.
        """
        m, known = scene.m, self.points.shape[2]
        if scene.can_be_followed or m < known:
            return False
        laid = scene.links_laid()
        moved = np.fromiter(cards, np.intp)
        touched = marked(scene.n, moved)
        other = np.flatnonzero(laid[:known] != self._laid)
        if not touched[scene.ends[:, other]].all():
            return False
        # A card that moves lets the lines on its neighbours change places, and those lines only.
        near = touched.copy()
        near[np.take(scene.ends, scene.links_at(moved), axis=1)] = True
        links = scene.links_at(np.flatnonzero(near))
        if len(links) > m // 4:
            return False
        self._grow(scene)
        self._laid = laid
        self.look(scene)
        ends = np.take(scene.ends, links, axis=1)
        start, end = scene.end_boxes(links)
        before = np.take(self.shift, links, axis=1)
        shift = apart(start, end, ends, laid[links], before, near[ends])
        anew = np.flatnonzero(touched[ends].any(axis=0) | (shift != before).any(axis=0))
        links, ends, shift = links[anew], np.take(ends, anew, axis=1), np.take(shift, anew, axis=1)
        start, end = np.take(start, anew, axis=1), np.take(end, anew, axis=1)
        points, _ = curves(start, end, ends, laid[links], shift=shift)
        self.points[:, :, links], self.shift[:, links], self.boxes[:, links] = points, shift, hulls(points)
        if self._lengths is not None:
            self._lengths[links] = lengths(points)
        return True

    def _grow(self, scene: Scene) -> None:
        """Make room for links that came."""
        more = scene.m - self.points.shape[2]
        if more:
            self._lengths = None
            self.points = np.concatenate([self.points, np.zeros((4, 2, more))], axis=2)
            self.shift = np.concatenate([self.shift, np.zeros((2, more))], axis=1)
            self.boxes = np.concatenate([self.boxes, np.zeros((8, more), np.float32)], axis=1)
            self.lots = np.concatenate([self.lots, lots_of(scene.link_ids[-more:])])

    def crossing(self, area: Box, margin: float = 0.0, among: NDArray[np.intp] | None = None) -> NDArray[np.intp]:
        """Return the indexes of the links whose hull touches an area; `among` some that show, or all of those."""
        left, top, right, bottom = area[0] - margin, area[1] - margin, area[2] + margin, area[3] + margin
        boxes = self.boxes
        if among is None:
            found = np.flatnonzero((boxes[0] <= right) & (boxes[2] >= left) & self.shown)
        else:
            found = among[(boxes[0, among] <= right) & (boxes[2, among] >= left)]
        found = found[(boxes[1, found] <= bottom) & (boxes[3, found] >= top)]
        # Most of the long lines whose upright box touches a small area pass it by: a slanting box tells.
        slant = boxes[4:, found]
        keep = (slant[0] <= right + bottom) & (slant[2] >= left + top)
        keep &= (slant[1] <= right - top) & (slant[3] >= left - bottom)
        made: NDArray[np.intp] = found[keep]
        return made

    def at(self, x: float, y: float, within: float, among: NDArray[np.intp] | None = None) -> int | None:
        """Return the index of the link that passes nearest to a point, at most `within` board units away.

        `among`: only these are looked at.
        """
        near = self.crossing((x, y, x, y), within) if among is None else among
        for steps in (_COARSE, _FINE):
            if len(near) > _FEW:
                # Most of the long ones pass by farther away.
                points = np.take(self.points, near, axis=2)
                pieces = touching(points, bezier(points, steps), (x - within, y - within, x + within, y + within))
                near = near[pieces.any(axis=1)]
        if not len(near):
            return None
        if len(near) > _FEW:
            rough = distance(flattened(np.take(self.points, near, axis=2), 24), x, y)
            near = near[np.argpartition(rough, _FEW)[:_FEW]]
        away = distance(flattened(np.take(self.points, near, axis=2), 96), x, y)
        best = int(np.argmin(away))
        return int(near[best]) if away[best] <= within else None

    def label_at(self, index: int) -> tuple[float, float]:
        """Return the point of a link's line on which the middle of its words stands."""
        t = self.label_t[index] if index < len(self.label_t) else 0.5
        t = 0.5 if np.isnan(t) else t
        x, y = bezier(self.points[:, :, index, None], np.array([t]))[:, 0, 0]
        return float(x), float(y)


def _names(scene: Scene) -> NDArray[Any] | None:
    """Return a place for each link that is the same however the scene came about, where they are few enough to look."""
    if not scene.can_be_followed:
        return None
    places = np.empty(scene.m, np.intp)
    places[sorted(range(scene.m), key=scene.link_ids.__getitem__)] = np.arange(scene.m)
    return places
