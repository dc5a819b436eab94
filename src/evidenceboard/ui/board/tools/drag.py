"""Choosing cards and frames by a press, and moving them: one step however many they are."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QApplication

from evidenceboard.model.changes import BULK, label
from evidenceboard.model.frame_boxes import COLLAPSED_HEIGHT
from evidenceboard.model.records import on_grid
from evidenceboard.model.scene import FRAME_TITLE
from evidenceboard.ui.board import doings
from evidenceboard.ui.board.chain import badge_at
from evidenceboard.ui.board.moving import drop_moved
from evidenceboard.ui.board.snapping import Snap, snap
from evidenceboard.ui.board.tools.tool import Pointer, Tool


class Drag(Tool):
    """Move what is selected. Guides show what the cards line up with; Alt moves freely."""

    _start: Pointer | None = None
    _moving = False
    _cards: AbstractSet[str] = frozenset()
    _frames: frozenset[str] = frozenset()
    _snap: Snap | None = None
    _narrow: str | None = None

    def hover(self, pointer: Pointer) -> Qt.CursorShape | None:
        if badge_at(self.surface, pointer.x, pointer.y):
            return Qt.CursorShape.PointingHandCursor
        if self.surface.slot_at(pointer.x, pointer.y) is not None:
            return Qt.CursorShape.ArrowCursor
        return Qt.CursorShape.SizeAllCursor if self._frame_at(pointer) else None

    def press(self, pointer: Pointer) -> bool:
        if pointer.button != Qt.MouseButton.LeftButton:
            return False
        slot = self.surface.slot_at(pointer.x, pointer.y)
        frame_id = None if slot is not None else self._frame_at(pointer)
        if slot is None and frame_id is None:
            return False
        self._choose(pointer, None if slot is None else self.surface.scene.card_ids[slot], frame_id)
        self._start, self._moving = pointer, False
        return True

    def _frame_at(self, pointer: Pointer) -> str | None:
        """Return the frame whose title is under the pointer."""
        index = self.surface.frame_at(pointer.x, pointer.y)
        if index is None:
            return None
        frame = self.surface.scene.frames[index]
        high = COLLAPSED_HEIGHT if frame.collapsed else max(FRAME_TITLE, 16 / self.surface.zoom)
        return frame.id if pointer.y < frame.y + high else None

    def _choose(self, pointer: Pointer, card_id: str | None, frame_id: str | None) -> None:
        selection = self.shell.selection
        more = pointer.shift or pointer.control
        self._narrow = None
        if card_id is not None:
            if more:
                selection.set(cards=selection.cards ^ {card_id}, frames=selection.frames)
            elif card_id not in selection.cards:
                selection.set(cards=[card_id])
            elif len(selection.cards) > 1:
                # A click on one of several selected cards chooses it alone, but a drag moves them all.
                self._narrow = card_id
        elif frame_id is not None:
            if more:
                selection.set(cards=selection.cards, frames=selection.frames ^ {frame_id})
            elif frame_id not in selection.frames:
                selection.set(frames=[frame_id])

    def move(self, pointer: Pointer) -> None:
        if self._start is None:
            return
        if not self._moving:
            if (pointer.at - self._start.at).manhattanLength() < QApplication.startDragDistance():
                return
            if not self._take() or not doings.may_change(self.surface):
                self._start = None
                return
            self._moving = True
        dx, dy = on_grid(pointer.x - self._start.x), on_grid(pointer.y - self._start.y)
        self._snap = snap(self.surface, self._cards, self._frames, dx, dy, free=pointer.alt)
        self.surface.preview(self._cards, self._snap.dx, self._snap.dy, self._frames)
        count = len(self._cards)
        said = self.surface.tr("{n} cards · {x}, {y} · Alt: without guides · Esc: back")
        self.surface.hint.emit(label(said, {"n": count, "x": round(self._snap.dx), "y": round(self._snap.dy)}))

    def _take(self) -> bool:
        selection, document = self.shell.selection, self.shell.document
        self._frames = selection.frames
        owned = {card.id for frame_id in self._frames for card in document.cards_in(frame_id)}
        # The very set that is selected where nothing is added: what is known of it need not be looked up at each move.
        self._cards = selection.cards | owned if owned else selection.cards
        return bool(self._cards or self._frames)

    def release(self, pointer: Pointer) -> None:
        moving, made = self._moving, self._snap
        cards, frames = self._cards, self._frames
        if not moving and self._start is not None and self._narrow is not None:
            self.shell.selection.set(cards=[self._narrow])
        if not moving and self._start is not None:
            self._open_badge(self._start, pointer)
        self._forget()
        if not moving or made is None or (made.dx == 0 and made.dy == 0):
            if moving:
                self.surface.end_preview()
            return
        large = len(cards) > BULK
        if not large:
            self.surface.end_preview(dropped=True)
        # What takes a while is shown where the hand let go of it until it is there.
        moved = drop_moved(self.surface, cards, frames, made.dx, made.dy)
        if large or not moved:
            self.surface.end_preview()

    def _open_badge(self, start: Pointer, end: Pointer) -> None:
        """Draw where a claim comes from, where its badge was clicked; a second click ends that."""
        claim_id = badge_at(self.surface, start.x, start.y)
        plain = not (start.shift or start.control or start.alt)
        if claim_id and plain and badge_at(self.surface, end.x, end.y) == claim_id:
            self.surface.chain.toggle(claim_id)

    def cancel(self) -> None:
        if self._moving:
            self.surface.end_preview()
        self._forget()

    def _forget(self) -> None:
        self._start, self._moving, self._snap, self._narrow = None, False, None, None
        self.surface.hint.emit("")

    def paint(self, painter: QPainter) -> None:
        if not self._moving or self._snap is None:
            return
        painter.setPen(QPen(QColor(self.shell.palette_.selection), 1, Qt.PenStyle.DashLine))
        for x1, y1, x2, y2 in self._snap.guides:
            painter.drawLine(QLineF(self.surface.to_screen(x1, y1), self.surface.to_screen(x2, y2)))
