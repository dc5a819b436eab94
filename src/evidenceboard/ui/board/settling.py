"""Cards on their way to other places: plain shapes for a moment, until the sharp picture is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QEasingCurve, QObject, QRect, QVariantAnimation
from PySide6.QtGui import QColor, QPainter

from evidenceboard.model.boxes import Floats
from evidenceboard.model.rearranged import between
from evidenceboard.render import sketches
from evidenceboard.render.view import Detail
from evidenceboard.ui.board.motion import FLIGHT, is_wanted

if TYPE_CHECKING:
    from evidenceboard.ui.board.canvas import Canvas


MOST: Final = 10_000
"""Cards up to which they are shown on their way: to paint more of them takes longer than a frame has."""


class Settling(QObject):
    """Show the cards of a canvas on the way from where they were; not where the system asks for less motion."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._old: Floats | None = None
        self._share = 1.0
        self._way = QVariantAnimation(self)
        self._way.setDuration(FLIGHT)
        self._way.setStartValue(0.0)
        self._way.setEndValue(1.0)
        self._way.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._way.valueChanged.connect(self._step)

    @property
    def is_under_way(self) -> bool:
        return self._way.state() == QVariantAnimation.State.Running

    def begin(self, old: Floats) -> None:
        """Let the cards go from old boxes (4, n) to where they stand now."""
        canvas = self._canvas
        self.stop()
        if old.shape[1] <= MOST and is_wanted(canvas):
            self._old, self._share = old, 0.0
            self._way.start()

    def stop(self) -> None:
        """Show the picture at once."""
        self._way.stop()
        self._old = None

    def _step(self, share: float) -> None:
        self._share = share
        self._canvas.update()

    def paint(self, painter: QPainter, window: QRect) -> None:
        """Paint the cards on their way over the picture, in device pixels; nothing when they have arrived."""
        canvas = self._canvas
        if self._old is None:
            return
        if not self.is_under_way and canvas.backing.settled:
            self._old = None
            return
        view = canvas.camera.view()
        scene = between(self._old, canvas.scene, self._share)
        left, top, right, bottom = view.area(window)
        x, y, w, h = scene.box[:, : scene.n]
        seen = scene.shown & (x < right) & (x + w > left) & (y < bottom) & (y + h > top)
        painter.fillRect(window, QColor(canvas.shell.palette_.board))
        detail = min(view.detail, Detail.SKETCHES)
        styled = canvas.picture.styled
        sketches.paint(painter, scene, canvas.shell.palette_, view, np.flatnonzero(seen), detail, styled)
