"""Choosing: a click on a link or on empty board, and the rubber band."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QApplication

from evidenceboard.model.boxes import Ints
from evidenceboard.model.changes import label
from evidenceboard.ui.board.tools.tool import Pointer, Tool


class Select(Tool):
    """Select a link by a click, cards by a rubber band, nothing by a click on empty board."""

    _start: Pointer | None = None
    _band: QRectF | None = None
    _before: AbstractSet[str] = frozenset()
    _links: frozenset[str] = frozenset()
    _frames: frozenset[str] = frozenset()
    """What was chosen at the press: Esc brings it back."""

    def hover(self, pointer: Pointer) -> Qt.CursorShape | None:
        free = self.surface.slot_at(pointer.x, pointer.y) is None
        over = self.surface.link_at(pointer.x, pointer.y) if free else None
        self._point_at(over)
        return Qt.CursorShape.PointingHandCursor if over else None

    def leave(self) -> None:
        self._point_at(None)

    def _point_at(self, link_id: str | None) -> None:
        if link_id != self.surface.pointed_link:
            self.surface.pointed_link = link_id
            self.surface.update_overlay()

    def press(self, pointer: Pointer) -> bool:
        if pointer.button != Qt.MouseButton.LeftButton:
            return False
        selection = self.shell.selection
        link_id = self.surface.link_at(pointer.x, pointer.y)
        if link_id is not None:
            links = selection.links ^ {link_id} if pointer.shift or pointer.control else {link_id}
            selection.set(links=links)
            return True
        self._start = pointer
        self._before, self._links, self._frames = selection.cards, selection.links, selection.frames
        if not (pointer.shift or pointer.control):
            selection.clear()
        return True

    def move(self, pointer: Pointer) -> None:
        if self._start is None:
            return
        far = (pointer.at - self._start.at).manhattanLength() >= QApplication.startDragDistance()
        if self._band is None and not far:
            return
        self._band = QRectF(self._start.at, pointer.at).normalized()
        self.surface.hint.emit(label(self.surface.tr("{n} cards"), {"n": len(self._slots())}))
        self.surface.update_overlay()

    def release(self, pointer: Pointer) -> None:
        if self._band is not None:
            inside, before = self.surface.scene.named(self._slots()), self.shell.selection.cards
            self.shell.selection.set(cards=before | inside if before else inside)
        elif self._start is not None:
            self.surface.chain.end()
        self._forget()

    def cancel(self) -> None:
        if self._start is not None:
            self.shell.selection.set(cards=self._before, links=self._links, frames=self._frames)
        self._forget()

    def _forget(self) -> None:
        self._start = self._band = None
        self.surface.hint.emit("")
        self.surface.update_overlay()

    def _slots(self) -> Ints:
        """Return the slots of the cards that the band touches."""
        if self._band is None:
            return np.zeros(0, np.int32)
        corner, end = self.surface.to_board(self._band.topLeft()), self.surface.to_board(self._band.bottomRight())
        return self.surface.scene.cards_in((corner.x(), corner.y(), end.x(), end.y()))

    def paint(self, painter: QPainter) -> None:
        if self._band is None:
            return
        colour = QColor(self.shell.palette_.selection)
        painter.setPen(QPen(colour, 1))
        colour.setAlphaF(0.10)
        painter.setBrush(colour)
        painter.drawRect(self._band.translated(QPointF(0.5, 0.5)))
