"""Moving the view: with the middle button, or with space held."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt

from evidenceboard.ui.board.tools.tool import Pointer, Tool


class Pan(Tool):
    """Move the board with the pointer."""

    _last = QPointF()

    def hover(self, pointer: Pointer) -> Qt.CursorShape | None:
        return Qt.CursorShape.OpenHandCursor if self.surface.space_held else None

    def press(self, pointer: Pointer) -> bool:
        held = self.surface.space_held and pointer.button == Qt.MouseButton.LeftButton
        if pointer.button != Qt.MouseButton.MiddleButton and not held:
            return False
        self._last = pointer.at
        self.surface.setCursor(Qt.CursorShape.ClosedHandCursor)
        return True

    def move(self, pointer: Pointer) -> None:
        delta = pointer.at - self._last
        self._last = pointer.at
        self.surface.pan_by(delta.x(), delta.y())

    def release(self, pointer: Pointer) -> None:
        self.surface.setCursor(Qt.CursorShape.OpenHandCursor if self.surface.space_held else Qt.CursorShape.ArrowCursor)

    def cancel(self) -> None:
        self.surface.unsetCursor()
