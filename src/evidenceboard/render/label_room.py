"""Room on paper for the words of links: beside cards and titles of frames, in as many lines as it takes."""

from __future__ import annotations

import struct
from collections import defaultdict
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.boxes import Box, Floats
from evidenceboard.model.dashes import on_curves
from evidenceboard.model.routes import Routes
from evidenceboard.render.breaking import lines_often, width_of
from evidenceboard.render.progress import Tick, beside, from_to, unheard
from evidenceboard.render.touching import touching

SIZE: Final = 11.0
LINE: Final = 15.0
PATCH: Final = 4.0
WIDTHS: Final = (220.0, 120.0, 70.0)
"""Board units after which words go on in a line below: the widest first, narrower ones where it finds no room."""
_PLACES: Final = 0.5 + np.linspace(0.0, 0.46, 24).repeat(2)[1:] * np.tile([1.0, -1.0], 24)[1:]
"""Where along a line words may stand, the middle first."""
_BOX: Final = struct.Struct("4d")
_CELL: Final = 512.0
_LARGE: Final = 20 * _CELL
"""Board units from which on a box is looked at wherever it lies: there are few of that kind."""
MOST: Final = 5_000
"""Links up to which room is looked for along the whole line."""
_OFTEN: Final = 500
"""Steps after which progress is told."""


class Obstacles:
    """Hold boxes (left, top, right, bottom) by the squares of the board that they lie in."""

    def __init__(self, boxes: list[Box]) -> None:
        # As numbers in a row: a board may have some hundred thousand of them.
        self._cells: dict[int, bytearray] = defaultdict(bytearray)
        self._large = bytearray()
        for box in boxes:
            self.put(box)

    def put(self, box: Box) -> None:
        """Add a box."""
        if box[2] - box[0] > _LARGE or box[3] - box[1] > _LARGE:
            self._large += _BOX.pack(*box)
            return
        for cell in _cells(box):
            self._cells[cell] += _BOX.pack(*box)

    def let_go(self, tick: Tick) -> None:
        """Free them bit by bit: on a large board it takes long enough to hold up a window."""
        while self._cells:
            tick(1.0)
            for _ in range(min(_OFTEN, len(self._cells))):
                self._cells.popitem()

    def free(self, box: Box) -> bool:
        """Return whether a box touches none of them."""
        left, top, right, bottom = box
        for near in (self._large, *[self._cells.get(cell, b"") for cell in _cells(box)]):
            for a, b, c, d in _BOX.iter_unpack(near):
                if a < right and c > left and b < bottom and d > top:
                    return False
        return True


def _cells(box: Box) -> list[int]:
    """Return the numbers of the squares that a box touches: one for row and column, of which a large board has many."""
    low_x, low_y, far_x, far_y = box
    across = range(int(low_x // _CELL), int(far_x // _CELL) + 1)
    return [(y << 40) + x for y in range(int(low_y // _CELL), int(far_y // _CELL) + 1) for x in across]


def broken_words(said: str, width: float = WIDTHS[0]) -> tuple[str, ...]:
    """Return the words of a link in lines."""
    return lines_often(said, SIZE, "regular", width)


def wide(rows: tuple[str, ...]) -> float:
    """Return the width of the patch on which the words of a link stand, in board units."""
    return max((width_of(row, SIZE) for row in rows), default=0.0) + 2 * PATCH


def settled(
    routes: Routes,
    words: list[str],
    rows: list[tuple[str, ...]],
    boxes: Floats,
    obstacles: Floats,
    tick: Tick = unheard,
) -> tuple[list[tuple[str, ...]], Floats, int]:
    """Return lines and boxes (m, 4) of the words of links so that none lies under a card, a title or other words.

    Where there is no room for them the lines are () and the box is not a number, and they are counted. In a board of
    very many links no other room is looked for.
    """
    shown, under = beside(partial(_looked_at, routes, words, rows, boxes, obstacles), from_to(tick, 0.0, 0.2))
    few = len(shown) <= MOST
    cards, others, lost = Obstacles([]), Obstacles([]), 0
    for first in range(0, len(obstacles) if few else 0, _OFTEN):
        tick(0.0)
        for left, top, right, bottom in obstacles[first : first + _OFTEN].tolist():
            cards.put((left, top, right, bottom))
    for number, index in enumerate(shown.tolist()):
        if number % _OFTEN == 0 or few:
            tick(0.2 + 0.8 * number / len(shown))
        box: Box = tuple(boxes[index].tolist())
        if under[index] or not others.free(_core(box)):
            found = _elsewhere(routes, index, words[index], cards, others) if few else None
            if found is None:
                rows[index], boxes[index], lost = (), np.nan, lost + 1
                continue
            rows[index], box = found
            boxes[index] = box
        others.put(_core(box))
    for held in (cards, others):
        held.let_go(tick)
    return rows, boxes, lost


def _looked_at(
    routes: Routes, words: list[str], rows: list[tuple[str, ...]], boxes: Floats, obstacles: Floats
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Return the links whose words show, those with the longest words first, and which of all lie under an obstacle."""
    shown = np.flatnonzero(routes.shown & np.fromiter(map(bool, rows), np.bool_, len(rows)))
    under = np.zeros(len(boxes), np.bool_)
    under[shown] = touching(boxes[shown], obstacles)
    # Short words find room nearly everywhere.
    long = np.fromiter(map(len, words), np.int64, len(words))[shown]
    return shown[np.argsort(-long, kind="stable")], under


def _elsewhere(
    routes: Routes, index: int, words: str, cards: Obstacles, others: Obstacles
) -> tuple[tuple[str, ...], Box] | None:
    """Return the lines and the place along a link where its words are free, the nearest to its middle."""
    xs, ys = on_curves(np.repeat(routes.points[:, :, [index]], len(_PLACES), axis=2), _PLACES)
    for width in WIDTHS:
        rows = broken_words(words, width)
        half, high = wide(rows) / 2, len(rows) * LINE / 2
        for x, y in zip(xs.tolist(), ys.tolist(), strict=True):
            box = (x - half, y - high, x + half, y + high)
            if cards.free(box) and others.free(_core(box)):
                return rows, box
    return None


def _core(box: Box) -> Box:
    """Return a patch without the ground around its words, half of which may be shared."""
    left, top, right, bottom = box
    return (left + PATCH / 2, top + PATCH / 2, right - PATCH / 2, bottom - PATCH / 2)
