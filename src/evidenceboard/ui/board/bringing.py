"""Bringing the picture of a large board that is in memory: what is looked at first, then all of it, bit by bit."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from time import perf_counter
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from evidenceboard.model.boxes import Box
from evidenceboard.model.document import Document
from evidenceboard.model.geometry import Geometry, looking
from evidenceboard.model.routes import Routes
from evidenceboard.model.scene import Scene
from evidenceboard.ui import turn
from evidenceboard.ui.turns import TURN

_PATIENCE: Final = 2
"""Milliseconds between two looks at whether the lines are known."""


class Bringing(QObject):
    """Go through the records of a board while the window lives. Whoever changes them calls `again`.

    `near` gives the scene of what lies around the place that is looked at, `whole` that of all, with its lines.
    """

    near = Signal(object)
    whole = Signal(object, object)

    def __init__(self, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._board_id = ""
        self._box: Box | None = None
        self._steps: Iterator[Geometry | None] | None = None
        self._lines: Future[tuple[Scene, Routes]] | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._work)

    @property
    def busy(self) -> bool:
        """Tell whether a board is on its way."""
        return self._timer.isActive()

    def start(self, board_id: str, box: Box | None) -> None:
        """Begin to bring a board; what touches `box` (board units) comes first."""
        self._board_id, self._box = board_id, box
        self._steps = looking(self._document, board_id, box)
        self._lines = None
        self._timer.start(0)

    def again(self) -> None:
        """Begin anew where a board is on its way: the records are others now."""
        if self.busy:
            self.start(self._board_id, None)

    def stop(self) -> None:
        """Let go of what is on its way."""
        self._timer.stop()
        self._steps = self._lines = None

    def _work(self) -> None:
        if self._lines is not None:
            if self._lines.done():
                scene, routes = self._lines.result()
                self.stop()
                self.whole.emit(scene, routes)
            return
        with turn.share(TURN) as end:
            while self._steps is not None and perf_counter() < end:
                made = next(self._steps)
                if made is None:
                    continue
                if not made.whole:
                    self.near.emit(Scene(self._document, self._board_id, made))
                    return
                self._steps = None
                self._draw(made)

    def _draw(self, made: Geometry) -> None:
        document, board_id = self._document, self._board_id

        def draw() -> tuple[Scene, Routes]:
            scene = Scene(document, board_id, made)
            scene.sort_out()
            return scene, Routes(scene)

        worker = ThreadPoolExecutor(1)
        self._lines = worker.submit(draw)
        worker.shutdown(wait=False)
        self._timer.start(_PATIENCE)
