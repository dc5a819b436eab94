"""Which links are drawn one by one at a scale: where there is no room for all their lines, some stand for the rest.

The rule. A card has room for one line on every few pixels of its edge; where more links end at it, so many of them are
drawn. Lines so long that no window shows both their ends are drawn faint, and as many of them as cover a quarter of the
board. Far out, where cards are mere patches, only so many lines are drawn as begin or end in one square of the board.
Which links are drawn depends on the scale alone, never on what is in view, so that a scrolled picture equals a fresh
one; and they are the same ones each time, because each link's lot is drawn from its id.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from copy import copy
from typing import Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.boxes import Box, Floats
from evidenceboard.model.crowds import PART, crowds
from evidenceboard.model.curves import lengths
from evidenceboard.model.frame_boxes import COLLAPSED_HEIGHT
from evidenceboard.model.routes import Routes
from evidenceboard.model.scene import Scene

ROOM: Final = 4.0
"""Pixels of a card's edge that each line needs."""
FAR: Final = 0.11
"""The scale below which squares of the board are looked at in place of cards."""
SQUARE: Final = 32.0
"""Pixels that such a square is wide at least; at most twice as many."""
MOST: Final = 24
"""Lines that begin or end in a square."""
LONG: Final = 2200.0
"""Pixels from end to end, at most at full size, from which on a line is drawn faint: no window shows both its ends."""
COVERED: Final = 0.25
"""Share of the board that faint lines, a pixel wide, may cover in all."""
WHOLE: Final = 200
"""Selected cards up to which all their links are drawn, and the others recede."""

Counted = tuple[NDArray[np.int8], NDArray[np.intp], NDArray[np.intp]]


class Thinning:
    """Tell which links of a board are drawn one by one.

    `receding`: those that recede and the others are counted apart, so that neither takes the room of the other.
    """

    def __init__(
        self,
        scene: Scene,
        routes: Routes,
        receding: NDArray[np.bool_] | None = None,
        before: Thinning | None = None,
    ) -> None:
        """`before`: what served until now, of which is taken over what holds still."""
        self._scene, self._routes, self._receding = scene, routes, receding
        self._version = routes.version
        self.whole: frozenset[int] = frozenset()
        """Slots of cards of which all links are drawn."""
        self._at_whole: NDArray[np.bool_] | None = None
        self._shown_of, self._ends_version = routes.shown, scene.ends_version
        self._ends = scene.ends[:, : len(routes.shown)]
        self._rim, self._thing = _rim(scene), _things(scene)
        if before is not None and not before._counts_for(self):
            before = None
        self._behind, self._shown, self._count = self._count_ends() if before is None else before._counted
        self._room: Floats
        self._least: float
        if before is not None and np.array_equal(self._rim, before._rim):
            self._room, self._least = before._room, before._least
        else:
            self._room, self._least = self._rooms()
        self._far: dict[int, NDArray[np.bool_]] = {}
        self._long: Floats | None = None
        self._area = 0.0
        self._shares: dict[float, float] = {}
        self._left: dict[tuple[float, frozenset[int]], int] = {}

    def _count_ends(self) -> Counted:
        """Count the links that end at each thing."""
        receding, ends = self._receding, self._ends
        self._behind = np.zeros(ends.shape[1], np.int8)
        if receding is not None:
            self._behind[receding[ends[0]] | receding[ends[1]]] = 1
        shown = np.flatnonzero(self._shown_of)
        count = np.bincount(self._things_of(shown).reshape(-1), minlength=2 * len(self._rim))
        return self._behind, shown, count

    def _rooms(self) -> tuple[Floats, float]:
        """Return how much of its edge each thing has for each line, and the least of those that have lines."""
        room = np.repeat(self._rim, 2) / np.maximum(self._count, 1)
        return room, float(np.min(room[self._count > 0], initial=math.inf))

    @property
    def _counted(self) -> Counted:
        return self._behind, self._shown, self._count

    def _counts_for(self, other: Thinning) -> bool:
        """Tell whether another one has as many lines at each end."""
        same = self._scene is other._scene and self._routes is other._routes and self._receding is other._receding
        return (
            same
            and len(self._rim) == len(other._rim)
            and np.array_equal(self._thing, other._thing)
            and self._ends_version == other._ends_version
            and (self._shown_of is other._shown_of or np.array_equal(self._shown_of, other._shown_of))
        )

    def serves(self, scene: Scene, routes: Routes, receding: NDArray[np.bool_] | None) -> bool:
        """Tell whether this is the answer for a board as it is now."""
        there = self._scene is scene and self._routes is routes and self._receding is receding
        return there and self._version == routes.version

    def with_whole(self, slots: frozenset[int]) -> Thinning:
        """Return the same, but that all links of some cards are drawn; they are for all others as if they were not."""
        if slots == self.whole:
            return self
        made = copy(self)
        made.whole, made._at_whole = slots, None
        if slots:
            made._at_whole = np.zeros(len(self._behind), np.bool_)
            made._at_whole[self._scene.links_at(slots)] = True
        return made

    def drawn(self, links: NDArray[np.intp], scale: float) -> NDArray[np.bool_]:
        """Return which of some links that show are drawn."""
        made = self._from_afar(scale)[links] if scale < FAR else self._has_room(links, scale)
        share = self._share(scale)
        if share < 1.0:
            made &= (self._routes.lots[links] <= share) | (self._lengths[links] * min(scale, 1.0) <= LONG)
        return made if self._at_whole is None else made | self._at_whole[links]

    def made_ready(self, scale: float) -> Iterator[None]:
        """Work out in steps what a scale needs to be known of all links; it is kept for the next question."""
        if scale < FAR:
            yield from self._looking_from_afar(_level(scale))
        self._share(scale)
        yield

    def is_ready(self, scale: float) -> bool:
        """Tell whether what a scale needs is known already."""
        return scale >= FAR or _level(scale) in self._far

    def crossing(self, area: Box, margin: float, scale: float) -> NDArray[np.intp]:
        """Return the indexes of the links that are drawn and whose hull touches an area."""
        routes, among = self._routes, None
        if scale < FAR:
            afar = self._from_afar(scale)
            among = np.flatnonzero(afar if self._at_whole is None else afar | (self._at_whole & routes.shown))
        found = routes.crossing(area, margin, among)
        return found[self.drawn(found, scale)]

    def not_drawn(self, scale: float) -> int:
        """Return how many links that show are not drawn one by one."""
        key = (scale, self.whole)
        if key not in self._left:
            parts = (self._shown[first : first + PART] for first in range(0, len(self._shown), PART))
            self._left = {key: len(self._shown) - sum(int(np.count_nonzero(self.drawn(one, scale))) for one in parts)}
        return self._left[key]

    def has_faint(self, scale: float) -> bool:
        """Tell whether there are lines so long that they are drawn faint."""
        return float(np.max(self._lengths, initial=0.0)) * min(scale, 1.0) > LONG

    def _has_room(self, links: NDArray[np.intp], scale: float) -> NDArray[np.bool_]:
        if self._least * scale >= ROOM:
            return np.ones(len(links), np.bool_)
        room = self._room[self._things_of(links)].min(axis=0)
        made: NDArray[np.bool_] = self._routes.lots[links] * ROOM <= room * scale
        return made

    def _share(self, scale: float) -> float:
        """Return the share of the long lines that there is room for."""
        if scale not in self._shares:
            lengths = self._lengths
            # A third of the time that a sum of some takes.
            covered = float(np.dot(lengths, lengths * min(scale, 1.0) > LONG))
            self._shares = {scale: min(1.0, COVERED * self._area * scale / covered) if covered else 1.0}
        return self._shares[scale]

    @property
    def _lengths(self) -> Floats:
        """Return how far the ends of each line are from each other, 0 where it does not show."""
        if self._long is None:
            routes = self._routes
            # Of all numbers the least is found many times as quickly as of some that are marked.
            boxes = routes.boxes[:4]
            left, top, right, bottom = boxes if len(self._shown) == boxes.shape[1] else boxes[:, self._shown]
            wide = right.max(initial=-np.inf) - left.min(initial=np.inf)
            high = bottom.max(initial=-np.inf) - top.min(initial=np.inf)
            self._area = float(max(wide, 0.0)) * float(max(high, 0.0))
            self._long = routes.lengths if len(self._shown) == boxes.shape[1] else routes.lengths * routes.shown
        return self._long

    def _things_of(self, links: NDArray[np.intp]) -> NDArray[np.intp]:
        # Row by row: of a part of a larger array `take` would copy all before it takes a few.
        ends = np.stack([row.take(links) for row in self._ends])
        made: NDArray[np.intp] = self._thing[ends] * 2 + self._behind[links]
        return made

    def _from_afar(self, scale: float) -> NDArray[np.bool_]:
        """Return which links are drawn far out: the same ones up to twice the scale."""
        level = _level(scale)
        for _ in self._looking_from_afar(level):
            pass
        return self._far[level]

    def _looking_from_afar(self, level: int) -> Iterator[None]:
        if level in self._far:
            return
        shown, lots = self._shown, self._routes.lots
        found = yield from crowds(self._routes.points[::3], shown, self._behind, level)
        made = np.zeros(len(self._behind), np.bool_)
        for first in range(0, len(shown), PART):
            links = shown[first : first + PART]
            made[links] = lots[links] * found[first : first + PART] <= MOST
        self._far[level] = made


def _level(scale: float) -> int:
    return math.ceil(math.log2(SQUARE / scale))


def is_long(points: Floats, scale: float) -> NDArray[np.bool_]:
    """Return which curves (4, 2, m) are so long at a scale that they are drawn faint."""
    made: NDArray[np.bool_] = lengths(points) * min(scale, 1.0) > LONG
    return made


def _things(scene: Scene) -> NDArray[np.intp]:
    """Return for each slot the thing at which its links end: a card, or the folded frame that it is in."""
    n = scene.n
    thing = np.arange(n)
    folded = np.flatnonzero(scene.hidden[:n])
    thing[folded] = n + scene.frame[folded]
    return thing


def _rim(scene: Scene) -> Floats:
    """Return the length of the edge of each thing."""
    n = scene.n
    made: Floats = np.empty(n + len(scene.frames))
    np.add(scene.box[2, :n], scene.box[3, :n], out=made[:n])
    made[n:] = [frame.w + COLLAPSED_HEIGHT for frame in scene.frames]
    made *= 2
    return made
