"""The timeline under mouse and keys: the wheel zooms, dragging pans or brushes, a click goes to the entity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from evidenceboard.model.dates import shown
from evidenceboard.model.timeline import Moment
from evidenceboard.ui.panels.timeline_brush import Brush, paint_day
from evidenceboard.ui.panels.timeline_lanes import Lanes
from evidenceboard.ui.panels.timeline_paint import (
    HEAD,
    NAME,
    NAMES,
    ROW,
    SOFT,
    Sight,
    bar_rect,
    bar_rects,
    in_sight,
    lane_tops,
    paint,
    paint_rings,
)
from evidenceboard.ui.plain import one_line, plain_tip
from evidenceboard.ui.shell import Shell

CLICK: Final = 4
"""Pixels that the mouse may move in a click."""
NEAREST: Final = 80.0
"""Pixels a day at most."""
_STEP: Final = 1.2
_TOGETHER: Final = 1000
"""Moments that are noted as selected in one step."""
_CURSORS: Final = {
    "new": Qt.CursorShape.CrossCursor,
    "first": Qt.CursorShape.SizeHorCursor,
    "last": Qt.CursorShape.SizeHorCursor,
    "whole": Qt.CursorShape.OpenHandCursor,
}


class TimelineView(QAbstractScrollArea):
    """Paint lanes, and tell which moment was chosen."""

    went = Signal(str)
    chosen_changed = Signal()
    escaped = Signal()
    play_wanted = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timelineView")
        self._shell = shell
        self.lanes = Lanes(shell.document, (), "type", "happened")
        self.left, self.scale = 0.0, 1.0
        self.chosen = ""
        self.marked: AbstractSet[str] = frozenset()
        self._ringed: tuple[Lanes, NDArray[np.bool_]] = (self.lanes, np.zeros(0, np.bool_))
        """Which bars of which lanes are those of what is marked."""
        self.day: int | None = None
        """The day up to which reports are played."""
        self.brush = Brush(self)
        self.brush.changed.connect(self.viewport().update)
        self._looks: tuple[object, ...] = ()
        self._rings: tuple[object, ...] = ()
        self._ground, self._picture = QPixmap(), QPixmap()
        self._pressed: QPointF | None = None
        self._dragged = False
        self._fitted = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.viewport().setMouseTracking(True)
        self.viewport().installEventFilter(self)

    # -- what is shown -----------------------------------------------------------------------------------------

    def show_lanes(self, lanes: Lanes, *, fit: bool) -> None:
        """Show other lanes; `fit` brings all of them into view, else the place stays."""
        self.lanes = lanes
        if self.chosen not in lanes.places:
            self.chosen = ""
        if fit or self._fitted:
            self.fit()
        else:
            self._settle()

    def sight(self) -> Sight:
        """Return what is seen now."""
        return Sight(self.left, self.scale, self.verticalScrollBar().value(), self.viewport().size())

    def fit(self) -> None:
        """Bring every date into view."""
        first, last = self.lanes.bounds()
        room = max(self.viewport().width() - NAMES, 50)
        margin = max((last - first) * 0.03, 1.5)
        self.scale = min(room / (last - first + 2 * margin + NAME * (last - first) / room), NEAREST)
        self.left = (first + last) / 2 - room / self.scale / 2 if last - first < 2 else first - margin
        self._fitted = True
        self._settle()

    def zoom(self, factor: float, at: float | None = None) -> None:
        """Zoom about a place across, in pixels; without one about the middle."""
        width = max(self.viewport().width() - NAMES, 50)
        at = width / 2 if at is None else max(at - NAMES, 0.0)
        first, last = self.lanes.bounds()
        farthest = width / max((last - first) * 6, 60.0)
        under = self.left + at / self.scale
        self.scale = min(max(self.scale * factor, farthest), NEAREST)
        self.left = under - at / self.scale
        self._fitted = False
        self._settle()

    def pan(self, dx: float, dy: float) -> None:
        """Move the timeline under the hand, in pixels; some of it always stays in view."""
        first, last = self.lanes.bounds()
        seen = (self.viewport().width() - NAMES) / self.scale
        self.left = min(max(self.left - dx / self.scale, first - seen * 0.8), last - seen * 0.2)
        self._fitted = False
        bar = self.verticalScrollBar()
        bar.setValue(round(bar.value() - dy))
        self.viewport().update()

    def _settle(self) -> None:
        self.lanes.pack(NAME / self.scale, SOFT / self.scale)
        room = self.viewport().height() - HEAD
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, lane_tops(self.lanes)[-1] - room))
        bar.setPageStep(max(room, 1))
        bar.setSingleStep(ROW)
        self.viewport().update()

    def marking(self, ids: Iterable[str]) -> Iterator[bool | None]:
        """Ring the moments that are selected elsewhere, found in steps: yield None after each, True at the end."""
        lanes, marked, rest = self.lanes, set[str](), iter(ids)
        while some := list(islice(rest, _TOGETHER)):
            marked.update(some)
            yield None
        for ringed in lanes.bars_of(marked):
            if ringed is None:
                yield None
            elif marked != self.marked or self._ringed[0] is not lanes:
                self.marked, self._ringed = marked, (lanes, ringed)
                self.viewport().update()
        yield True

    def show_day(self, day: int | None) -> None:
        """Show the day up to which reports are played, and bring it into view."""
        self.day = day
        if day is not None:
            seen = self.sight()
            if not seen.left <= day + 1 <= seen.right:
                self.left = day + 1 - (seen.right - seen.left) / 2
                self._fitted = False
        self.viewport().update()

    # -- finding and choosing ----------------------------------------------------------------------------------

    def bar_at(self, place: QPointF) -> int | None:
        """Return the bar at a place of the viewport, its name included, or None."""
        if place.x() < NAMES or place.y() < HEAD:
            return None
        sight, tops = self.sight(), lane_tops(self.lanes)
        bars = in_sight(self.lanes, sight, tops)
        left, top, wide, high = bar_rects(self.lanes, sight, bars, tops).T
        room = NAMES + (self.lanes.room[bars] - sight.left) * sight.scale
        right = np.maximum(left + wide, np.minimum(left + NAME, room)) + 2
        under = (left - 2 <= place.x()) & (place.x() <= right) & (top - 2 <= place.y()) & (place.y() <= top + high + 2)
        hit = bars[under]
        return int(hit[-1]) if len(hit) else None

    def place_of(self, entity_id: str) -> QPoint | None:
        """Return the middle of what is seen of an entity's first bar, or None where nothing is."""
        sight, tops = self.sight(), lane_tops(self.lanes)
        bars = in_sight(self.lanes, sight, tops)
        own = bars[self.lanes.first[bars] == self.lanes.places.get(entity_id, -1)]
        if not len(own):
            return None
        rect = bar_rect(self.lanes, sight, int(own[0]), tops)
        left, right = max(rect.left(), NAMES), min(rect.right(), sight.size.width())
        return QPointF((left + right) / 2, rect.center().y()).toPoint()

    def choose(self, entity_id: str) -> None:
        """Give a moment the keyboard and bring it into view."""
        self.chosen = entity_id
        bar = self.lanes.places.get(entity_id)
        if bar is not None:
            self.setAccessibleDescription(said(self.lanes.moments[bar]))
            self._bring(bar)
        self.chosen_changed.emit()
        self.viewport().update()

    def _bring(self, bar: int) -> None:
        rect = bar_rect(self.lanes, self.sight(), bar, lane_tops(self.lanes))
        scroll, size = self.verticalScrollBar(), self.viewport().size()
        if rect.top() < HEAD + 4:
            scroll.setValue(round(scroll.value() + rect.top() - HEAD - 4))
        elif rect.bottom() > size.height() - 4:
            scroll.setValue(round(scroll.value() + rect.bottom() - size.height() + 4))
        start, end, seen = float(self.lanes.start[bar]), float(self.lanes.end[bar]), self.sight()
        if end < seen.left + 20 / self.scale or start > seen.right - NAME / self.scale:
            self.left = (start if np.isfinite(start) else end) - (seen.right - seen.left) / 2
            self._fitted = False

    def step(self, by: int) -> None:
        """Choose the moment that comes so many later or earlier in its lane, or in the next lane."""
        if len(self.lanes):
            at = self.lanes.places.get(self.chosen, -1 if by > 0 else 1)
            self.choose(self.lanes.moments[min(max(at + by, 0), len(self.lanes) - 1)].entity_id)

    # -- mouse and keys ----------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.viewport() and event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self._tip(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), plain_tip(words) if words else "", self.viewport())
            return True
        return super().eventFilter(watched, event)

    def _tip(self, place: QPointF) -> str:
        if self.brush.part_at(self.sight(), place):
            return _say("Drag to choose a span of time; the board shows what lies in it. Esc ends it.")
        bar = self.bar_at(place)
        return "" if bar is None else said(self.lanes.moments[bar])

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or abs(turned.x()) > abs(turned.y()):
            # Some platforms turn a wheel under Shift into one that goes across.
            shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.pan(0 if shifted else turned.x(), (turned.y() or turned.x()) if shifted else 0)
        elif turned.y():
            self.zoom(_STEP ** (turned.y() / 120), event.position().x())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position(), False
            self.brush.press(self.sight(), event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._pressed is None:
            self.viewport().setCursor(self._cursor(place))
            return
        moved = place - self._pressed
        if self._dragged or moved.manhattanLength() > CLICK:
            self._dragged = True
            if self.brush.held:
                self.brush.drag(self.sight(), place)
                return
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self.pan(moved.x(), moved.y())
            self._pressed = place

    def _cursor(self, place: QPointF) -> Qt.CursorShape:
        part = self.brush.part_at(self.sight(), place)
        if part:
            return _CURSORS[part]
        over = self.bar_at(place) is not None
        return Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        bar = None if self._dragged else self.bar_at(event.position())
        self._pressed = None
        self.viewport().setCursor(self._cursor(event.position()))
        if self.brush.held:
            self.brush.release(self._dragged)
            return
        if bar is not None:
            self.choose(self.lanes.moments[bar].entity_id)
            self.went.emit(self.chosen)
        elif not self._dragged:
            self.brush.put(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self.brush.key(event, self.sight(), self._first_brush):
            return
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        ends = {Qt.Key.Key_Home: -len(self.lanes), Qt.Key.Key_End: len(self.lanes)}
        if key in steps:
            self.step(steps[Qt.Key(key)])
        elif key in ends:
            self.step(ends[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen:
            self.went.emit(self.chosen)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / _STEP)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key == Qt.Key.Key_Space:
            self.play_wanted.emit()
        elif key == Qt.Key.Key_Escape and (self.brush.days or self.day is not None):
            self.brush.give_back()
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def _first_brush(self) -> tuple[int, int]:
        """Return the days that a key brushes first: those of what is chosen, else the middle of what is seen."""
        bar = self.lanes.places.get(self.chosen)
        if bar is not None:
            first, end = float(self.lanes.start[bar]), float(self.lanes.end[bar])
            known = [day for day in (first, end - 1) if np.isfinite(day)]
            return int(known[0]), int(known[-1])
        seen = self.sight()
        third = (seen.right - seen.left) / 3
        return int(seen.left + third), int(seen.right - third)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self.fit()
        else:
            self._settle()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        colours = self._shell.palette_
        painter.drawPixmap(0, 0, self._painted())
        self.brush.paint(painter, self.lanes, self.sight(), colours)
        if self.day is not None:
            paint_day(painter, self.lanes, self.sight(), self.day, colours)

    def _painted(self) -> QPixmap:
        """Return the picture without what is brushed, painted anew where it shows something else than before."""
        sight, lanes, colours = self.sight(), self.lanes, self._shell.palette_
        looks = (sight, lanes, lanes.packed, colours, self.font(), self.devicePixelRatioF())
        ringed = (self.chosen if self.hasFocus() else "", self.marked)
        if looks != self._looks:
            self._ground = QPixmap(self.viewport().size() * self.devicePixelRatioF())
            self._ground.setDevicePixelRatio(self.devicePixelRatioF())
            painter = QPainter(self._ground)
            paint(painter, lanes, sight, colours, self.font())
            painter.end()
        if (looks, ringed) != (self._looks, self._rings):
            self._looks, self._rings = looks, ringed
            if self._ringed[0] is not lanes:
                *_, found = lanes.bars_of(self.marked)
                assert found is not None
                self._ringed = (lanes, found)
            self._picture = self._ground.copy()
            painter = QPainter(self._picture)
            paint_rings(painter, lanes, sight, colours, ringed[0], self._ringed[1])
            painter.end()
        return self._picture


def _say(text: str) -> str:
    return QCoreApplication.translate("Timeline", text)


def said(moment: Moment) -> str:
    """Return a moment in words: what, when it happened, when it was reported and captured."""
    parts = [f"{moment.number} {one_line(moment.title, 160)}"]
    if moment.happened:
        parts.append(_say("happened {date}").format(date=shown(moment.happened)))
    if moment.reported:
        word = _say("published {date}") if moment.type == "source" else _say("reported {date}")
        parts.append(word.format(date=shown(moment.reported)))
    if moment.captured:
        parts.append(_say("captured {date}").format(date=shown(moment.captured[:10])))
    return " · ".join(parts)
