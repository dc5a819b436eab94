"""A real window driven by real events, with a clock on every turn of its event loop."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from benchmarks import loop
from benchmarks.children import HIGH, WIDE
from benchmarks.stolen import Clock
from evidenceboard.session import Session
from evidenceboard.ui import program
from evidenceboard.ui.board.surface import Surface
from evidenceboard.ui.window import Window, show_file

_PATIENCE = 300.0
_NONE = Qt.MouseButton.NoButton
LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton


def is_coming(session: Session) -> bool:
    """Tell whether a file is still being read or looked over; until then nothing can be changed."""
    return session.reading is not None or session.hold.entry.waits


class Desk:
    """Hold one open window. `holds` are the seconds that each turn or event kept the event loop.

    `longest` is the longest of any desk of this process, from when its window stands, or all is read.
    """

    longest: ClassVar[float] = 0.0

    def __init__(self, path: Path, *, all_read: bool = True) -> None:
        """Open a board; `all_read`: wait until nothing of a large file is left to read."""
        self.app: QApplication = program.application()
        self.holds: list[float] = []
        self._clock = Clock()
        self._stands = False
        self.window: Window = show_file(path)
        self.window.resize(WIDE, HIGH)
        self.settle()
        self.holds.clear()  # making the window is opening it, which has a row of its own
        self._stands = True
        if all_read:
            self.wait_until_read()
            Desk.longest = 0.0  # reading has rows of its own, and so has the busy minute that begins with it

    @property
    def surface(self) -> Surface:
        return self.window.board.surface

    # -- the loop ----------------------------------------------------------------------------------------------

    def turn(self) -> float:
        """Let the event loop turn once, and rest where nothing came; return the seconds that the turn took."""
        came: list[bool] = []
        took = self.timed(lambda: came.append(loop.turned()))
        if not came[0]:
            loop.rest()
        return took

    def timed(self, work: Callable[[], object]) -> float:
        """Do something that keeps the loop; return the seconds that it took."""
        self._clock.start()
        work()
        took = self._clock.seconds()
        self.holds.append(took)
        if self._stands:
            Desk.longest = max(Desk.longest, took)
        return took

    def settle(self) -> float:
        """Let the loop turn until the picture is sharp and nothing moves; return the seconds that it took."""
        start = time.perf_counter()
        while True:
            self.turn()
            if self.surface.is_settled():
                return time.perf_counter() - start
            if time.perf_counter() - start > _PATIENCE:
                raise TimeoutError("the picture did not come to rest")

    def settle_held(self) -> None:
        """Let the loop turn until what the hand does not hold is sharp."""
        while not self.surface.backing.settled:
            self.turn()

    def wait_until_read(self) -> None:
        """Let the loop turn until nothing of the file is left to read or to look over, and the picture is sharp."""
        while is_coming(self.window.session):
            self.turn()
        self.settle()

    def rest(self) -> None:
        """Let the loop turn until the window has made ready what it wants to have at hand."""
        self.settle()
        for _ in range(50):
            self.turn()

    def wait_for_search(self) -> None:
        """Let the loop turn until everything can be found."""
        while not self.window.finder.ready:
            self.turn()

    # -- the hand ----------------------------------------------------------------------------------------------

    def send(self, event: QEvent) -> float:
        """Give the surface an event; return the seconds until it is handled."""
        return self.timed(lambda: self.app.sendEvent(self.surface, event))

    def frame(self, event: QEvent) -> float:
        """Give the surface an event and paint what it shows then; return the seconds that both took."""
        took = self.send(event)
        start = time.perf_counter()
        self.surface.repaint()
        took += time.perf_counter() - start
        self.turn()
        return took

    def press(self, at: QPointF, button: Qt.MouseButton = LEFT) -> QMouseEvent:
        """Return the event of a button that goes down."""
        return self._mouse(QEvent.Type.MouseButtonPress, at, button, button)

    def move(self, at: QPointF, button: Qt.MouseButton = LEFT) -> QMouseEvent:
        """Return the event of a pointer that moves with a button held."""
        return self._mouse(QEvent.Type.MouseMove, at, _NONE, button)

    def release(self, at: QPointF, button: Qt.MouseButton = LEFT) -> QMouseEvent:
        """Return the event of a button that comes up."""
        return self._mouse(QEvent.Type.MouseButtonRelease, at, button, _NONE)

    def _mouse(self, kind: QEvent.Type, at: QPointF, button: Qt.MouseButton, buttons: Qt.MouseButton) -> QMouseEvent:
        there = QPointF(self.surface.mapToGlobal(at))
        return QMouseEvent(kind, at, there, button, buttons, Qt.KeyboardModifier.NoModifier)

    def wheel(self, at: QPointF, turned: int) -> QWheelEvent:
        """Return the event of a wheel that turns with Ctrl held; one notch is 120."""
        there = QPointF(self.surface.mapToGlobal(at))
        phase = Qt.ScrollPhase.NoScrollPhase
        held = Qt.KeyboardModifier.ControlModifier
        return QWheelEvent(at, there, QPoint(), QPoint(0, turned), _NONE, held, phase, False)

    # -- the board ---------------------------------------------------------------------------------------------

    def stand(self, zoom: str) -> None:
        """Look at the middle of the board: all of it (`overview`), titles (`middle`) or whole cards (`reading`)."""
        surface = self.surface
        surface.fit()
        if zoom != "overview":
            surface.zoom_by({"middle": 0.3, "reading": 0.9}[zoom] / surface.zoom)
        self.settle()

    def nearest(self, count: int) -> tuple[list[str], QPointF]:
        """Return so many cards around the middle of the view, and the pixel in the middle of the nearest."""
        scene, middle = self.surface.scene, self.surface.visible_area().center()
        slots = np.flatnonzero(scene.shown)
        x, y, w, h = scene.box[:, slots]
        away = np.hypot(x + w / 2 - middle.x(), y + h / 2 - middle.y())
        chosen = slots[np.argsort(away, kind="stable")[:count]].tolist()
        return [scene.card_ids[slot] for slot in chosen], self.surface.rect_on_screen(chosen[0]).center()

    def close(self) -> None:
        """Close the window."""
        self.window.close()
