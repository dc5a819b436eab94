"""Drawing a link: from a handle on a card's edge to another card, or to empty board for a new one."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from evidenceboard.model.link_types import LinkType, fitting
from evidenceboard.model.records import Entity
from evidenceboard.ui.board import doings, offers, overlay
from evidenceboard.ui.board.tools.tool import Pointer, Tool

_NEAR: Final = 14.0
_HOT: Final = 10.0
_FROM_ZOOM: Final = 0.2


class Connect(Tool):
    """Show handles on the card under the pointer; a drag from one of them draws a link."""

    _over: int | None = None
    _hot: int | None = None
    _from: int | None = None
    _start = QPointF()
    _at = QPointF()
    _target: int | None = None

    def hover(self, pointer: Pointer) -> Qt.CursorShape | None:
        before = (self._over, self._hot)
        self._look(pointer)
        if before != (self._over, self._hot):
            self.surface.update_overlay()
        return Qt.CursorShape.CrossCursor if self._hot is not None else None

    def leave(self) -> None:
        if self._over is not None:
            self._over = self._hot = None
            self.surface.update_overlay()

    def _look(self, pointer: Pointer) -> None:
        if self.shell.session.read_only or self.surface.zoom < _FROM_ZOOM:
            self._over = self._hot = None
            return
        slot = self.surface.slot_at(pointer.x, pointer.y)
        if slot is None and self._over is not None and self._is_near(self._over, pointer):
            slot = self._over
        if slot is None:
            slot = self._near_by(pointer)
        self._over, self._hot = slot, None
        if slot is not None:
            for side, point in enumerate(overlay.handle_points(self.surface, slot)):
                if (point - pointer.at).manhattanLength() <= _HOT:
                    self._hot = side

    def _is_near(self, slot: int, pointer: Pointer) -> bool:
        scene = self.surface.scene
        if slot >= scene.n or not scene.alive[slot]:
            return False
        return self.surface.rect_on_screen(slot).adjusted(-_NEAR, -_NEAR, _NEAR, _NEAR).contains(pointer.at)

    def _near_by(self, pointer: Pointer) -> int | None:
        reach = _NEAR / self.surface.zoom
        area = (pointer.x - reach, pointer.y - reach, pointer.x + reach, pointer.y + reach)
        found = self.surface.scene.cards_in(area)
        return int(found[-1]) if len(found) else None

    def press(self, pointer: Pointer) -> bool:
        if pointer.button != Qt.MouseButton.LeftButton:
            return False
        self._look(pointer)
        if self._over is None or self._hot is None:
            return False
        self._from, self._target = self._over, None
        self._start = overlay.handle_points(self.surface, self._over)[self._hot]
        self._at = pointer.at
        return True

    def move(self, pointer: Pointer) -> None:
        self._at = pointer.at
        slot = self.surface.slot_at(pointer.x, pointer.y)
        self._target = slot if slot != self._from else None
        self.surface.hint.emit(self._hint())
        self.surface.update_overlay()

    def _hint(self) -> str:
        start, end = self._entity(self._from), self._entity(self._target)
        if start is None or end is None:
            return self.surface.tr("Let go on a card to link it, on empty board to make a new one · Esc: back")
        words = [kind.reverse if turned else kind.word for kind, turned in fitting(start.type, end.type)]
        return f"{start.number} → {end.number}: {', '.join(words)}"

    def _entity(self, slot: int | None) -> Entity | None:
        found = None if slot is None else self.shell.document.find("entities", self.surface.scene.entity_ids[slot])
        return found if isinstance(found, Entity) else None

    def release(self, pointer: Pointer) -> None:
        start, end = self._entity(self._from), self._entity(self._target)
        own, dragged = self._from, (pointer.at - self._start).manhattanLength() > 24
        self.cancel()
        if start is None:
            return
        if end is not None:
            self._offer_links(pointer, start, end)
        elif dragged and self.surface.slot_at(pointer.x, pointer.y) != own:
            self._offer_types(pointer, start)
        elif not dragged and own is not None:
            # A click on a handle is a click on its card.
            self.shell.selection.set(cards=[self.surface.scene.card_ids[own]])

    def _offer_links(self, pointer: Pointer, start: Entity, end: Entity) -> None:
        def take(chosen: tuple[LinkType, bool] | None) -> None:
            if chosen is not None:
                kind, turned = chosen
                ends = (end.id, start.id) if turned else (start.id, end.id)
                doings.connect(self.surface, kind, *ends)

        offers.ask_link(self.surface, pointer.at, start, end, take)

    def _offer_types(self, pointer: Pointer, start: Entity) -> None:
        def take(type_id: str | None) -> None:
            if type_id is not None:
                doings.new_linked(self.surface, start.id, type_id, pointer.x, pointer.y)

        offers.ask_type(self.surface, pointer.at, take, after=offers.likely_next(start.type))

    def cancel(self) -> None:
        self._from = self._target = self._hot = None
        self.surface.hint.emit("")
        self.surface.update_overlay()

    def paint(self, painter: QPainter) -> None:
        if self._from is not None:
            self._paint_line(painter)
            return
        if self._over is not None and self._over < self.surface.scene.n and self.surface.scene.alive[self._over]:
            overlay.paint_handles(painter, self.surface, self._over, self._hot)

    def _paint_line(self, painter: QPainter) -> None:
        painter.setPen(QPen(QColor(self.shell.palette_.selection), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawLine(self._start, self._at)
        if self._target is not None:
            painter.drawRoundedRect(self.surface.rect_on_screen(self._target).adjusted(-3.5, -3.5, 3.5, 3.5), 9, 9)
        else:
            painter.drawEllipse(QRectF(self._at.x() - 4, self._at.y() - 4, 8, 8))
