"""Making room for cards that grew: what stands below is pushed down, frames grow with what they hold."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.boxes import Floats, once

NEAREST: Final = 16.0
"""Board units that stay between things that were farther apart before; nearer ones keep their distance."""
_TOUCH: Final = 1e-6


def pushed(
    boxes: Floats, heights: Floats, frames: Floats, title: Floats, members: Any
) -> tuple[Floats, Floats, Floats]:
    """Return new tops of cards, new tops of frames and new heights of frames; nothing moves up.

    `boxes` (4, n) and `frames` (4, k) are x, y, w, h as they lie now; `heights` (n) are those that the cards take,
    `title` (k) is what the title of each frame needs above its cards beyond what it has; `members` (n) is the place of
    the frame that each card belongs to, or -1. Of two things, one above the other, the lower one is pushed where it
    would be touched; things that overlapped before may do so still.
    """
    n, k = boxes.shape[1], frames.shape[1]
    top, far = boxes[1], boxes[1] + boxes[3]
    inside = _inside(boxes, frames)
    # Two frames of one and the same place: the later one lies in the earlier.
    nested = [
        held[(held > place) | (frames[:, held] != frames[:, [place]]).any(axis=0)]
        for place, held in enumerate(_inside(frames, frames))
    ]
    around = _listed(nested, k)
    within = _listed(_belonging(inside, top, frames, np.asarray(members)), n)
    sky = _Skyline(np.concatenate([boxes, frames], axis=1))
    tops, fars, high = top.tolist(), far.tolist(), heights.tolist()
    new_top, frame_top, frame_low = top.copy(), frames[1].copy(), frames[1] + frames[3]
    for kind, one in _events(top, far, frames):
        if kind == _FRAME_LOW:
            down = frame_top[one] - frames[1, one]
            low = frames[1, one] + frames[3, one]
            least = low + down + title[one]
            held, framed = inside[one], nested[one]
            if len(held):
                least = max(least, float((new_top[held] + heights[held] + low - far[held]).max()))
            if len(framed):
                least = max(least, float((frame_low[framed] + low - frames[1, framed] - frames[3, framed]).max()))
            frame_low[one] = least
            sky.put(n + one, frame_low[one], low)
        elif kind == _CARD_LOW:
            sky.put(one, float(new_top[one]) + high[one], fars[one])
        elif kind == _FRAME_TOP:
            least = sky.at(n + one, frames[1, one])
            for outer in around(one):
                least = max(least, frames[1, one] + frame_top[outer] - frames[1, outer] + title[outer])
            frame_top[one] = max(frame_top[one], least)
        else:
            least = sky.at(one, tops[one])
            for outer in within(one):
                least = max(least, tops[one] + frame_top[outer] - frames[1, outer] + title[outer])
            new_top[one] = max(tops[one], least)
    return new_top, frame_top, frame_low - frame_top


_BATCH: Final = 1_000
_CARD_LOW, _FRAME_LOW, _FRAME_TOP, _CARD_TOP = range(4)


def _events(top: Floats, far: Floats, frames: Floats) -> Iterator[tuple[int, int]]:
    """Yield what happens from top to bottom. At one height bottoms come first, then frames, the largest first."""
    cards, others = np.arange(len(top)), np.arange(frames.shape[1])
    rank = np.empty(len(others), np.intp)
    rank[np.argsort(-frames[2] * frames[3], kind="stable")] = others
    y = np.concatenate([far, top, frames[1] + frames[3], frames[1]])
    one = np.concatenate([cards, cards, others, others])
    kind = np.repeat([_CARD_LOW, _CARD_TOP, _FRAME_LOW, _FRAME_TOP], [len(top), len(top), len(others), len(others)])
    order = np.lexsort((np.concatenate([cards, cards, -rank, rank]), kind, y))
    for first in range(0, len(order), _BATCH):
        part = order[first : first + _BATCH]
        yield from zip(kind[part].tolist(), one[part].tolist(), strict=True)


def _inside(boxes: Floats, frames: Floats) -> list[NDArray[np.intp]]:
    """Return for each frame which boxes it holds: they lie in its height and at least partly in its width."""
    x, y, w, h = boxes
    order = np.argsort(y, kind="stable")
    along = y[order]
    found = []
    for left, top, wide, high in frames.T:
        near = order[slice(*np.searchsorted(along, [top, np.nextafter(top + high, math.inf)]).tolist())]
        held = (y[near] + h[near] <= top + high) & (x[near] < left + wide) & (x[near] + w[near] > left)
        found.append(np.sort(near[held]))
    return found


def _belonging(
    inside: list[NDArray[np.intp]], top: Floats, frames: Floats, members: NDArray[Any]
) -> list[NDArray[np.intp]]:
    """Return for each frame the cards that go down with it: those inside, and those of its own that lie below its top.

    `top` (n) is where cards lie, `frames` (4, k) where frames do.
    """
    order = np.argsort(members, kind="stable")
    edges = np.searchsorted(members[order], np.arange(len(inside) + 1))
    found = []
    for place, held in enumerate(inside):
        own = order[edges[place] : edges[place + 1]]
        found.append(once(np.concatenate([held, own[top[own] >= frames[1, place]]])))
    return found


def _listed(held: list[NDArray[np.intp]], many: int) -> Callable[[int], array[int]]:
    """Return what tells for each of so many things the places of the lists that it is in, in little room."""
    things = np.concatenate([np.zeros(0, np.intp), *held])
    places = np.repeat(np.arange(len(held)), [len(one) for one in held])
    order = np.argsort(things, kind="stable")
    starts = array("q", np.searchsorted(things[order], np.arange(many + 1)).astype(np.int64).tobytes())
    listed = array("q", places[order].astype(np.int64).tobytes())
    return lambda one: listed[starts[one] : starts[one + 1]]


class _Skyline:
    """Hold, for each stretch of the board's width, the lowest bottom so far: where it is now and where it was."""

    def __init__(self, boxes: Floats) -> None:
        left, right = np.floor(boxes[0]), np.ceil(boxes[0] + boxes[2])
        edges = once(np.concatenate([left, right]))
        # Most things are a few stretches wide, for which lists are quicker than arrays.
        self._first: list[int] = np.searchsorted(edges, left).tolist()
        self._last: list[int] = np.searchsorted(edges, right).tolist()
        self._now = [-math.inf] * len(edges)
        self._was = [-math.inf] * len(edges)

    def put(self, one: int, now: float, was: float) -> None:
        """Note the bottom of a thing."""
        for place in range(self._first[one], self._last[one]):
            if self._now[place] < now:
                self._now[place], self._was[place] = now, was

    def at(self, one: int, top: float) -> float:
        """Return the least height at which a thing may begin that began at `top`."""
        part = slice(self._first[one], self._last[one])
        least = -math.inf
        for now, was in zip(self._now[part], self._was[part], strict=True):
            if now + NEAREST > least:
                apart = top - was
                least = max(least, now + (NEAREST if apart > NEAREST else max(apart, 0.0)))
        return least
