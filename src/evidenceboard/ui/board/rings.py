"""The rings around very many selected cards: worked out once for a zoom, moved with the view."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from evidenceboard.model.boxes import Box, Floats
from evidenceboard.render.buffers import draw_rects

if TYPE_CHECKING:
    from evidenceboard.ui.board.surface import Surface

_THICK_FROM: Final = 0.1
"""The zoom from which on a ring is two pixels thick."""
_MANY: Final = 5000
"""Cards from which on those that are only some pixels large are set as pixels, all at once."""
_TINY: Final = 8
_LARGEST: Final = 4_000_000
"""Pixels that a picture of all rings may have."""
_AROUND: Final = 0.5
"""How far beyond a view the rings of a larger board are worked out, as a share of it."""
_TURNED: Final = [1, 0, 3, 2]
"""The rows of boxes with their axes exchanged."""
_EVERYWHERE: Final = (-math.inf, -math.inf, math.inf, math.inf)


class Rings:
    """Paint rings as boxes that are filled, which is much quicker than to draw outlines."""

    def __init__(self) -> None:
        self._asked: tuple[Any, ...] = ()
        self._slots: NDArray[np.intp] = np.zeros(0, np.intp)
        self._bars: Floats = np.zeros((0, 4))
        self._picture: QImage | None = None
        self._corner = QPoint()
        self._area: Box = _EVERYWHERE

    def paint(self, painter: QPainter, surface: Surface) -> None:
        """Paint the rings of the selected cards, in pixels of the widget."""
        colour = QColor(surface.shell.palette_.selection)
        corner, shift, zoom = surface.to_screen(0.0, 0.0), surface.preview_shift(), surface.zoom
        dx, dy = round(corner.x() + shift[0] * zoom), round(corner.y() + shift[1] * zoom)
        self._look(surface, colour, (-dx, -dy, surface.width() - dx, surface.height() - dy))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.translate(dx, dy)
        if self._picture is not None:
            painter.drawImage(self._corner, self._picture)
        x, y, w, h = self._bars.T
        seen = (x < surface.width() - dx) & (x + w > -dx) & (y < surface.height() - dy) & (y + h > -dy)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        draw_rects(painter, self._bars if seen.all() else self._bars[seen])
        painter.restore()

    def _look(self, surface: Surface, colour: QColor, view: Box) -> None:
        """Work the rings out anew where they are others than before, or the view (in pixels) has left those known."""
        scene, zoom, slots = surface.scene, surface.zoom, surface.selected_array()
        asked = (scene, scene.version, zoom, colour.rgba())
        inside = self._area[0] <= view[0] and self._area[1] <= view[1]
        inside = inside and self._area[2] >= view[2] and self._area[3] >= view[3]
        if inside and asked == self._asked and np.array_equal(slots, self._slots):
            return
        self._asked, self._slots, self._picture, self._area = asked, slots, None, _EVERYWHERE
        boxes = np.take(scene.box, slots, axis=1) * zoom
        wide, high = (boxes[:2] + boxes[2:]).max(axis=1) - boxes[:2].min(axis=1)
        tiny = len(slots) > _MANY and np.max(boxes[2:]) <= _TINY - 2
        if wide * high > _LARGEST:
            self._area = _wider(view, _AROUND)
            boxes = boxes[:, _touching(boxes, self._area)]
        bars = _bars(boxes, 2 if zoom > _THICK_FROM else 1)
        if tiny and wide * high <= _LARGEST:
            left, top = bars[:2].min(axis=1).tolist()
            wide, high = (bars[:2] + bars[2:]).max(axis=1) - (left, top)
            self._corner = QPoint(int(left), int(top))
            self._picture = _pixels(bars - [[left], [top], [0], [0]], int(wide), int(high), colour)
            bars = bars[:, :0]
        elif boxes.shape[1] > _MANY:
            # So many in one view lie on each other: what is covered need not be drawn again and again.
            flat = bars[2] >= bars[3]
            upright = _joined(bars[:, ~flat][_TURNED])[_TURNED]
            bars = np.concatenate([_joined(bars[:, flat]), upright], axis=1)
        self._bars = np.ascontiguousarray(bars.T)


def _wider(area: Box, share: float) -> Box:
    wide, high = (area[2] - area[0]) * share, (area[3] - area[1]) * share
    return (area[0] - wide, area[1] - high, area[2] + wide, area[3] + high)


def _touching(boxes: Floats, area: Box) -> NDArray[np.bool_]:
    """Return which of boxes (4, n) have a ring that touches an area."""
    x, y, w, h = boxes
    found: NDArray[np.bool_] = (x < area[2] + 2) & (x + w > area[0] - 2) & (y < area[3] + 2) & (y + h > area[1] - 2)
    return found


def _bars(boxes: Floats, thick: int) -> Floats:
    """Return the sides of boxes (4, n) as boxes (4, m) on whole pixels; one that has no inside is one of them whole."""
    left, top = np.floor(boxes[:2]) - thick // 2
    right, bottom = np.floor(boxes[:2] + boxes[2:]) + thick - thick // 2
    wide, high = right - left, bottom - top
    open_ = (wide > 2 * thick) & (high > 2 * thick)
    if not open_.any():
        return np.stack([left, top, wide, high])
    full = np.stack([left, top, wide, high])[:, ~open_]
    left, top, right, bottom, wide, high = (one[open_] for one in (left, top, right, bottom, wide, high))
    line = np.full(len(left), float(thick))
    sides = ((left, top, wide, line), (left, bottom - thick, wide, line), (left, top, line, high),
             (right - thick, top, line, high))  # fmt: skip
    return np.concatenate([full, *(np.stack(side) for side in sides)], axis=1)


def _joined(boxes: Floats) -> Floats:
    """Return boxes (4, n) on whole pixels with those made one that overlap, stand in one row and are equally high."""
    if not boxes.shape[1]:
        return boxes
    x, y, w, h = boxes.astype(np.int64)
    x -= x.min()
    row = (y - y.min()) * (h.max() + 1) + h
    # In one long line of all rows, no box reaches into the row after its own.
    start = row * ((x + w).max() + 1) + x
    order = np.argsort(start)
    start = start[order]
    reach = np.maximum.accumulate(start + w[order])
    first = np.flatnonzero(np.r_[True, start[1:] > reach[:-1]])
    made = boxes[:, order[first]]
    made[2] = reach[np.r_[first[1:], len(start)] - 1] - start[first]
    return made


def _pixels(boxes: Floats, wide: int, high: int, colour: QColor) -> QImage:
    """Return a picture with small boxes (4, n) filled."""
    made = QImage(wide, high, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(Qt.GlobalColor.transparent)
    pixels = np.frombuffer(made.bits(), np.uint32)
    x, y, w, h = boxes.astype(np.int32)
    first = y * (made.bytesPerLine() // 4) + x
    for down in range(int(h.max())):
        for right in range(int(w.max())):
            inside = first[(w > right) & (h > down)]
            if len(inside):
                pixels[inside + (down * (made.bytesPerLine() // 4) + right)] = colour.rgba()
    return made
