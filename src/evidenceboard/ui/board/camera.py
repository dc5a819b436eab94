"""Which part of the board is seen, and how large."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF

from evidenceboard.model.boxes import Box
from evidenceboard.render.view import View

SMALLEST: Final = 0.01
LARGEST: Final = 4.0
_MARGIN: Final = 40.0


class Camera:
    """Hold zoom and place. `x`, `y` is the board point in the upper left corner; `ratio` device pixels a pixel."""

    def __init__(self) -> None:
        self.zoom = 1.0
        self.x = 0.0
        self.y = 0.0
        self.ratio = 1.0
        self.size = QSizeF(1, 1)

    def view(self) -> View:
        """Return the camera as the painter's view: its offset is a whole number of device pixels."""
        scale = self.zoom * self.ratio
        return View(scale, -round(self.x * scale), -round(self.y * scale))

    def to_board(self, at: QPointF) -> QPointF:
        """Return the board point under a pixel of the widget."""
        view = self.view()
        return QPointF((at.x() * self.ratio - view.dx) / view.scale, (at.y() * self.ratio - view.dy) / view.scale)

    def to_screen(self, x: float, y: float) -> QPointF:
        """Return the pixel of the widget over a board point."""
        view = self.view()
        return QPointF((x * view.scale + view.dx) / self.ratio, (y * view.scale + view.dy) / self.ratio)

    def visible(self) -> QRectF:
        """Return the part of the board that is seen."""
        return QRectF(self.x, self.y, self.size.width() / self.zoom, self.size.height() / self.zoom)

    def pan(self, dx: float, dy: float) -> None:
        """Move the board by pixels of the widget."""
        self.x -= dx / self.zoom
        self.y -= dy / self.zoom

    def zoom_to(self, zoom: float, at: QPointF) -> None:
        """Take another zoom, keeping the board point under a pixel where it is."""
        wanted = min(max(zoom, SMALLEST), LARGEST)
        x, y = self.x + at.x() / self.zoom, self.y + at.y() / self.zoom
        self.zoom = wanted
        self.x, self.y = x - at.x() / wanted, y - at.y() / wanted

    def centre_on(self, x: float, y: float) -> None:
        """Put a board point into the middle."""
        self.x = x - self.size.width() / self.zoom / 2
        self.y = y - self.size.height() / self.zoom / 2

    def fitting(self, box: Box, largest: float = 1.0) -> tuple[float, float, float]:
        """Return zoom and upper left corner at which a box is seen whole, at most at `largest` zoom."""
        wide, high = max(box[2] - box[0], 1.0), max(box[3] - box[1], 1.0)
        room_x, room_y = max(self.size.width() - 2 * _MARGIN, 40.0), max(self.size.height() - 2 * _MARGIN, 40.0)
        zoom = min(max(min(room_x / wide, room_y / high), SMALLEST), largest)
        if not math.isfinite(zoom):
            zoom = SMALLEST
        x = (box[0] + box[2]) / 2 - self.size.width() / zoom / 2
        y = (box[1] + box[3]) / 2 - self.size.height() / zoom / 2
        return zoom, x, y

    def put(self, zoom: float, x: float, y: float) -> None:
        """Stand at a zoom and place."""
        self.zoom, self.x, self.y = min(max(zoom, SMALLEST), LARGEST), x, y
