"""Sizing a card or a frame by its corners and edges."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QApplication

from evidenceboard import commands
from evidenceboard.model.boxes import Box
from evidenceboard.model.records import on_grid
from evidenceboard.ui.board import doings
from evidenceboard.ui.board.snapping import GRID
from evidenceboard.ui.board.tools.tool import Pointer, Tool

LEFT, TOP, RIGHT, BOTTOM = 1, 2, 4, 8
_CORNER: Final = 9.0
_EDGE: Final = 5.0
SMALLEST_CARD: Final = (120.0, 56.0)
SMALLEST_FRAME: Final = (120.0, 72.0)
_CURSORS: Final = {
    LEFT | TOP: Qt.CursorShape.SizeFDiagCursor,
    RIGHT | BOTTOM: Qt.CursorShape.SizeFDiagCursor,
    RIGHT | TOP: Qt.CursorShape.SizeBDiagCursor,
    LEFT | BOTTOM: Qt.CursorShape.SizeBDiagCursor,
    LEFT: Qt.CursorShape.SizeHorCursor,
    RIGHT: Qt.CursorShape.SizeHorCursor,
    TOP: Qt.CursorShape.SizeVerCursor,
    BOTTOM: Qt.CursorShape.SizeVerCursor,
}


class Resize(Tool):
    """Pull a corner of the selected card, or a corner or edge of a frame. A card pulled sideways fits its text."""

    _id = ""
    _is_card = False
    _sides = 0
    _box: Box = (0.0, 0.0, 0.0, 0.0)
    _now: Box | None = None
    _start: Pointer | None = None

    def hover(self, pointer: Pointer) -> Qt.CursorShape | None:
        found = self._grip(pointer)
        return None if found is None else _CURSORS[found[2]]

    def _grip(self, pointer: Pointer) -> tuple[str, bool, int] | None:
        """Return the id of what would be sized, whether it is a card, and the sides that are pulled."""
        surface, selection = self.surface, self.shell.selection
        if len(selection.cards) == 1 and not selection.frames:
            slot = next(iter(surface.selected_slots()), None)
            if slot is not None and (sides := _corner(surface.rect_on_screen(slot), pointer, _CORNER)):
                return surface.scene.card_ids[slot], True, sides
        if surface.slot_at(pointer.x, pointer.y) is not None:
            return None
        reach = _EDGE / surface.zoom
        near = (pointer.x - reach, pointer.y - reach, pointer.x + reach, pointer.y + reach)
        for index in reversed(surface.scene.frames_in(near)):
            frame = surface.scene.frames[index]
            rect = surface.box_on_screen(*surface.scene.frame_box(index))
            sides = _edge(rect, pointer)
            if sides and not frame.collapsed:
                return frame.id, False, sides
        return None

    def press(self, pointer: Pointer) -> bool:
        found = self._grip(pointer) if pointer.button == Qt.MouseButton.LeftButton else None
        if found is None:
            return False
        self._id, self._is_card, self._sides = found
        if not self._is_card and self._id not in self.shell.selection.frames:
            self.shell.selection.set(frames=[self._id])
        scene = self.surface.scene
        if self._is_card:
            x, y, w, h = (float(value) for value in scene.box[:, scene.slot_of[self._id]])
            self._box = (x, y, x + w, y + h)
        else:
            index = next(place for place, frame in enumerate(scene.frames) if frame.id == self._id)
            self._box = scene.frame_box(index)
        self._start, self._now = pointer, None
        return True

    def move(self, pointer: Pointer) -> None:
        if self._start is None:
            return
        if self.shell.session.read_only:
            self.cancel()
            doings.refuse_read_only(self.surface)
            return
        dx, dy = pointer.x - self._start.x, pointer.y - self._start.y
        least_w, least_h = SMALLEST_CARD if self._is_card else SMALLEST_FRAME
        left, top, right, bottom = self._box
        step = 1.0 if pointer.alt else GRID
        # A side that is hardly pulled stays exactly: a card that is made wider goes on fitting its text.
        still = QApplication.startDragDistance() / self.surface.zoom
        across, along = self._sides if abs(dx) >= still else 0, self._sides if abs(dy) >= still else 0
        if across & LEFT:
            left = min(_stepped(left + dx, step), right - least_w)
        if across & RIGHT:
            right = max(_stepped(right + dx, step), left + least_w)
        if along & TOP:
            top = min(_stepped(top + dy, step), bottom - least_h)
        if along & BOTTOM:
            bottom = max(_stepped(bottom + dy, step), top + least_h)
        self._now = (left, top, right, bottom)
        self.surface.hint.emit(f"{round(right - left)} × {round(bottom - top)}")
        self.surface.update_overlay()

    def release(self, pointer: Pointer) -> None:
        box, self._now, self._start = self._now, None, None
        self.surface.hint.emit("")
        self.surface.update_overlay()
        if box is None or box == self._box:
            return
        left, top, right, bottom = (on_grid(value) for value in box)
        size = {"x": left, "y": top, "w": right - left, "h": bottom - top}
        which = self._id
        if self._is_card:
            # Pulled in width alone, the card goes on being as high as its text needs.
            if bottom - top == self._box[3] - self._box[1]:
                del size["h"]
            self.shell.perform("Resize a card", lambda tx: commands.resize_card(tx, which, **size))
        else:
            self.shell.perform("Resize a frame", lambda tx: commands.resize_frame(tx, which, **size))

    def cancel(self) -> None:
        self._now = self._start = None
        self.surface.update_overlay()

    def paint(self, painter: QPainter) -> None:
        if self._now is None:
            return
        painter.setPen(QPen(QColor(self.shell.palette_.selection), 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self.surface.box_on_screen(*self._now), 6, 6)


def _stepped(value: float, step: float) -> float:
    return round(value / step) * step


def _corner(rect: QRectF, pointer: Pointer, reach: float) -> int:
    near_left, near_right = abs(pointer.at.x() - rect.left()) <= reach, abs(pointer.at.x() - rect.right()) <= reach
    near_top, near_bottom = abs(pointer.at.y() - rect.top()) <= reach, abs(pointer.at.y() - rect.bottom()) <= reach
    across = LEFT if near_left else RIGHT if near_right else 0
    along = TOP if near_top else BOTTOM if near_bottom else 0
    return across | along if across and along else 0


def _edge(rect: QRectF, pointer: Pointer) -> int:
    if not rect.adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE).contains(pointer.at):
        return 0
    if rect.width() < 4 * _CORNER or rect.height() < 4 * _CORNER:
        return 0
    sides = _corner(rect, pointer, _CORNER)
    if sides:
        return sides
    if abs(pointer.at.x() - rect.left()) <= _EDGE:
        return LEFT
    if abs(pointer.at.x() - rect.right()) <= _EDGE:
        return RIGHT
    return BOTTOM if abs(pointer.at.y() - rect.bottom()) <= _EDGE else 0
