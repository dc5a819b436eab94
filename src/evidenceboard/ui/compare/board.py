"""The board of two copies laid over each other: what differs is marked by ring, sign and word, the rest recedes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent

from evidenceboard.merge.overlaid import MINE, MOVED, OTHER, THEIRS, Overlaid
from evidenceboard.model.records import Card
from evidenceboard.model.routes import Routes
from evidenceboard.model.scene import Scene
from evidenceboard.render import fonts
from evidenceboard.render.board_paint import Picture, painting
from evidenceboard.render.labels import settle_labels
from evidenceboard.render.palette import Palette
from evidenceboard.render.sprites import Sprites
from evidenceboard.render.view import View
from evidenceboard.ui.board.backing import Backing, on_widget
from evidenceboard.ui.board.camera import Camera
from evidenceboard.ui.board.looking import Looking
from evidenceboard.ui.shell import Shell

SIGNS: Final = {THEIRS: "+", MINE: "−", OTHER: "≠", MOVED: "→"}
DASHED: Final = frozenset({MINE})
_RING: Final = 2.0
_WORDS_FROM: Final = 0.5
"""The zoom from which a mark says its word."""
_MOST: Final = 500
"""Marks in view that are drawn one by one with their signs; of more only the rings."""
_AROUND: Final = 400.0
"""Board units around the view within which a mark may reach into it."""


def colour_of(palette: Palette, kind: str) -> QColor:
    """Return the colour of a kind of difference."""
    if kind == THEIRS:
        return QColor(palette.supports)
    if kind == MINE:
        return QColor(palette.contradicts)
    return QColor(palette.selection) if kind == OTHER else QColor(palette.muted)


Laid = tuple[Scene, Routes]
"""A board of two copies as arrays, and the lines of its links."""


def laid(made: Overlaid, board_id: str) -> Laid:
    """Return one board of two copies, ready to be painted; in any thread."""
    scene = Scene(made.document, board_id)
    return scene, Routes(scene)


class CompareBoard(Looking):
    """Show one board of two copies. `pressed` tells a card or link that was clicked."""

    pressed = Signal(str)

    def __init__(self, shell: Shell, made: Overlaid, words: dict[str, str], board: Laid) -> None:
        super().__init__()
        self.setObjectName("compareBoard")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 240)
        self.shell = shell
        self.camera, self.is_whole, self._layer = Camera(), True, None
        self.glowing = frozenset()
        self.shown = set(SIGNS)
        """The kinds of differences that are marked."""
        self._made, self._words = made, words
        self._held: QPointF | None = None
        self._dragged = False
        self._led = False
        """Whether somebody has moved the view; until then all of the board is shown."""
        self.backing = Backing(self._paint_part, lambda: QColor(self.shell.palette_.board))
        self._worker = QTimer(self)
        self._worker.setInterval(0)
        self._worker.timeout.connect(self._work)
        self.take(board)

    def take(self, board: Laid) -> None:
        """Show another board of the two copies."""
        self.scene, routes = board
        self.picture = Picture(self._made.document, self.scene, routes, self.shell.palette_, Sprites())
        settle_labels(self.picture)
        self.mark()
        self._led = False
        if self.isVisible():
            self.fit()

    def mark(self) -> None:
        """Let everything recede that is not marked."""
        kinds = ((card_id, self._made.cards.get(card_id, "")) for card_id in self.scene.card_ids)
        marked = np.fromiter((kind in self.shown for _, kind in kinds), np.bool_, len(self.scene.card_ids))
        self.picture.receding = ~marked if marked.any() else None
        self._marked = np.flatnonzero(marked[: self.scene.n])
        self.refresh()

    def dress(self) -> None:
        """Take the colours that the window has now."""
        self.picture.palette = self.shell.palette_
        self.refresh()

    def refresh(self) -> None:
        self.backing.refresh()
        self._worker.start()
        self.update()

    def is_settled(self) -> bool:
        """Return whether the picture is sharp."""
        return self.backing.settled

    def _paint_part(self, painter: QPainter, view: View, rect: QRect) -> Iterator[None]:
        yield from painting(painter, self.picture, view, rect)

    def _work(self) -> None:
        self.update(on_widget(self.backing.work(), self.camera.ratio))
        if self.backing.settled:
            self._worker.stop()

    # -- painting ----------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ratio = self.camera.ratio
        painter.scale(1 / ratio, 1 / ratio)
        self.backing.draw(painter, self._window())
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_links(painter)
        self._paint_cards(painter)
        self._paint_glow(painter)
        painter.end()
        if not self.backing.settled:
            self._worker.start()

    def _paint_cards(self, painter: QPainter) -> None:
        x, y, w, h = self.scene.box[:, self._marked]
        area = self.visible_area().adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)
        inside = (x <= area.right()) & (x + w >= area.left()) & (y <= area.bottom()) & (y + h >= area.top())
        slots = self._marked[inside].tolist()
        if len(slots) > _MOST:
            self._paint_many(painter, slots)
            return
        for slot in slots:
            rect, kind = self.rect_on_screen(slot), self._made.cards[self.scene.card_ids[slot]]
            if kind == MOVED:
                self._paint_way(painter, slot, rect)
            self._ring(painter, rect, kind)
            self._badge(painter, rect.topLeft() + QPointF(6, -4), kind)

    def _paint_many(self, painter: QPainter, slots: list[int]) -> None:
        """Paint the rings of very many marked cards, a kind at a time, without signs for which there is no room."""
        by_kind: dict[str, list[QRectF]] = {}
        for slot in slots:
            by_kind.setdefault(self._made.cards[self.scene.card_ids[slot]], []).append(self.rect_on_screen(slot))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for kind, rects in by_kind.items():
            painter.setPen(QPen(colour_of(self.shell.palette_, kind), 1))
            painter.drawRects(rects)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _ring(self, painter: QPainter, rect: QRectF, kind: str) -> None:
        pen = QPen(colour_of(self.shell.palette_, kind), _RING)
        if kind in DASHED:
            pen.setDashPattern([4, 3])
        elif kind == MOVED:
            pen.setDashPattern([1, 2])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(-3, -3, 3, 3), 8, 8)

    def _paint_way(self, painter: QPainter, slot: int, rect: QRectF) -> None:
        """Draw where a card stands in the other copy, and the way there."""
        card = self._made.theirs.find("cards", self.scene.card_ids[slot])
        if not isinstance(card, Card):
            return
        there = QRectF(self.to_screen(card.x, card.y), QSizeF(card.w * self.zoom, card.h * self.zoom))
        pen = QPen(colour_of(self.shell.palette_, MOVED), 1.4)
        pen.setDashPattern([1, 2.5])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(there, 6, 6)
        if (there.center() - rect.center()).manhattanLength() > 12:
            painter.drawLine(rect.center(), there.center())
            painter.setBrush(colour_of(self.shell.palette_, MOVED))
            painter.drawEllipse(there.center(), 3, 3)

    def _badge(self, painter: QPainter, at: QPointF, kind: str) -> None:
        """Paint sign and word of a difference on a patch, its lower left corner at a point."""
        words = SIGNS[kind] + (f" {self._words[kind]}" if self.zoom >= _WORDS_FROM else "")
        font = fonts.font(11, "semibold")
        painter.setFont(font)
        wide = painter.fontMetrics().horizontalAdvance(words) + 12
        box = QRectF(at.x(), at.y() - 13, wide, 17)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour_of(self.shell.palette_, kind))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(self.shell.palette_.card))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_links(self, painter: QPainter) -> None:
        for link_id, kind in self._made.links.items():
            index = self.scene.index_of.get(link_id)
            if index is None or kind not in self.shown or not self.routes.shown[index]:
                continue
            corners = [self.to_screen(float(x), float(y)) for x, y in self.routes.points[:, :, index]]
            box = QRectF(corners[0], corners[3]).normalized().adjusted(-60, -60, 60, 60)
            if not box.intersects(QRectF(self.rect())):
                continue
            pen = QPen(colour_of(self.shell.palette_, kind), 2.4)
            if kind in DASHED:
                pen.setDashPattern([4, 3])
            painter.setPen(pen)
            painter.drawPolyline([_on_curve(corners, step / 24) for step in range(25)])
            middle = _on_curve(corners, 0.5)
            self._badge(painter, middle + QPointF(-8, 6), kind)

    def _paint_glow(self, painter: QPainter) -> None:
        colour = QColor(self.shell.palette_.selection)
        colour.setAlphaF(0.28)
        painter.setPen(QPen(colour, 8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for slot in self.glowing:
            painter.drawRoundedRect(self.rect_on_screen(slot).adjusted(-9, -9, 9, 9), 13, 13)

    # -- moving ------------------------------------------------------------------------------------------------

    def _camera_moved(self, zoomed: bool) -> None:
        self.backing.look(self.camera.view())
        if not self.backing.settled:
            self._worker.start()
        self.update()

    def _window(self) -> QRect:
        ratio = self.camera.ratio
        return QRect(0, 0, math.ceil(self.width() * ratio), math.ceil(self.height() * ratio))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.camera.ratio = self.devicePixelRatioF()
        self.camera.size = QSizeF(self.size())
        self.backing.resize(self._window().size())
        self._camera_moved(False)
        if not self._led:
            self.fit()

    def lead_to(self, card_ids: list[str]) -> None:
        """Bring cards into view, readable, and let them glow for a moment."""
        self._led = True
        self.fly_to(card_ids)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta()
        self._led = True
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1.2 ** (turned.y() / 120), event.position())
        else:
            self.pan_by(turned.x() / 2, turned.y() / 2)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            way = event.position() - self._held
            if self._dragged or way.manhattanLength() > 4:
                self._dragged = self._led = True
                self._held = event.position()
                self.pan_by(way.x(), way.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held is not None and not self._dragged:
            at = self.to_board(event.position())
            slot = self.slot_at(at.x(), at.y())
            link = None if slot is not None else self.link_at(at.x(), at.y())
            if slot is not None or link is not None:
                self.pressed.emit(self.scene.entity_ids[slot] if slot is not None else link)
        self._held = None


def _on_curve(corners: list[QPointF], t: float) -> QPointF:
    s = 1 - t
    return corners[0] * (s**3) + corners[1] * (3 * s * s * t) + corners[2] * (3 * s * t * t) + corners[3] * (t**3)
