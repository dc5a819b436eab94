"""Cards that a hand holds: painted once into a picture of their own, which follows the pointer."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter

from evidenceboard.model.routes import curves, hulls
from evidenceboard.render import sketches
from evidenceboard.render.board_paint import Picture, paint_card
from evidenceboard.render.frame_paint import paint_frame, paint_frame_title
from evidenceboard.render.link_paint import paint_some
from evidenceboard.render.view import Detail, View

STRAIGHT_FROM: Final = 1200
"""Links of lifted cards from which on they are drawn as straight lines while the hand moves."""


class Layer:
    """Hold lifted cards. `dx`, `dy` is how far they are from where the document has them, in board units."""

    def __init__(
        self, picture: Picture, view: View, window: QRect, slots: frozenset[int], frames: frozenset[str]
    ) -> None:
        self.slots = slots
        self.frames = frames
        self.dx = 0.0
        self.dy = 0.0
        self._picture = picture
        self._view = view
        self._links = picture.scene.links_at(slots)
        self._links = self._links[picture.routes.shown[self._links]]
        self._paint(window)

    def _paint(self, window: QRect) -> None:
        scene, view = self._picture.scene, self._view
        chosen = np.array(sorted(self.slots), np.intp)
        if not len(chosen):
            self._corner, self._image = QPoint(), QImage(1, 1, _FORMAT)
            self._image.fill(Qt.GlobalColor.transparent)
            return
        x, y, w, h = scene.box[:, chosen]
        around = view.exact(x.min(), y.min(), (x + w).max() - x.min(), (y + h).max() - y.min()).toAlignedRect()
        # What lies a window's width away cannot come into view before the picture is painted anew.
        reach = window.adjusted(-window.width(), -window.height(), window.width(), window.height())
        rect = around.adjusted(-2, -2, 2, 2).intersected(reach)
        self._corner = rect.topLeft()
        self._image = QImage(rect.size() if rect.isValid() else QRect(0, 0, 1, 1).size(), _FORMAT)
        self._image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(self._image)
        moved = View(view.scale, view.dx - rect.left(), view.dy - rect.top())
        within = scene.cards_in(view.area(rect))
        slots = within[np.isin(within, chosen)]
        if view.detail <= Detail.SKETCHES:
            sketches.paint(painter, scene, self._picture.palette, moved, slots, view.detail)
        else:
            for slot in slots.tolist():
                paint_card(painter, self._picture, moved, slot, view.detail)
        painter.end()

    def at(self, view: View) -> QPoint:
        """Return where the upper left corner of the picture lies now, in device pixels."""
        shift = QPoint(view.dx - self._view.dx, view.dy - self._view.dy)
        return self._corner + shift + QPoint(round(self.dx * view.scale), round(self.dy * view.scale))

    def fits(self, view: View) -> bool:
        """Return whether the picture can still be used for a view: the scale is the same."""
        return view.scale == self._view.scale

    def draw(self, painter: QPainter, view: View, window: QRect) -> None:
        """Draw the lifted frames, cards and their links, in device pixels."""
        moved = View(view.scale, view.dx + round(self.dx * view.scale), view.dy + round(self.dy * view.scale))
        for index, frame in enumerate(self._picture.scene.frames):
            if frame.id in self.frames:
                paint_frame(painter, self._picture, moved, index)
                paint_frame_title(painter, self._picture, moved, index)
        self._draw_links(painter, view, window)
        painter.drawImage(self.at(view), self._image)

    def _draw_links(self, painter: QPainter, view: View, window: QRect) -> None:
        if not len(self._links):
            return
        picture = self._picture
        routes = picture.routes
        kept_points, kept_boxes = routes.points, routes.boxes
        routes.points, routes.boxes = self._moved()
        try:
            seen = np.intersect1d(routes.crossing(view.area(window), 40.0), self._links)
            paint_some(painter, picture, view, view.area(window), seen, rough=len(seen) > STRAIGHT_FROM)
        finally:
            routes.points, routes.boxes = kept_points, kept_boxes

    def _moved(self) -> tuple[np.ndarray, np.ndarray]:
        scene, routes = self._picture.scene, self._picture.routes
        lifted = np.zeros(scene.n, np.bool_)
        lifted[list(self.slots)] = True
        a, b = scene.ends[:, self._links]
        start, end = (boxes[:, self._links].copy() for boxes in scene.end_boxes())
        for boxes, ends in ((start, a), (end, b)):
            boxes[0, lifted[ends]] += self.dx
            boxes[1, lifted[ends]] += self.dy
        points = routes.points.copy()
        points[:, :, self._links] = curves(start, end, a, b, np.ones(len(a), np.bool_))
        return points, hulls(points)


_FORMAT: Final = QImage.Format.Format_ARGB32_Premultiplied
