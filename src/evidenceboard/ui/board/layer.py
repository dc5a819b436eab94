"""Cards that a hand holds: painted into a picture of their own, which follows the pointer."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from evidenceboard.model.boxes import Floats, marked
from evidenceboard.model.curves import curves, hulls
from evidenceboard.render import sketches
from evidenceboard.render.board_paint import Picture, paint_card
from evidenceboard.render.frame_paint import paint_frame, paint_frame_title
from evidenceboard.render.line_pieces import thinning_of
from evidenceboard.render.link_paint import paint_some, paint_straight, strokes_of
from evidenceboard.render.view import Detail, View
from evidenceboard.ui.board.backing import bands

CURVED: Final = 120
"""Links to cards that stay, from which on they are drawn straight while the hand moves."""
LABELLED: Final = 24
LIFTED: Final = 0.004
"""Seconds that the beginning of a drag has for what is seen of the cards; very many take some turns more."""
_FORMAT: Final = QImage.Format.Format_ARGB32_Premultiplied
_ROOM: Final = 40
"""Pixels around the lifted cards in which the links between them bulge out, and that they may have at 100 %."""


class Layer:
    """Hold lifted cards. `dx`, `dy` is how far they are from where the document has them, in board units."""

    def __init__(
        self,
        picture: Picture,
        view: View,
        window: QRect,
        slots: NDArray[np.intp],
        frames: frozenset[str],
        dx: float = 0.0,
        dy: float = 0.0,
        within: float = LIFTED,
    ) -> None:
        """Lift cards and frames off a picture; what cannot be painted `within` so many seconds is left to `work`."""
        end = time.perf_counter() + within
        self.slots = slots
        self.lifted = marked(picture.scene.n, slots)
        self.frames = frames
        self.dx = dx
        self.dy = dy
        self._picture = picture
        self._view = view
        self._strokes: Iterator[Callable[[QPainter], None]] | None = None
        """What paints the rest of the first part that is not painted yet."""
        self._lifting: Iterator[None] | None = self._lift(window)
        """What is still to be worked out before anything can be painted: of very many cards some turns of work."""
        while not self.is_ready and time.perf_counter() < end:
            self._paint_some(end)

    def _lift(self, window: QRect) -> Iterator[None]:
        yield from self._lift_links()
        self._lift_cards(window)

    # -- the cards and the links among them --------------------------------------------------------------------

    def _lift_cards(self, window: QRect) -> None:
        scene, view = self._picture.scene, self._view
        self._extent = QRect()
        if len(self.slots):
            left, top, right, bottom = scene.extent(self.slots)
            around = view.exact(left, top, right - left, bottom - top).toAlignedRect()
            room = round(_ROOM * max(view.scale, 0.1))
            self._extent = around.adjusted(-room, -room, room, room)
        # A quarter of a window around what is seen is painted too, in slices; beyond it a new picture is made.
        seen = window.translated(-self._moved())
        half_x, half_y = window.width() // 4, window.height() // 4
        rect = self._extent & seen.adjusted(-half_x, -half_y, half_x, half_y)
        self._corner = rect.topLeft()
        self._image = QImage(rect.size() if not rect.isEmpty() else QSize(1, 1), _FORMAT)
        self._image.fill(Qt.GlobalColor.transparent)
        at_once = (rect & seen).translated(-self._corner)
        self._todo = _around(self._image.rect(), at_once) if not rect.isEmpty() else []
        few = len(self.slots) + len(self._inner) <= CURVED
        self._seen = [] if at_once.isEmpty() else [at_once] if few else bands([at_once])

    @property
    def is_ready(self) -> bool:
        """Return whether all that is seen of the cards is painted. Until then nothing of the layer is drawn."""
        return self._lifting is None and not self._seen

    def work(self, end: float) -> bool:
        """Paint until a time of `time.perf_counter`, what is seen first; return whether there is more."""
        while self._is_left and time.perf_counter() < end:
            self._paint_some(end)
        return self._is_left

    @property
    def _is_left(self) -> bool:
        return self._lifting is not None or bool(self._seen or self._todo)

    def _paint_some(self, end: float) -> None:
        """Paint some of the first part that is not painted yet, once it is known what there is to paint."""
        if self._lifting is not None:
            for _ in self._lifting:
                if time.perf_counter() >= end:
                    return
            self._lifting = None
            return
        parts = self._seen or self._todo
        if self._strokes is None:
            self._strokes = self._strokes_of(parts[0])
        # A painter that stayed on the picture between two turns would have to be ended before the picture goes.
        painter = QPainter(self._image)
        painter.setClipRect(parts[0])
        for stroke in self._strokes:
            stroke(painter)
            if time.perf_counter() >= end:
                break
        else:
            self._strokes = None
            parts.pop(0)
        painter.end()

    def _strokes_of(self, part: QRect) -> Iterator[Callable[[QPainter], None]]:
        """Yield what paints a part of the picture, in steps: all links in it, then one card after the other."""
        picture, scene = self._picture, self._picture.scene
        view = View(self._view.scale, self._view.dx - self._corner.x(), self._view.dy - self._corner.y())
        area = view.area(part)
        yield from strokes_of(picture, view, area, picture.routes.crossing(area, _ROOM, self._inner))
        within = scene.cards_in(area)
        slots = within[self.lifted[within]]
        if view.detail <= Detail.SKETCHES:
            yield lambda painter: sketches.paint(
                painter, scene, picture.palette, view, slots, view.detail, picture.styled
            )
            return
        for slot in slots.tolist():
            yield partial(paint_card, picture=picture, view=view, slot=slot, detail=view.detail)

    def _moved(self) -> QPoint:
        return QPoint(round(self.dx * self._view.scale), round(self.dy * self._view.scale))

    def holds(self, slot: int) -> bool:
        """Return whether a card is in the hand. One that came to the board since it was lifted has a slot beyond."""
        return slot < len(self.lifted) and bool(self.lifted[slot])

    def at(self, view: View) -> QPoint:
        """Return where the upper left corner of the picture lies now, in device pixels."""
        return self._corner + self._shift(view)

    def _shift(self, view: View) -> QPoint:
        return QPoint(view.dx - self._view.dx, view.dy - self._view.dy) + self._moved()

    def fits(self, view: View, window: QRect) -> bool:
        """Return whether the picture can still be used: the scale is the same, and it holds all that can be seen."""
        if view.scale != self._view.scale:
            return False
        if self._lifting is not None:
            return True
        needed = self._extent & window.translated(-self._shift(view))
        return needed.isEmpty() or QRect(self._corner, self._image.size()).contains(needed)

    # -- the links to cards that stay --------------------------------------------------------------------------

    def _lift_links(self) -> Iterator[None]:
        """Find the links that go along; it rests where very many of them have taken some milliseconds."""
        scene, routes = self._picture.scene, self._picture.routes
        links = scene.links_at(self.slots)
        yield
        links = links[routes.shown[links]]
        yield
        # So many links of one card as its edge has room for also where all of them are drawn while it lies still.
        links = links[thinning_of(self._picture).with_whole(frozenset()).drawn(links, self._view.scale)]
        yield
        ends = np.take(scene.ends, links, axis=1)
        yield
        held = np.take(self.lifted, ends)
        yield
        inner = held[0] & held[1]
        self._inner, self._stretched = links[inner], links[~inner]
        self._held = np.compress(~inner, held, axis=1)
        yield
        self._start, self._end = scene.end_boxes(self._stretched)
        self._along = routes.shift[:, self._stretched]
        self._points = np.take(routes.points, self._stretched, axis=2)

    def draw(self, painter: QPainter, view: View, window: QRect) -> None:
        """Draw the lifted frames, cards and their links, in device pixels."""
        if not self.is_ready:
            return  # where they were the picture below shows them still
        moved = View(view.scale, view.dx + round(self.dx * view.scale), view.dy + round(self.dy * view.scale))
        for index, frame in enumerate(self._picture.scene.frames):
            if frame.id in self.frames:
                paint_frame(painter, self._picture, moved, index)
                paint_frame_title(painter, self._picture, moved, index)
        if len(self._stretched):
            self._draw_links(painter, view, window)
        painter.drawImage(self.at(view), self._image)

    def _draw_links(self, painter: QPainter, view: View, window: QRect) -> None:
        picture, area = self._picture, view.area(window)
        if len(self._stretched) <= CURVED * 8:
            points = self._curves()
            left, top, right, bottom = hulls(points)[:4]
            seen = np.flatnonzero((left <= area[2]) & (right >= area[0]) & (top <= area[3]) & (bottom >= area[1]))
            if len(seen) <= CURVED:
                links, few = self._stretched[seen], len(seen) <= LABELLED
                paint_some(painter, picture, view, area, links, points=points[:, :, seen], labelled=few)
                return
        ends = self._straight()
        near = (np.minimum(ends[:, 0], ends[:, 2]) <= area[2]) & (np.maximum(ends[:, 0], ends[:, 2]) >= area[0])
        near &= (np.minimum(ends[:, 1], ends[:, 3]) <= area[3]) & (np.maximum(ends[:, 1], ends[:, 3]) >= area[1])
        paint_straight(painter, picture, view, self._stretched[near], ends[near])

    def _by(self) -> Floats:
        """Return how far the start and the end of each link (2, 2, n) have moved: end, then x or y."""
        made: Floats = self._held[:, None, :] * np.array([self.dx, self.dy])[None, :, None]
        return made

    def _curves(self) -> Floats:
        start, end = self._start.copy(), self._end.copy()
        start[:2], end[:2] = start[:2] + self._by()[0], end[:2] + self._by()[1]
        ends: NDArray[Any] = self._picture.scene.ends[:, self._stretched]
        shown = np.ones(ends.shape[1], np.bool_)
        return curves(start, end, ends, shown, shift=self._along)[0]

    def _straight(self) -> Floats:
        by = self._by()
        return np.concatenate([self._points[0] + by[0], self._points[3] + by[1]]).T


def _around(whole: QRect, done: QRect) -> list[QRect]:
    """Return what is left of a rectangle without a part of it, in bands."""
    if done.isEmpty():
        return bands([whole])
    above = QRect(whole.left(), whole.top(), whole.width(), done.top() - whole.top())
    below = QRect(whole.left(), done.bottom() + 1, whole.width(), whole.bottom() - done.bottom())
    left = QRect(whole.left(), done.top(), done.left() - whole.left(), done.height())
    right = QRect(done.right() + 1, done.top(), whole.right() - done.right(), done.height())
    return bands([part for part in (above, below, left, right) if not part.isEmpty()])
