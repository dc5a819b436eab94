"""The minimap at the lower right of the board: where one is; a click or drag moves the view."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from evidenceboard.render.buffers import draw_rects
from evidenceboard.render.style_colours import patches
from evidenceboard.ui.board.canvas import Canvas
from evidenceboard.ui.turns import Turns

SIZE: Final = QSize(188, 128)
_INSIDE: Final = 8.0
_GAP: Final = 12
ROOM: Final = SIZE + QSize(2 * _GAP, 2 * _GAP)
"""What the map takes of a board; no board is smaller."""
_RECEDING: Final = 0.25
"""How much of a card that recedes is seen."""
_TOGETHER: Final = 30_000
"""Cards that are set at a time: a few milliseconds."""
MANY: Final = 5000
"""Cards from which on those that are smaller than a pixel or two are set as pixels, all at once."""


def _scaled(area: QRectF, scale: float, offset: QPointF) -> QRectF:
    return QRectF(area.topLeft() * scale + offset, area.size() * scale)


class Minimap(QWidget):
    """Paint the cards and frames of a board as patches, and the part of it that is in view."""

    def __init__(self, board: QWidget, canvas: Canvas) -> None:
        super().__init__(board)
        self._board, self._canvas = board, canvas
        self._picture: QPixmap | None = None
        self._outdated = True
        self._painting = Turns(self)
        self._painting.done.connect(self._take)
        self._bounds = QRectF()
        self.wanted = True
        self.setObjectName("minimap")
        self.setFixedSize(SIZE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(QCoreApplication.translate("Minimap", "Map of the board"))

    def follow(self) -> None:
        """Show where one is; where all of the board is seen there is nothing to show."""
        self.setVisible(self.wanted and not self._canvas.visible_area().contains(self._bounds))
        self.update()

    def settle(self) -> None:
        """Stand in the lower right corner of the board."""
        self.move(self._board.width() - self.width() - _GAP, self._board.height() - self.height() - _GAP)
        self.raise_()

    def outdate(self) -> None:
        """Paint the cards anew at the next chance, many of them bit by bit; the old picture stays until then."""
        self._outdated = True
        self._painting.stop()
        left, top, right, bottom = self._canvas.scene.bounds() or (0.0, 0.0, 0.0, 0.0)
        self._bounds = QRectF(left, top, right - left, bottom - top)
        self.follow()

    def point_of(self, place: QPointF) -> QPointF:
        """Return the point of the board under a point of the map."""
        scale, offset = self._fit()
        return (place - offset) / scale

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._outdated:
            self._outdated = False
            self._painting.start(self._painted())
        colours = self._canvas.shell.palette_
        painter = QPainter(self)
        if self._picture is not None:
            painter.drawPixmap(0, 0, self._picture)
        scale, offset = self._fit()
        inside = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        seen = _scaled(self._canvas.visible_area(), scale, offset).intersected(inside)
        if not seen.isEmpty() and not self._bounds.isEmpty():
            fill = QColor(colours.selection)
            fill.setAlpha(26)
            painter.setPen(QPen(QColor(colours.selection), 1.2))
            painter.setBrush(fill)
            painter.drawRoundedRect(seen, 2, 2)
        painter.end()

    def _take(self, picture: QPixmap) -> None:
        self._picture = picture
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._canvas.centre_on(self.point_of(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._canvas.centre_on(self.point_of(event.position()))

    def _fit(self) -> tuple[float, QPointF]:
        bounds = self._bounds
        wide, high = self.width() - 2 * _INSIDE, self.height() - 2 * _INSIDE
        scale = min(wide / max(bounds.width(), 1.0), high / max(bounds.height(), 1.0))
        middle = QPointF(self.width() / 2, self.height() / 2)
        return scale, middle - bounds.center() * scale

    def _painted(self) -> Iterator[QPixmap | None]:
        scene, colours = self._canvas.scene, self._canvas.shell.palette_
        scale, offset = self._fit()
        ratio = self.devicePixelRatioF()
        places, patched = patches(self._canvas.picture.styled, scene, colours)
        receding = self._canvas.picture.receding
        layers = [_Layer(self.size(), ratio, patched) for _ in range(1 if receding is None else 2)]
        yield None
        order, many = scene.order(), scene.n >= MANY
        for first in range(0, len(order), _TOGETHER):
            slots = order[first : first + _TOGETHER]
            boxes = np.take(scene.box, slots, axis=1) * scale
            boxes[:2] += [[offset.x()], [offset.y()]]
            np.maximum(boxes[2:], 1.0, out=boxes[2:])
            if receding is None:
                layers[0].set_cards(boxes, places[slots], many)
            else:
                for layer, some in zip(layers, (receding[slots], ~receding[slots]), strict=True):
                    layer.set_cards(boxes[:, some], places[slots[some]], many)
            yield None
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(colours.chrome)
        ground.setAlpha(235)
        painter.setPen(QPen(QColor(colours.edge), 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for index in range(len(scene.frames)):
            left, top, right, bottom = scene.frame_box(index)
            painter.drawRoundedRect(_scaled(QRectF(left, top, right - left, bottom - top), scale, offset), 2, 2)
        for layer, opacity in zip(layers, (1.0,) if receding is None else (_RECEDING, 1.0), strict=True):
            painter.setOpacity(opacity)
            layer.paint(painter, many)
        painter.end()
        yield picture


class _Layer:
    """Some cards of a map, put together bit by bit: those no larger than a pixel or two are one pixel each."""

    def __init__(self, size: QSize, ratio: float, colours: list[QColor]) -> None:
        self._size, self._ratio, self._colours = size, ratio, colours
        self._inks = np.array([QColor(colour).rgba() for colour in colours], np.uint32)
        self._pixels = np.zeros((round(size.height() * ratio), round(size.width() * ratio)), np.uint32)
        self._boxes: list[NDArray[np.float64]] = []
        self._places: list[NDArray[np.integer[Any]]] = []

    def set_cards(self, boxes: NDArray[np.float64], places: NDArray[np.integer[Any]], many: bool) -> None:
        """Set cards (4, n), given in pixels of the map; of two on one pixel the later one is seen."""
        if many:
            small = (boxes[2] < 2.0 / self._ratio) & (boxes[3] < 2.0 / self._ratio)
            every = bool(small.all())
            self._dot(boxes if every else boxes[:, small], places if every else places[small])
            if every:
                return
            boxes, places = boxes[:, ~small], places[~small]
        self._boxes.append(boxes)
        self._places.append(places)

    def _dot(self, boxes: NDArray[np.float64], places: NDArray[np.integer[Any]]) -> None:
        high, wide = self._pixels.shape
        across = np.clip((boxes[0] * self._ratio).astype(np.intp), 0, wide - 1)
        down = np.clip((boxes[1] * self._ratio).astype(np.intp), 0, high - 1)
        self._pixels[down, across] = self._inks[places]

    def paint(self, painter: QPainter, many: bool) -> None:
        """Paint what was set."""
        if many:
            high, wide = self._pixels.shape
            dots = QImage(self._pixels.data, wide, high, 4 * wide, QImage.Format.Format_ARGB32)
            painter.drawImage(QRectF(QPointF(), self._size), dots)
        if not self._boxes:
            return
        boxes, places = np.concatenate(self._boxes, axis=1), np.concatenate(self._places)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not many)
        for place, colour in enumerate(self._colours):
            painter.setBrush(colour)
            draw_rects(painter, boxes[:, places == place].T)
