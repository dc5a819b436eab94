"""The picture behind the window: panned by moving its pixels, zoomed by stretching, sharpened in slices."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QRegion

from evidenceboard.render.buffers import copy_pixels, scroll
from evidenceboard.render.view import View

BAND: Final = 48
"""Device pixels of height painted between two looks at the clock."""
_PIXELS: Final = BAND * 1024
"""Device pixels of a part that is higher because it is less wide."""
SLICE: Final = 0.006
"""Seconds of painting between two turns of the event loop."""
_COMING: Final = 0.005
"""Seconds that a frame has for what comes into view at a pan; it also has to move the picture and show it."""
_PUT_BY: Final = 160 * 1024 * 1024
"""Bytes of a picture up to which its memory is kept for the next one: a screen of 7,680 × 4,320 and no more."""
Paint = Callable[[QPainter, View, QRect], Iterator[None]]
"""Paints a part in steps of a few milliseconds."""


@dataclass(slots=True)
class _Sheet:
    """A picture of one view; `todo` lists the parts that are not painted yet."""

    image: QImage
    view: View
    todo: list[QRect]
    stale: bool = False
    """The board has changed since; the picture that knows it is being painted."""
    _begun: tuple[QRect, QPainter, Iterator[None]] | None = None
    """The part that is being painted, with what paints it."""

    @property
    def done(self) -> bool:
        """Return whether nothing is left to paint."""
        return self._begun is None and not self.todo

    def step(self, paint: Paint) -> QRect:
        """Paint a little of what is left; return the part in which it lies."""
        if self._begun is None:
            rect, painter = self.todo.pop(0), QPainter(self.image)
            self._begun = rect, painter, paint(painter, self.view, rect)
        rect, painter, steps = self._begun
        if next(steps, steps) is steps:
            painter.end()
            self._begun = None
        return rect

    def leave(self) -> None:
        """Let go of the part that is being painted; it is to be painted anew."""
        if self._begun is not None:
            rect, painter, _ = self._begun
            painter.end()
            self._begun = None
            self.todo.insert(0, rect)

    def move(self, view: View) -> list[QRect]:
        """Move the pixels to another view of the same scale; return what came in."""
        self.leave()
        dx, dy = view.dx - self.view.dx, view.dy - self.view.dy
        scroll(self.image, dx, dy)
        whole = self.image.rect()
        self.todo = [kept for rect in self.todo if not (kept := rect.translated(dx, dy).intersected(whole)).isEmpty()]
        self.view = view
        return _uncovered(whole, dx, dy)

    def add(self, rects: Iterable[QRect]) -> None:
        """Note parts that are to be painted, in bands."""
        self.todo.extend(bands(rects))


class Backing:
    """Hold the picture that is shown (`front`) and the one that is being painted to take its place (`next`)."""

    def __init__(self, paint: Paint, ground: Callable[[], QColor]) -> None:
        self._paint, self._ground = paint, ground
        self._front: _Sheet | None = None
        self._next: _Sheet | None = None
        self._spare: QImage | None = None
        self._size = QSize()
        self.view = View(1.0)

    @property
    def settled(self) -> bool:
        """Return whether what is shown is sharp and true."""
        front = self._front
        return front is not None and self._next is None and front.done and front.view == self.view

    def resize(self, size: QSize) -> None:
        """Take another size, in device pixels."""
        if size != self._size:
            self._size = size
            old, self._front = self._front, None
            self._drop_next()
            self._spare = None
            if old is not None:
                old.leave()
            if old is not None and not size.isEmpty():
                # What was there stays until the new picture is done.
                kept = self._blank()
                painter = QPainter(kept)
                painter.drawImage(0, 0, old.image)
                painter.end()
                self._front = _Sheet(kept, old.view, [])
                self._begin()

    def look(self, view: View) -> None:
        """Show another part of the board, or another scale. What came in and is not painted at once is mere ground."""
        if view == self.view or self._size.isEmpty():
            self.view = view
            return
        self.view = view
        if self._next is not None:
            if self._next.view.scale == view.scale and self._near(self._next.view):
                came_in = self._next.move(view)
                self._next.add(came_in)
            else:
                self._drop_next()
        front = self._front
        if front is not None and front.view.scale == view.scale and self._near(front.view):
            self._take_in(front, front.move(view))
            if front.stale and self._next is None:
                self.refresh()
        elif self._next is None:
            self._begin()

    def refresh(self, rects: Iterable[QRect] | None = None) -> None:
        """Paint parts anew because the board changed, or everything; the old picture stays till then."""
        if self._size.isEmpty():
            return
        whole = QRect(QPoint(0, 0), self._size)
        parts = [whole] if rects is None else [part for rect in rects if not (part := rect & whole).isEmpty()]
        front = self._front
        if front is not None:
            front.stale = True
            front.leave()
        if self._next is not None:
            self._next.leave()
            if rects is None:
                self._next.todo.clear()
            self._next.add(parts)
        elif front is None or front.view != self.view:
            self._begin()
        else:
            self._next = _Sheet(self._blank() if rects is None else self._copy(front.image), front.view, [])
            self._next.add(parts if rects is None else [*front.todo, *parts])

    def work(self, budget: float = SLICE) -> QRegion:
        """Paint for a while; return where what is shown has changed, in device pixels."""
        changed = QRegion()
        sheet = self._next or self._front
        if sheet is None or (sheet is self._front and sheet.done):
            return changed
        end = time.perf_counter() + budget
        while not sheet.done and time.perf_counter() < end:
            changed += sheet.step(self._paint)
        if sheet is self._front:
            return changed
        if not sheet.done:
            return QRegion()
        self._put_by(self._front)
        self._front, self._next = sheet, None
        return QRegion(sheet.image.rect())

    def draw(self, painter: QPainter, area: QRect) -> None:
        """Draw what is there, in device pixels: sharp where it is sharp, else the old picture stretched."""
        front = self._front
        if front is None:
            self._begin()
            front = self._front
        if front is None:
            return
        if front.view == self.view:
            painter.drawImage(area.topLeft(), front.image, area)
            return
        painter.fillRect(area, self._ground())
        factor = self.view.scale / front.view.scale
        target = QRectF(
            self.view.dx - front.view.dx * factor,
            self.view.dy - front.view.dy * factor,
            front.image.width() * factor,
            front.image.height() * factor,
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, factor < 1.0)
        painter.drawImage(target, front.image)

    def _near(self, view: View) -> bool:
        far_x, far_y = abs(view.dx - self.view.dx), abs(view.dy - self.view.dy)
        return far_x < self._size.width() * 0.7 and far_y < self._size.height() * 0.7

    def _begin(self) -> None:
        if self._size.isEmpty():
            return
        sheet = _Sheet(self._blank(), self.view, [])
        sheet.add([QRect(QPoint(0, 0), self._size)])
        if self._front is None:
            self._front = sheet
        else:
            self._next = sheet

    def _blank(self) -> QImage:
        """Return a picture of which every part is still to be painted."""
        image, self._spare = self._spare, None
        if image is None:
            image = QImage(self._size, QImage.Format.Format_RGB32)
            image.fill(self._ground())  # the first one of a size is seen while it is being painted
        return image

    def _copy(self, image: QImage) -> QImage:
        copied = self._blank()
        copy_pixels(image, copied)
        return copied

    def _drop_next(self) -> None:
        if self._next is not None:
            self._put_by(self._next)
            self._next = None

    def _put_by(self, sheet: _Sheet | None) -> None:
        """Keep the pixels of a picture for the next one, unless they are so many that another may need the memory."""
        if sheet is not None:
            sheet.leave()
        image = sheet.image if sheet is not None else None
        self._spare = image if image is not None and image.sizeInBytes() <= _PUT_BY else None

    def _take_in(self, sheet: _Sheet, rects: list[QRect]) -> None:
        """Paint what came in at once as far as a frame has time for it, and leave the rest to slices."""
        end = time.perf_counter() + _COMING
        known = sheet.todo
        sheet.todo = [*rects]
        while not sheet.done and time.perf_counter() < end:
            sheet.step(self._paint)
        waiting = list(sheet.todo)
        sheet.leave()
        if waiting:
            painter = QPainter(sheet.image)
            for rect in waiting:
                painter.fillRect(rect, self._ground())
            painter.end()
        sheet.todo = known + bands(sheet.todo)


def on_widget(region: QRegion, ratio: float) -> QRegion:
    """Return a region of device pixels in pixels of a widget, of which each has `ratio` of them."""
    if ratio == 1.0:
        return region
    rect = QRectF(region.boundingRect())
    return QRegion(QRectF(rect.topLeft() / ratio, rect.size() / ratio).toAlignedRect())


def _uncovered(whole: QRect, dx: int, dy: int) -> list[QRect]:
    """Return the strips that come into view when a picture moves by dx, dy."""
    strips = []
    if dx:
        strips.append(QRect(0 if dx > 0 else whole.width() + dx, 0, abs(dx), whole.height()))
    if dy:
        strips.append(QRect(0, 0 if dy > 0 else whole.height() + dy, whole.width(), abs(dy)))
    return [strip.intersected(whole) for strip in strips]


def bands(rects: Iterable[QRect]) -> list[QRect]:
    """Cut rectangles into bands that take about a slice each, those in the middle of the picture first."""
    bands = []
    for rect in rects:
        high = max(BAND, _PIXELS // max(1, rect.width()))
        for top in range(rect.top(), rect.top() + rect.height(), high):
            bands.append(QRect(rect.left(), top, rect.width(), min(high, rect.top() + rect.height() - top)))
    if bands:
        middle = (bands[0].top() + bands[-1].bottom()) / 2
        bands.sort(key=lambda band: abs(band.center().y() - middle))
    return bands
