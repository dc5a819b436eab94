"""The rings around very many selected cards: worked out once for a zoom, moved with the view."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from evidenceboard.model.boxes import Box, Floats, marked
from evidenceboard.render.buffers import draw_rects

if TYPE_CHECKING:
    from evidenceboard.ui.board.surface import Surface

_THICK_FROM: Final = 0.1
"""The zoom from which on a ring is two pixels thick."""
_MANY: Final = 5000
"""Rings from which on a picture is made of them, bit by bit."""
_PART: Final = 8192
"""Rings that are painted in one step: a millisecond or two."""
_SLICE: Final = 0.006
"""Seconds that one painting of the board gives to it."""
_TINY: Final = 6
"""Pixels up to which a box is so small that its pixels are set instead, those of all boxes at once."""
_AROUND: Final = 0.2
"""How far beyond a view rings are worked out, as a share of it."""


class Rings:
    """Paint rings as boxes that are filled, which is much quicker than to draw outlines."""

    def __init__(self) -> None:
        self._asked: tuple[Any, ...] = ()
        self._slots: NDArray[np.intp] = np.zeros(0, np.intp)
        self._area: Box = (0.0, 0.0, 0.0, 0.0)
        self._bars: Floats = np.zeros((0, 4))
        self._shown: _Picture | None = None
        self._coming: _Picture | None = None

    @property
    def ready(self) -> bool:
        """Tell whether all rings are there that were asked for."""
        return self._coming is None

    def paint(self, painter: QPainter, surface: Surface) -> None:
        """Paint the rings of the selected cards, in pixels of the widget; of very many those that are there by now."""
        colour = QColor(surface.shell.palette_.selection)
        corner, shift, zoom = surface.to_screen(0.0, 0.0), surface.preview_shift(), surface.zoom
        dx, dy = round(corner.x() + shift[0] * zoom), round(corner.y() + shift[1] * zoom)
        self._look(surface, colour, (-dx, -dy, surface.width() - dx, surface.height() - dy))
        if self._coming is not None:
            if self._coming.work(time.perf_counter() + _SLICE):
                surface.update()
            else:
                self._shown, self._coming = self._coming, None
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.translate(dx, dy)
        for picture in (self._shown, self._coming):
            if picture is not None:
                painter.drawImage(picture.corner, picture.image)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        draw_rects(painter, self._bars)
        painter.restore()

    def _look(self, surface: Surface, colour: QColor, view: Box) -> None:
        """Begin anew where the rings are others than before, or the view (in pixels) has left those known."""
        scene, zoom, slots = surface.scene, surface.zoom, surface.selected_array()
        asked = (scene, scene.version, zoom, colour.rgba())
        same = slots is self._slots and asked == self._asked
        if same and _holds(self._area, view):
            return
        wide, high = (view[2] - view[0]) * _AROUND, (view[3] - view[1]) * _AROUND
        self._area = area = _wider(view, wide, high)
        self._asked, self._slots = asked, slots
        left, top, right, bottom = (side / zoom for side in _wider(area, _TINY, _TINY))
        near = scene.cards_in((left, top, right, bottom))
        near = near[marked(scene.n, slots)[near]]
        thick = 2 if zoom > _THICK_FROM else 1
        few = len(near) <= _MANY
        if few or not same:
            self._shown = None  # else what was known stays until there is more
        self._bars = np.ascontiguousarray(_bars(scene.box[:, near] * zoom, thick).T) if few else np.zeros((0, 4))
        self._coming = None if few else _Picture(area, scene.box, near, zoom, thick, colour)


class _Picture:
    """A picture of rings that is painted in steps. `corner` is where it lies, in pixels from the board's origin."""

    def __init__(self, area: Box, box: Floats, slots: NDArray[Any], zoom: float, thick: int, colour: QColor) -> None:
        self.corner = QPointF(math.floor(area[0]), math.floor(area[1]))
        size = (math.ceil(area[2] - self.corner.x()), math.ceil(area[3] - self.corner.y()))
        self.image = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
        self.image.fill(Qt.GlobalColor.transparent)
        self._steps = self._painting(box, slots, zoom, thick, colour)

    def work(self, end: float) -> bool:
        """Paint until a time of `time.perf_counter`; tell whether there is more."""
        return any(time.perf_counter() >= end for _ in self._steps)

    def _painting(self, box: Floats, slots: NDArray[Any], zoom: float, thick: int, colour: QColor) -> Iterator[None]:
        for start in range(0, len(slots), _PART):
            bars = _bars(box[:, slots[start : start + _PART]] * zoom, thick)
            bars[:2] -= [[self.corner.x()], [self.corner.y()]]
            tiny = (bars[2] <= _TINY) & (bars[3] <= _TINY)
            _set_pixels(self.image, bars[:, tiny], colour)
            painter = QPainter(self.image)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            draw_rects(painter, bars[:, ~tiny].T)
            painter.end()
            yield


def _holds(area: Box, view: Box) -> bool:
    return area[0] <= view[0] and area[1] <= view[1] and area[2] >= view[2] and area[3] >= view[3]


def _wider(area: Box, wide: float, high: float) -> Box:
    return (area[0] - wide, area[1] - high, area[2] + wide, area[3] + high)


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


def _set_pixels(image: QImage, boxes: Floats, colour: QColor) -> None:
    """Fill small boxes (4, n) on whole pixels of a picture, or what of them lies in it."""
    pixels = np.frombuffer(image.bits(), np.uint32).reshape(image.height(), -1)
    x, y, w, h = boxes.astype(np.int32)
    inside = (x < image.width()) & (x + w > 0) & (y < image.height()) & (y + h > 0)
    for down in range(int(h.max(initial=0))):
        for right in range(int(w.max(initial=0))):
            there = inside & (w > right) & (h > down)
            at_x, at_y = x[there] + right, y[there] + down
            there = (at_x >= 0) & (at_x < image.width()) & (at_y >= 0) & (at_y < image.height())
            pixels[at_y[there], at_x[there]] = colour.rgba()
