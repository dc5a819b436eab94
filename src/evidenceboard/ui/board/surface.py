"""The board under a hand: who gets the pointer, the wheel, the keys and what is dropped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from evidenceboard.model.boxes import Box
from evidenceboard.model.changes import Operation
from evidenceboard.model.giving_way import go_first
from evidenceboard.model.scene import FRAME_TITLE
from evidenceboard.ui.board import context_menu, doings, drops, keys, overlay, tips
from evidenceboard.ui.board.canvas import Canvas
from evidenceboard.ui.board.chain import ShownChain
from evidenceboard.ui.board.chooser import Chooser
from evidenceboard.ui.board.rings import Rings
from evidenceboard.ui.board.tools import make_tools
from evidenceboard.ui.board.tools.pan import Pan
from evidenceboard.ui.board.tools.tool import Pointer, Tool
from evidenceboard.ui.board.trial import Trial
from evidenceboard.ui.shell import Shell

_TICK: Final = 120.0
_STEP: Final = 0.6
"""Pixels that the board moves for an eighth of a degree of the wheel."""


class Surface(Canvas):
    """Let a hand work on the board. A gesture belongs to one tool from press to release."""

    hint = Signal(str)
    import_wanted = Signal(list)
    """Files were dropped that other programs wrote."""
    edit_wanted = Signal(str, str)
    """The card (the frame below), and the group of operations that it was made in where it is new."""
    frame_edit_wanted = Signal(str, str)
    link_edit_wanted = Signal(str)
    type_wanted = Signal(QPointF)
    write_wanted = Signal(object)
    """What shall be written in place: a `Written`."""
    chooser: Chooser
    """Set by the view that the surface stands in."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.chain = ShownChain(self)
        self.also: list[Callable[[QPainter], None]] = []
        """What else is painted above the board."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setAccessibleName(self.tr("Board of cards"))
        self.last_pointer: Pointer | None = None
        self.space_held = False
        self.walked_to: int | None = None
        """The slot that the arrow keys went to last."""
        self._tool: Tool | None = None
        self._button = Qt.MouseButton.NoButton
        self.tools: list[Tool] = make_tools(self)
        self.trial = Trial(self)
        self.rings = Rings()
        self._seeing = QTimer(self)
        self._seeing.setSingleShot(True)
        self._seeing.setInterval(0)
        self._seeing.timeout.connect(self._see)

    def is_settled(self) -> bool:
        return self.rings.ready and super().is_settled()

    def show_board(self, board_id: str, box: Box | None = None) -> None:
        """Show another board, a large one bit by bit: what touches `box` first."""
        self.cancel()
        self.chain.end()
        self.walked_to = None
        super().show_board(board_id, box)
        self._look_again()

    def follow(self, operation: Operation) -> None:
        """Take in an operation that the document has taken in; a gesture under way would be about what was before."""
        self.cancel()
        super().follow(operation)
        self.chain.follow(operation)
        self._look_again()

    def _suppose(self) -> None:
        super()._suppose()
        self.chain.look_again()

    def _sight_changed(self) -> None:
        super()._sight_changed()
        self.chain.tell()

    def paint_above(self, painter: QPainter) -> None:
        """Paint the selection, handles and what the tool under way shows."""
        overlay.paint(painter, self)
        for paint in self.also:
            paint(painter)
        for tool in self.tools:
            tool.paint(painter)
        self.chain.paint_lines(painter)

    # -- the pointer -------------------------------------------------------------------------------------------

    def pointer(self, at: QPointF, event: QMouseEvent | QDropEvent | None = None) -> Pointer:
        """Return where a pixel of the widget lies on the board."""
        place = self.to_board(at)
        if isinstance(event, QMouseEvent):
            return Pointer(at, place.x(), place.y(), event.button(), event.modifiers())
        return Pointer(at, place.x(), place.y())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        pointer = self.pointer(event.position(), event)
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self._tool is not None:
            return
        self._tool, self._button = next((tool for tool in self._at_hand() if tool.press(pointer)), None), event.button()

    def _at_hand(self) -> list[Tool]:
        """Return the tools that may be used: while a layout is on trial the view can be moved, and nothing else."""
        return [tool for tool in self.tools if isinstance(tool, Pan)] if self.trial.is_open else self.tools

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        pointer = self.pointer(event.position(), event)
        self.last_pointer = pointer
        if self._tool is not None:
            self._tool.move(pointer)
            return
        cursors = [tool.hover(pointer) for tool in self._at_hand()]
        self.setCursor(next((cursor for cursor in cursors if cursor is not None), Qt.CursorShape.ArrowCursor))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._tool is None or event.button() != self._button:
            return
        tool, self._tool = self._tool, None
        tool.release(self.pointer(event.position(), event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self.trial.is_open:
            doings.double_click(self, self.pointer(event.position(), event))

    def cancel(self) -> bool:
        """Give up the gesture under way, or the layout on trial; return whether there was one."""
        tool, self._tool = self._tool, None
        if tool is None:
            return self.trial.back()
        tool.cancel()
        self.hint.emit("")
        self.update()
        return True

    def leaveEvent(self, event: QEvent) -> None:
        self.last_pointer = None
        self._forget_pointer()
        self.update()

    def _forget_pointer(self) -> None:
        for tool in self.tools:
            tool.leave()

    def _look_again(self) -> None:
        """Let the tools see what lies under the pointer now, once what has changed is taken in everywhere."""
        self._forget_pointer()
        if self.last_pointer is not None:
            self._seeing.start()

    def _see(self) -> None:
        if self.last_pointer is not None and self._tool is None:
            for tool in self.tools:
                tool.hover(self.pointer(self.last_pointer.at))

    def wheelEvent(self, event: QWheelEvent) -> None:
        pixels, angle = event.pixelDelta(), event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1.2 ** (angle.y() / _TICK), event.position())
        elif not pixels.isNull():
            self.pan_by(pixels.x(), pixels.y())
        else:
            dx, dy = angle.x() * _STEP, angle.y() * _STEP
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not dx:
                dx, dy = dy, 0.0
            self.pan_by(dx, dy)
        event.accept()

    def event(self, event: QEvent) -> bool:
        go_first()
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_by(1.0 + event.value(), event.position())
            return True
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and keys.wants(self, event):
            event.accept()
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            return tips.show(self, event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._resized()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not keys.press(self, event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.space_held = False
            self.unsetCursor()
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.space_held = False
        super().focusOutEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.cancel()
        # Asked for by key, the menu is that of what is selected.
        chosen = self.place_of_selection() if event.reason() == QContextMenuEvent.Reason.Keyboard else None
        context_menu.show(self, self.pointer(chosen or QPointF(event.pos())))

    def place_of_selection(self) -> QPointF | None:
        """Return a pixel of the widget on something that is selected."""
        selection, scene = self.shell.selection, self.scene
        if slots := self.selected_slots():
            return self.rect_on_screen(slots[0]).center()
        index = next((scene.index_of[link] for link in selection.links if link in scene.index_of), None)
        if index is not None:
            return self.to_screen(*self.routes.label_at(index))
        frame = next((frame for frame in scene.frames if frame.id in selection.frames), None)
        return self.to_screen(frame.x + frame.w / 2, frame.y + FRAME_TITLE / 2) if frame else None

    def edit(self, card_id: str) -> None:
        """Write the title of a card in place."""
        self.edit_wanted.emit(card_id, "")

    def edit_new(self, card_id: str, group: str) -> None:
        """Write the title of a card that was made a moment ago; Esc takes it back."""
        self.edit_wanted.emit(card_id, group)

    # -- drops -------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if drops.accepts(event.mimeData()):
            event.acceptProposedAction()
            self.hint.emit(drops.preview(event.mimeData()))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if drops.accepts(event.mimeData()):
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.hint.emit("")

    def dropEvent(self, event: QDropEvent) -> None:
        self.hint.emit("")
        at = self.to_board(event.position())
        if drops.drop(self, event.mimeData(), at.x(), at.y()):
            event.acceptProposedAction()
