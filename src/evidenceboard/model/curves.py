"""Where lines run between cards: the side that they leave, the order on a side, how they bend, what they touch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.boxes import Floats
from evidenceboard.model.detours import Way

RIGHT, BOTTOM, LEFT, TOP = range(4)
_NORMAL: Final = np.array([(1.0, 0.0, -1.0, 0.0), (0.0, 1.0, 0.0, -1.0)])
"""By side, as (2, 4). `take` lays numbers of one kind side by side, which an index does not: read far more quickly."""
APART: Final = 18.0
"""Board units between neighbouring ends on one side of a card, where there is room."""
_REACH: Final = 24.0
_CORNER: Final = 10.0
_GAP: Final = 2.0
_LEAST, _MOST = np.float32(-np.inf), np.float32(np.inf)
_TOGETHER: Final = 8192
"""Lines that are worked out together: half a megabyte."""
Sides = NDArray[np.int8]
"""The sides of both ends, (2, m)."""


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
        sides[:, sent] = np.array([ways[index][:2] for index in sent.tolist()]).T
    if shift is None:
        shift = _spread(
            ends.reshape(-1),
            sides.reshape(-1),
            *_along(sides, mids, (start, end)),
            np.concatenate([shown, shown]),
            None if names is None else np.tile(names, 2),
        ).reshape(2, m)
    points = np.empty((4, 2, m))
    # Some at a time, which stay at hand for the processor: it is half of the time that all at once take.
    for some in _parts(m):
        p0 = _on_side(start[:, some], sides[0, some], shift[0, some])
        p3 = _on_side(end[:, some], sides[1, some], shift[1, some])
        reach = _reach(p0, p3, across[some], ends[0, some] == ends[1, some])
        if ways:
            # Lines that go round the same cards lie beside each other, not on each other.
            within = sent[(sent >= some.start) & (sent < some.stop)]
            reach[within - some.start] = [ways[at][2] for at in within.tolist()] + np.abs(shift[0, within])
        out_a, out_b = (np.take(_NORMAL, side, axis=1) * reach for side in sides[:, some])
        for at, one in enumerate((p0, p0 + out_a, p3 + out_b, p3)):
            points[at, :, some] = one
    return points, shift


def apart(
    start: Floats, end: Floats, ends: NDArray[Any], shown: NDArray[np.bool_], shift: Floats, anew: NDArray[np.bool_]
) -> Floats:
    """Return how far from the middle of a side lines start and end: as given, but for the ends marked `anew`."""
    sides, _, mids = _sides(start, end, ends)
    along, length = _along(sides, mids, (start, end))
    which, made = np.flatnonzero(anew), shift.copy()
    made.reshape(-1)[which] = _spread(
        np.take(ends.reshape(-1), which),
        np.take(sides.reshape(-1), which),
        np.take(along, which),
        np.take(length, which),
        np.take(np.concatenate([shown, shown]), which),
        None,
    )
    return made


def _parts(many: int) -> Iterator[slice]:
    """Yield which of so many lines are worked out together."""
    return (slice(first, min(first + _TOGETHER, many)) for first in range(0, many, _TOGETHER))


def _reach(p0: Floats, p3: Floats, across: NDArray[np.bool_], to_self: NDArray[np.bool_]) -> Floats:
    """Return how far lines go straight on from both ends."""
    between = np.where(across, np.abs(p3[0] - p0[0]), np.abs(p3[1] - p0[1]))
    sideways = np.where(across, np.abs(p3[1] - p0[1]), np.abs(p3[0] - p0[0]))
    reach = np.maximum(_REACH, np.minimum(0.5 * between, 60.0 + 0.4 * sideways))
    return np.where(to_self, 70.0, np.where(sideways < 1.0, between / 3, reach))


def lengths(points: Floats) -> Floats:
    """Return how far the ends of curves (4, 2, m) are from each other."""
    x, y = points[3] - points[0]
    made: Floats = np.sqrt(x * x + y * y)  # hypot takes four times as long
    return made


def _sides(start: Floats, end: Floats, ends: NDArray[Any]) -> tuple[Sides, NDArray[np.bool_], tuple[Floats, Floats]]:
    """Return the sides that lines leave and reach, which of them lead sideways, and the middles of both boxes."""
    mid_a, mid_b = start[:2] + start[2:] / 2, end[:2] + end[2:] / 2
    apart = np.abs(mid_b - mid_a) - (start[2:] + end[2:]) / 2
    across = apart[0] >= apart[1]
    forward = np.where(across, mid_b[0] >= mid_a[0], mid_b[1] >= mid_a[1])
    sides = np.empty((2, start.shape[1]), np.int8)
    sides[0] = np.where(across, np.where(forward, RIGHT, LEFT), np.where(forward, BOTTOM, TOP))
    sides[1] = (sides[0] + 2) % 4
    to_self = ends[0] == ends[1]
    sides[0, to_self], sides[1, to_self] = RIGHT, TOP
    return sides, across, (mid_a, mid_b)


def _along(sides: Sides, mids: tuple[Floats, Floats], boxes: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    """Return of both ends, one after the other, where along its side the other one lies, and how long the side is."""
    flat = (sides == TOP) | (sides == BOTTOM)
    along = [np.where(one, other[0], other[1]) for one, other in zip(flat, mids[::-1], strict=True)]
    length = [np.where(one, box[2], box[3]) for one, box in zip(flat, boxes, strict=True)]
    return np.concatenate(along), np.concatenate(length)


def _on_side(box: Floats, side: NDArray[np.int8], shift: Floats) -> Floats:
    """Return the points (2, m) on a side of boxes, `shift` board units from its middle."""
    normal = np.take(_NORMAL, side, axis=1)
    along = np.abs(normal[::-1])
    made: Floats = box[:2] + box[2:] / 2 + normal * (box[2:] / 2 + _GAP) + along * shift
    return made


def _spread(
    thing: NDArray[Any],
    side: NDArray[np.int8],
    along: Floats,
    length: Floats,
    shown: NDArray[np.bool_],
    names: NDArray[Any] | None,
) -> Floats:
    """Return how far each end stands from the middle of its side, in board units; without names as they are given."""
    key = np.where(shown, thing.astype(np.int64) * 4 + side, -1)
    order = in_order(along, key) if names is None else np.lexsort((names, along, key))
    # `take` lets others have Python meanwhile, which an index and `repeat` do not.
    sorted_key = np.take(key, order)
    new = np.r_[True, sorted_key[1:] != sorted_key[:-1]][: len(order)]
    first = np.flatnonzero(new)
    group = _counted(new) - 1
    count = np.diff(np.r_[first, len(order)])
    number = np.take(count, group)
    step = np.minimum(APART, np.maximum(np.take(length, order) - 2 * _CORNER, 4.0) / number)
    shift = np.empty(len(order))
    shift[order] = (np.arange(len(order)) - np.take(first, group) - (number - 1) / 2) * step
    return shift


def in_order(along: Floats, key: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return what `np.lexsort` does: one number that holds all is sorted in a fraction of the time."""
    bits = len(key).bit_length()
    room = 63 - (int(np.max(key, initial=-1)) + 1).bit_length()
    if not bits or bits > room:
        return np.lexsort((along, key))
    by = np.argsort(along)
    found = np.take(along, by)
    alike = _counted(np.r_[False, found[1:] != found[:-1]])
    rank = np.empty(len(by), np.int64)
    if 2 * bits <= room:
        rank[by] = alike
        return _sorted(((key + 1) << bits | rank) << bits | np.arange(len(by)), bits)
    # There is no room for the place beside both: those that lie alike are put in the order of their places before.
    by = _sorted(alike << bits | by, bits)
    rank[by] = np.arange(len(by))
    return np.take(by, _sorted((key + 1) << bits | rank, bits))


def _counted(flags: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return how many are set up to each: bit by bit, because numpy keeps Python to itself while it adds up."""
    made, before = np.empty(len(flags), np.int64), 0
    for some in _parts(len(flags)):
        here = made[some]
        np.cumsum(flags[some], out=here)
        here += before
        before = here[-1]
    return made


def _sorted(numbers: NDArray[np.int64], bits: int) -> NDArray[np.int64]:
    """Return the lowest bits of numbers that are put in their order."""
    numbers.sort()
    numbers &= (1 << bits) - 1
    return numbers


def hulls(points: Floats) -> NDArray[np.float32]:
    """Return (8, m) left, top, right, bottom of the control points of curves, then the same of x + y and x - y.

    A curve never leaves them. They are a little larger than they need be, because half as long numbers are read twice
    as quickly.
    """
    made = np.empty((8, points.shape[2]), np.float32)
    for some in _parts(points.shape[2]):
        x, y = points[:, 0, some], points[:, 1, some]
        for at, values in ((0, x), (1, y), (4, x + y), (5, x - y)):
            made[at, some] = np.nextafter(values.min(axis=0).astype(np.float32), _LEAST)
            made[at + 2, some] = np.nextafter(values.max(axis=0).astype(np.float32), _MOST)
    return made
