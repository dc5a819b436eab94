"""Hanging an end of the selected link on another card."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from evidenceboard import commands
from evidenceboard.model.link_types import LinkType, fits, link_type
from evidenceboard.model.records import Entity, Link
from evidenceboard.ui.board import doings, offers, overlay
from evidenceboard.ui.board.tools.tool import Pointer, Tool

_HOT: Final = 10.0


class Rehang(Tool):
    """Drag a round end of the selected link to another card; let go elsewhere and it stays where it was."""

    _link: Link | None = None
    _at_start = False
    _fixed = QPointF()
    _at = QPointF()
    _target: int | None = None

    def hover(self, pointer: Pointer) -> Qt.CursorShape | None:
        return Qt.CursorShape.PointingHandCursor if self._end_under(pointer) is not None else None

    def _end_under(self, pointer: Pointer) -> tuple[Link, bool, QPointF] | None:
        """Return the selected link, whether its start is under the pointer, and where its other end is."""
        for link_id in self.shell.selection.links:
            index = self.surface.scene.index_of.get(link_id)
            found = self.shell.document.find("links", link_id)
            if index is None or not isinstance(found, Link):
                continue
            path = overlay.link_path(self.surface, index)
            start, end = path.pointAtPercent(0.0), path.pointAtPercent(1.0)
            if (end - pointer.at).manhattanLength() <= _HOT:
                return found, False, start
            if (start - pointer.at).manhattanLength() <= _HOT:
                return found, True, end
        return None

    def press(self, pointer: Pointer) -> bool:
        found = self._end_under(pointer) if pointer.button == Qt.MouseButton.LeftButton else None
        if found is None or not doings.may_change(self.surface):
            return False
        self._link, self._at_start, self._fixed = found
        self._at, self._target = pointer.at, None
        return True

    def move(self, pointer: Pointer) -> None:
        self._at = pointer.at
        self._target = self.surface.slot_at(pointer.x, pointer.y)
        self.surface.hint.emit(self.surface.tr("Let go on the card that this end belongs to · Esc: back"))
        self.surface.update_overlay()

    def release(self, pointer: Pointer) -> None:
        link, slot, at_start = self._link, self.surface.slot_at(pointer.x, pointer.y), self._at_start
        self.cancel()
        if link is None or slot is None:
            return
        target = self.surface.scene.entity_ids[slot]
        ends = (target, link.to_id) if at_start else (link.from_id, target)
        if ends != (link.from_id, link.to_id) and ends[0] != ends[1]:
            self._hang(pointer, link, *ends)

    def _hang(self, pointer: Pointer, link: Link, from_id: str, to_id: str) -> None:
        document = self.shell.document
        start, end = document.get(Entity, from_id), document.get(Entity, to_id)
        if fits(link_type(link.type), start.type, end.type):
            self._write(link, link_type(link.type), from_id, to_id)
            return

        def take(chosen: tuple[LinkType, bool] | None) -> None:
            if chosen is not None:
                kind, turned = chosen
                self._write(link, kind, *((to_id, from_id) if turned else (from_id, to_id)))

        offers.ask_link(self.surface, pointer.at, start, end, take)

    def _write(self, link: Link, kind: LinkType, from_id: str, to_id: str) -> None:
        made = self.shell.perform(
            "Hang a link elsewhere", lambda tx: commands.relink(tx, link, kind.id, from_id, to_id)
        )
        if made is not None:
            self.shell.selection.set(links=[made.id])

    def cancel(self) -> None:
        self._link, self._target = None, None
        self.surface.hint.emit("")
        self.surface.update_overlay()

    def paint(self, painter: QPainter) -> None:
        if self._link is None:
            return
        painter.setPen(QPen(QColor(self.shell.palette_.selection), 2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawLine(self._fixed, self._at)
        if self._target is not None:
            painter.drawRoundedRect(self.surface.rect_on_screen(self._target).adjusted(-3.5, -3.5, 3.5, 3.5), 9, 9)
