"""The lines of links: which side of a card they leave, how they bend, and which one lies under a point."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.boxes import Box, Floats
from evidenceboard.model.dashes import touching
from evidenceboard.model.detours import LINKS_LIMIT, Detours, Way
from evidenceboard.model.lots import lots_of
from evidenceboard.model.scene import Scene

RIGHT, BOTTOM, LEFT, TOP = range(4)
_NORMAL: Final = np.array([(1.0, 0.0, -1.0, 0.0), (0.0, 1.0, 0.0, -1.0)])
"""By side, as (2, 4). `take` lays numbers of one kind side by side, which an index does not: read far more quickly."""
APART: Final = 18.0
"""Board units between neighbouring ends on one side of a card, where there is room."""
_REACH: Final = 24.0
_CORNER: Final = 10.0
_GAP: Final = 2.0
_LEAST, _MOST = np.float32(-np.inf), np.float32(np.inf)
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
        if m <= LINKS_LIMIT or m < known:
            return False
        laid = scene.links_laid()
        touched = np.zeros(scene.n, np.bool_)
        moved = np.fromiter(cards, np.intp)
        touched[moved] = True
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
        shift = _apart(start, end, ends, laid[links], before, near[ends])
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


def curves(
    start: Floats,
    end: Floats,
    ends: NDArray[Any],
    shown: NDArray[np.bool_],
    ways: dict[int, Way] | None = None,
    shift: Floats | None = None,
    names: NDArray[Any] | None = None,
) -> tuple[Floats, Floats]:
    """Return the curves (4, 2, m) between boxes (x, y, w, h; each (4, m)) of the things numbered `ends` (2, m).

    A line leaves on the side that faces the other end, unless `ways` sends it another way round. Ends that share a
    side stand apart, in the order of what they lead to, so that lines neither lie on each other nor cross needlessly.
    `names` order those that lead to the same thing. Returned too is how far apart, (2, m) from the middle of the side;
    where that is given it is taken as it is.
    """
    m = start.shape[1]
    if m == 0:
        return np.zeros((4, 2, 0)), np.zeros((2, 0))
    sides, across, mids = _sides(start, end, ends)
    sent = np.array(sorted(ways or {}), np.intp)
    if ways and len(sent):
        sides[0][sent], sides[1][sent], _ = np.array([ways[index] for index in sent.tolist()]).T.astype(np.int64)
    side_a, side_b = sides
    if shift is None:
        shift = _spread(
            ends.reshape(-1),
            np.concatenate(sides),
            np.concatenate(mids[::-1], axis=1),
            np.concatenate([start, end], axis=1),
            np.concatenate([shown, shown]),
            None if names is None else np.tile(names, 2),
        ).reshape(2, m)
    to_self = ends[0] == ends[1]
    p0, p3 = _on_side(start, side_a, shift[0]), _on_side(end, side_b, shift[1])
    between = np.where(across, np.abs(p3[0] - p0[0]), np.abs(p3[1] - p0[1]))
    sideways = np.where(across, np.abs(p3[1] - p0[1]), np.abs(p3[0] - p0[0]))
    reach = np.maximum(_REACH, np.minimum(0.5 * between, 60.0 + 0.4 * sideways))
    reach = np.where(to_self, 70.0, np.where(sideways < 1.0, between / 3, reach))
    if ways and len(sent):
        # Lines that go round the same cards lie beside each other, not on each other.
        reach[sent] = [ways[index][2] for index in sent.tolist()] + np.abs(shift[0, sent])
    out_a, out_b = (np.take(_NORMAL, side, axis=1) * reach for side in (side_a, side_b))
    return np.stack([p0, p0 + out_a, p3 + out_b, p3]), shift


def lengths(points: Floats) -> Floats:
    """Return how far the ends of curves (4, 2, m) are from each other."""
    x, y = points[3] - points[0]
    made: Floats = np.sqrt(x * x + y * y)  # hypot takes four times as long
    return made


def _sides(
    start: Floats, end: Floats, ends: NDArray[Any]
) -> tuple[list[NDArray[Any]], NDArray[np.bool_], list[Floats]]:
    """Return the sides that lines leave and reach, which of them lead sideways, and the middles of both boxes."""
    mid_a, mid_b = start[:2] + start[2:] / 2, end[:2] + end[2:] / 2
    apart = np.abs(mid_b - mid_a) - (start[2:] + end[2:]) / 2
    across = apart[0] >= apart[1]
    forward = np.where(across, mid_b[0] >= mid_a[0], mid_b[1] >= mid_a[1])
    side = np.where(across, np.where(forward, RIGHT, LEFT), np.where(forward, BOTTOM, TOP))
    to_self = ends[0] == ends[1]
    return [np.where(to_self, RIGHT, side), np.where(to_self, TOP, (side + 2) % 4)], across, [mid_a, mid_b]


def _apart(
    start: Floats, end: Floats, ends: NDArray[Any], shown: NDArray[np.bool_], shift: Floats, anew: NDArray[np.bool_]
) -> Floats:
    """Return how far from the middle of a side lines start and end: as given, but for the ends marked `anew`."""
    sides, _, mids = _sides(start, end, ends)
    made = shift.copy()
    which = [np.flatnonzero(some) for some in anew]
    there = [np.take(end_, one) for end_, one in zip(ends, which, strict=True)]
    made[anew] = _spread(
        np.concatenate(there),
        np.concatenate([side[one] for side, one in zip(sides, which, strict=True)]),
        np.concatenate([mid[:, one] for mid, one in zip(mids[::-1], which, strict=True)], axis=1),
        np.concatenate([np.take(box, one, axis=1) for box, one in zip((start, end), which, strict=True)], axis=1),
        np.concatenate([shown[one] for one in which]),
        None,
    )
    return made


def _on_side(box: Floats, side: NDArray[Any], shift: Floats) -> Floats:
    """Return the points (2, m) on a side of boxes, `shift` board units from its middle."""
    normal = np.take(_NORMAL, side, axis=1)
    along = np.abs(normal[::-1])
    made: Floats = box[:2] + box[2:] / 2 + normal * (box[2:] / 2 + _GAP) + along * shift
    return made


def _names(scene: Scene) -> NDArray[Any] | None:
    """Return a place for each link that is the same however the scene came about, where they are few enough to look."""
    if scene.m > LINKS_LIMIT:
        return None
    places = np.empty(scene.m, np.intp)
    places[sorted(range(scene.m), key=scene.link_ids.__getitem__)] = np.arange(scene.m)
    return places


def _spread(
    thing: Any, side: NDArray[Any], other: Floats, box: Floats, shown: NDArray[np.bool_], names: NDArray[Any] | None
) -> Floats:
    """Return how far each end stands from the middle of its side, in board units; without names as they are given."""
    flat = (side == TOP) | (side == BOTTOM)
    along = np.where(flat, other[0], other[1])
    key = np.where(shown, thing.astype(np.int64) * 4 + side, -1)
    order = in_order(along, key) if names is None else np.lexsort((names, along, key))
    sorted_key = key[order]
    first = np.flatnonzero(np.r_[True, sorted_key[1:] != sorted_key[:-1]])
    count = np.diff(np.r_[first, len(order)])
    rank = np.arange(len(order)) - np.repeat(first, count)
    number = np.repeat(count, count)
    length = np.where(flat, box[2], box[3])[order]
    step = np.minimum(APART, np.maximum(length - 2 * _CORNER, 4.0) / np.maximum(number, 1))
    shift = np.empty(len(order))
    shift[order] = (rank - (number - 1) / 2) * step
    return shift


def in_order(along: Floats, key: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return what `np.lexsort` does: one number that holds all, place included, is sorted in a fraction of the time."""
    bits = len(key).bit_length()
    if not bits or (int(np.max(key)) + 1).bit_length() + 2 * bits > 63:
        return np.lexsort((along, key))
    by = np.argsort(along)
    rank = np.empty(len(by), np.int64)
    rank[by] = np.cumsum(np.r_[False, along[by][1:] != along[by][:-1]])
    made = (((key + 1) << bits | rank) << bits) | np.arange(len(by))
    made.sort()
    return made & ((1 << bits) - 1)


def hulls(points: Floats) -> NDArray[np.float32]:
    """Return (8, m) left, top, right, bottom of the control points of curves, then the same of x + y and x - y.

    A curve never leaves them. They are a little larger than they need be, because half as long numbers are read twice
    as quickly.
    """
    slant = np.stack([points[:, 0] + points[:, 1], points[:, 0] - points[:, 1]], axis=1)
    least = np.concatenate([points.min(axis=0), slant.min(axis=0)])
    most = np.concatenate([points.max(axis=0), slant.max(axis=0)])
    low, high = np.nextafter(least.astype(np.float32), _LEAST), np.nextafter(most.astype(np.float32), _MOST)
    return np.concatenate([low[:2], high[:2], low[2:], high[2:]])


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
