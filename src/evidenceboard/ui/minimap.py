"""The minimap at the lower right of the board: where one is; a click or drag moves the view."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from evidenceboard.render.buffers import draw_rects
from evidenceboard.render.style_colours import patches
from evidenceboard.ui.board.canvas import Canvas

SIZE: Final = QSize(188, 128)
_INSIDE: Final = 8.0
_GAP: Final = 12
ROOM: Final = SIZE + QSize(2 * _GAP, 2 * _GAP)
"""What the map takes of a board; no board is smaller."""
_RECEDING: Final = 0.25
"""How much of a card that recedes is seen."""
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
        """Paint the cards anew at the next chance."""
        self._picture = None
        left, top, right, bottom = self._canvas.scene.bounds() or (0.0, 0.0, 0.0, 0.0)
        self._bounds = QRectF(left, top, right - left, bottom - top)
        self.follow()

    def point_of(self, place: QPointF) -> QPointF:
        """Return the point of the board under a point of the map."""
        scale, offset = self._fit()
        return (place - offset) / scale

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            self._picture = self._painted()
        colours = self._canvas.shell.palette_
        painter = QPainter(self)
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

    def _painted(self) -> QPixmap:
        scene, colours = self._canvas.scene, self._canvas.shell.palette_
        scale, offset = self._fit()
        ratio = self.devicePixelRatioF()
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
        order = scene.order()
        boxes = np.take(scene.box, order, axis=1) * scale
        boxes[:2] += [[offset.x()], [offset.y()]]
        np.maximum(boxes[2:], 1.0, out=boxes[2:])
        places, patched = patches(self._canvas.picture.styled, scene, colours)
        places, many, receding = places[order], scene.n >= MANY, self._canvas.picture.receding
        if receding is None:
            self._set_cards(painter, boxes, places, patched, many)
        else:
            for some, opacity in ((receding[order], _RECEDING), (~receding[order], 1.0)):
                painter.setOpacity(opacity)
                self._set_cards(painter, boxes[:, some], places[some], patched, many)
        painter.end()
        return picture

    def _set_cards(
        self,
        painter: QPainter,
        boxes: NDArray[np.float64],
        places: NDArray[np.integer[Any]],
        colours: list[QColor],
        many: bool,
    ) -> None:
        """Paint cards (4, n) in pixels of the map, each in its colour."""
        if many:
            ratio = self.devicePixelRatioF()
            small = (boxes[2] < 2.0 / ratio) & (boxes[3] < 2.0 / ratio)
            every = bool(small.all())
            some = boxes if every else boxes[:, small]
            dots = _dotted(some, places if every else places[small], colours, self.size(), ratio)
            painter.drawImage(QRectF(self.rect()), dots)
            if every:
                return
            boxes, places = boxes[:, ~small], places[~small]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not many)
        for place, colour in enumerate(colours):
            painter.setBrush(colour)
            draw_rects(painter, boxes[:, places == place].T)


def _dotted(
    boxes: NDArray[np.float64], places: NDArray[np.integer[Any]], colours: list[QColor], size: QSize, ratio: float
) -> QImage:
    """Return a picture of cards (4, n) that are no larger than a pixel: each is one pixel, the foremost is seen."""
    wide, high = round(size.width() * ratio), round(size.height() * ratio)
    inks = np.array([QColor(colour).rgba() for colour in colours], np.uint32)
    pixels = np.zeros((high, wide), np.uint32)
    across = np.clip((boxes[0] * ratio).astype(np.intp), 0, wide - 1)
    down = np.clip((boxes[1] * ratio).astype(np.intp), 0, high - 1)
    pixels[down, across] = inks[places]
    return QImage(pixels.data, wide, high, 4 * wide, QImage.Format.Format_ARGB32).copy()
