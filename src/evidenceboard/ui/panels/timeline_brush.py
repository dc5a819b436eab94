"""The span of time that is brushed over the axis: pressed, drawn, moved, stretched by hand and by keys."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen

from evidenceboard.render.buffers import draw_rects
from evidenceboard.render.palette import Palette
from evidenceboard.ui.panels.timeline_lanes import Lanes
from evidenceboard.ui.panels.timeline_paint import HEAD, NAMES, Sight, covers

GRIP: Final = 6.0
"""Pixels around an edge in which it can be taken."""
VEIL: Final = 0.62
"""How much of what lies outside the span shines through no more."""
_STEP: Final = 14.0
"""Pixels that one key moves an edge, at least a day."""


class Brush(QObject):
    """Hold the days that are brushed, `first` and `last` both within, or nothing."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.days: tuple[int, int] | None = None
        self._held = ""
        self._from = 0.0
        self._was: tuple[int, int] | None = None

    def put(self, days: tuple[int, int] | None) -> None:
        """Brush other days, or none."""
        if days != self.days:
            self.days = days
            self.changed.emit()

    # -- under the hand ----------------------------------------------------------------------------------------

    def part_at(self, sight: Sight, place: QPointF) -> str:
        """Return what a hand would take at a place of the axis: first, last, whole, new, or "" beside it."""
        if place.y() >= HEAD or place.x() < NAMES:
            return ""
        if self.days:
            left, right = sight.x(self.days[0]), sight.x(self.days[1] + 1)
            nearer = "first" if abs(place.x() - left) < abs(place.x() - right) else "last"
            if min(abs(place.x() - left), abs(place.x() - right)) <= GRIP:
                return nearer
            if left < place.x() < right:
                return "whole"
        return "new"

    def press(self, sight: Sight, place: QPointF) -> bool:
        """Take what is at a place; return whether that is the axis."""
        self._held = self.part_at(sight, place)
        self._from, self._was = _day(sight, place), self.days
        return bool(self._held)

    @property
    def held(self) -> bool:
        """Return whether a hand holds a part of the span."""
        return bool(self._held)

    def drag(self, sight: Sight, place: QPointF) -> None:
        """Follow the hand; an edge that is drawn past the other one becomes that."""
        day = _day(sight, place)
        if self._held == "new":
            low, high = sorted((self._from, day))
            self.put((math.floor(low), max(math.floor(low), math.ceil(high) - 1)))
        elif self._was is not None and self._held == "whole":
            by = round(day - self._from)
            self.put((self._was[0] + by, self._was[1] + by))
        elif self._was is not None and self._held:
            first, last = self._was[0], self._was[1] + 1
            edge = round(day)
            low, high = sorted((edge, last) if self._held == "first" else (first, edge))
            self.put((low, max(low, high - 1)))

    def release(self, dragged: bool) -> None:
        """Let go. A press that drew nothing ends the span, unless it was within it."""
        if not dragged and self._held == "new":
            self.put(None)
        self._held = ""

    def give_back(self) -> None:
        """Let go and brush what was brushed before the hand came."""
        if self._held:
            self._held = ""
            self.put(self._was)

    # -- by keys -----------------------------------------------------------------------------------------------

    def key(self, event: QKeyEvent, sight: Sight, begin: Callable[[], tuple[int, int]]) -> bool:
        """Follow an arrow: Shift moves the last day, with Ctrl the first, with Alt both. `begin` finds the first."""
        keys, shift = event.modifiers(), Qt.KeyboardModifier.ShiftModifier
        if event.key() not in (Qt.Key.Key_Left, Qt.Key.Key_Right) or not keys & shift:
            return False
        if self.days is None:
            self.put(begin())
            return True
        by = max(1, round(_STEP / sight.scale)) * (1 if event.key() == Qt.Key.Key_Right else -1)
        first, last = self.days
        if keys & Qt.KeyboardModifier.AltModifier:
            first, last = first + by, last + by
        elif keys & Qt.KeyboardModifier.ControlModifier:
            first = min(first + by, last)
        else:
            last = max(last + by, first)
        self.put((first, last))
        return True

    # -- on the screen -----------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, lanes: Lanes, sight: Sight, colours: Palette) -> None:
        """Cover what cannot lie in the span, and show its edges."""
        if self.days is None:
            return
        first, last = self.days
        _veil(painter, lanes, sight, (lanes.start > last) | (lanes.end <= first), colours)
        painter.save()
        high = sight.size.height()
        painter.setClipRect(QRectF(NAMES, 0, sight.size.width() - NAMES, high))
        left, right = sight.x(first), sight.x(last + 1)
        band, line = QColor(colours.selection), QColor(colours.selection)
        band.setAlphaF(0.22)
        painter.fillRect(QRectF(left, 0, max(right - left, 1.0), HEAD), band)
        for x in (left, right):
            painter.setPen(QPen(line, 1.5))
            painter.drawLine(QPointF(x, 0), QPointF(x, high))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(line)
            painter.drawRoundedRect(QRectF(x - 3, HEAD / 2 - 7, 6, 14), 3, 3)
        painter.restore()


def _veil(painter: QPainter, lanes: Lanes, sight: Sight, away: NDArray[np.bool_], colours: Palette) -> None:
    """Let some bars recede, their names included."""
    veil = QColor(colours.chrome)
    veil.setAlphaF(VEIL)
    painter.save()
    painter.setClipRect(QRectF(NAMES, HEAD, sight.size.width() - NAMES, sight.size.height() - HEAD))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(veil)
    draw_rects(painter, covers(lanes, sight, away))
    painter.restore()


def _day(sight: Sight, place: QPointF) -> float:
    """Return the day under a place, as a share of days since 1970."""
    return sight.left + (place.x() - NAMES) / sight.scale


def paint_day(painter: QPainter, lanes: Lanes, sight: Sight, day: float, colours: Palette) -> None:
    """Show the day up to which reports are played: a line at its end, and a veil over what was not known yet."""
    known = np.where(np.isfinite(lanes.end), lanes.end - 1, lanes.start)
    _veil(painter, lanes, sight, known > day, colours)
    at = sight.x(day + 1)
    if at >= NAMES:
        painter.setPen(QPen(QColor(colours.selection), 2))
        painter.drawLine(QPointF(at, 0), QPointF(at, sight.size.height()))
