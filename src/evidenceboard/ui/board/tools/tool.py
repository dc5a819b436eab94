"""What a tool is: it takes the pointer from press to release, and paints what it is about to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from evidenceboard.model.values import dataclass

if TYPE_CHECKING:
    from evidenceboard.ui.board.surface import Surface


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the pointer is: `at` in widget pixels, `x` and `y` in board units."""

    at: QPointF
    x: float
    y: float
    button: Qt.MouseButton = Qt.MouseButton.NoButton
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier

    @property
    def shift(self) -> bool:
        return bool(self.modifiers & Qt.KeyboardModifier.ShiftModifier)

    @property
    def control(self) -> bool:
        return bool(self.modifiers & Qt.KeyboardModifier.ControlModifier)

    @property
    def alt(self) -> bool:
        return bool(self.modifiers & Qt.KeyboardModifier.AltModifier)


class Tool:
    """One gesture. The surface asks its tools in order; the first whose `press` returns True has the pointer."""

    def __init__(self, surface: Surface) -> None:
        self.surface = surface
        self.shell = surface.shell

    def hover(self, pointer: Pointer) -> Qt.CursorShape | None:
        """Look at the pointer while no button is down; return a cursor to claim the place, or None."""
        return None

    def leave(self) -> None:
        """Forget what was under the pointer: it has left, or the board is another one now."""

    def press(self, pointer: Pointer) -> bool:
        """Take the gesture that starts here, or leave it to the next tool."""
        return False

    def move(self, pointer: Pointer) -> None:
        """Follow the pointer."""

    def release(self, pointer: Pointer) -> None:
        """Do what was shown; this is where a transaction is made."""

    def cancel(self) -> None:
        """Give the gesture up; nothing has changed."""

    def paint(self, painter: QPainter) -> None:
        """Paint above the board, in widget pixels."""
