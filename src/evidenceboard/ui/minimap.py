"""The minimap at the lower right of the board: where one is; a click or drag moves the view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from evidenceboard.model.records import Entity
from evidenceboard.model.types import entity_type
from evidenceboard.ui.shell import Shell

SIZE: Final = QSize(188, 128)
_INSIDE: Final = 8.0
_GAP: Final = 12


def _scaled(area: QRectF, scale: float, offset: QPointF) -> QRectF:
    return QRectF(area.topLeft() * scale + offset, area.size() * scale)


class Minimap(QWidget):
    """Paint the cards and frames of a board as patches, and the part of it that is in view.

    `view` returns that part in board units; `go` moves its middle to a point.
    """

    def __init__(
        self, board: QWidget, shell: Shell, view: Callable[[], QRectF], go: Callable[[QPointF], None]
    ) -> None:
        super().__init__(board)
        self._board, self._shell, self._view, self._go = board, shell, view, go
        self._picture: QPixmap | None = None
        self._bounds = QRectF()
        self.setObjectName("minimap")
        self.setFixedSize(SIZE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(QCoreApplication.translate("Minimap", "Map of the board"))

    def settle(self) -> None:
        """Stand in the lower right corner of the board."""
        self.move(self._board.width() - self.width() - _GAP, self._board.height() - self.height() - _GAP)
        self.raise_()

    def outdate(self) -> None:
        """Paint the cards anew at the next chance."""
        self._picture = None
        self.update()

    def point_of(self, place: QPointF) -> QPointF:
        """Return the point of the board under a point of the map."""
        scale, offset = self._fit()
        return (place - offset) / scale

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            self._picture = self._painted()
        colours = self._shell.palette_
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        scale, offset = self._fit()
        seen = _scaled(self._view(), scale, offset).intersected(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5))
        if not seen.isEmpty():
            fill = QColor(colours.selection)
            fill.setAlpha(26)
            painter.setPen(QPen(QColor(colours.selection), 1.2))
            painter.setBrush(fill)
            painter.drawRoundedRect(seen, 2, 2)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._go(self.point_of(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(self.point_of(event.position()))

    def _fit(self) -> tuple[float, QPointF]:
        bounds = self._bounds
        wide, high = self.width() - 2 * _INSIDE, self.height() - 2 * _INSIDE
        scale = min(wide / max(bounds.width(), 1.0), high / max(bounds.height(), 1.0))
        middle = QPointF(self.width() / 2, self.height() / 2)
        return scale, middle - bounds.center() * scale

    def _painted(self) -> QPixmap:
        shell = self._shell
        document, colours = shell.document, shell.palette_
        cards, frames = document.cards_on(shell.board_id), document.frames_on(shell.board_id)
        bounds = QRectF()
        areas = [QRectF(card.x, card.y, card.w, card.h) for card in cards]
        areas += [QRectF(frame.x, frame.y, frame.w, frame.h) for frame in frames]
        for area in areas:
            bounds = bounds.united(area)
        self._bounds = bounds
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
        for frame in frames:
            painter.drawRoundedRect(_scaled(QRectF(frame.x, frame.y, frame.w, frame.h), scale, offset), 2, 2)
        painter.setPen(Qt.PenStyle.NoPen)
        for card, area in zip(cards, areas, strict=False):
            entity = document.find("entities", card.entity_id)
            role = entity_type(entity.type).colour if isinstance(entity, Entity) else "note"
            painter.fillRect(_scaled(area, scale, offset), colours.type_colour(role))
        painter.end()
        return picture
