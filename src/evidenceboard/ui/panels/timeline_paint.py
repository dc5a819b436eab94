"""Painting the timeline: lanes, the scale at the top, and dates as bars that are soft where the date is vague."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QLinearGradient, QPainter, QPen

from evidenceboard.model import boxes
from evidenceboard.model.types import entity_type
from evidenceboard.model.values import dataclass
from evidenceboard.render.buffers import draw_points, draw_rects
from evidenceboard.render.icons import icon
from evidenceboard.render.palette import Palette
from evidenceboard.ui.panels import lines
from evidenceboard.ui.panels.timeline_axis import ticks
from evidenceboard.ui.panels.timeline_lanes import Lanes
from evidenceboard.ui.plain import one_line

HEAD: Final = 30
"""Height of the scale at the top, in pixels."""
NAMES: Final = 148
"""Width of the column of lanes."""
ROW: Final = 23
BAR: Final = 18
GAP: Final = 12
"""Room above and below the rows of a lane, together."""
NAME: Final = 58
"""Pixels that a bar has at least for its number."""
DOT: Final = 9
CLOSE: Final = 3
"""Pixels within which dots of one row are painted as one."""
MANY_RINGS: Final = 300
"""Rings from which on they are painted together, with plain corners."""
SOFT: Final = 22
"""Pixels over which the end of a vague date fades."""
FILL: Final = 0.2
_LONG: Final = 240
Bars = NDArray[np.intp]
"""Bars by their places in the lanes."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen: `left` is the day at the right edge of the names, `scale` pixels a day, `top` pixels scrolled."""

    left: float
    scale: float
    top: int
    size: QSize

    @property
    def right(self) -> float:
        return self.left + (self.size.width() - NAMES) / self.scale

    def x(self, day: float) -> float:
        """Return where a day stands; far outside it is cut to what Qt can draw."""
        return NAMES + min(max((day - self.left) * self.scale, -4000.0), self.size.width() + 4000.0)


def lane_tops(lanes: Lanes) -> list[int]:
    """Return where each lane begins below the scale, and where the last one ends."""
    return [0, *np.cumsum(lanes.rows * ROW + GAP).tolist()]


def bar_rects(lanes: Lanes, sight: Sight, bars: Bars, tops: list[int]) -> NDArray[np.float64]:
    """Return where bars are painted (n, 4): x, y, width, height; a date of a few days is as wide as a dot."""
    left, right = _across(lanes, sight, lanes.start[bars]), _across(lanes, sight, lanes.end[bars])
    wide = np.maximum(right - left, DOT)
    top = HEAD - sight.top + np.array(tops)[lanes.lane[bars]] + GAP / 2 + lanes.row[bars] * ROW + (ROW - BAR) / 2
    return np.stack([(left + right - wide) / 2, top, wide, np.full(len(bars), BAR, np.float64)], axis=1)


def bar_rect(lanes: Lanes, sight: Sight, bar: int, tops: list[int]) -> QRectF:
    """Return where one bar is painted."""
    return QRectF(*bar_rects(lanes, sight, np.array([bar], np.intp), tops)[0].tolist())


def in_sight(lanes: Lanes, sight: Sight, tops: list[int]) -> Bars:
    """Return the bars that can be seen, their names included."""
    if not len(lanes):
        return np.zeros(0, np.intp)
    tall = np.array(tops)[lanes.lane] + lanes.row * ROW - sight.top
    wide = (lanes.end >= sight.left - _LONG / sight.scale) & (lanes.start <= sight.right)
    return np.flatnonzero(wide & (tall > -2 * ROW) & (tall < sight.size.height()))


def covers(lanes: Lanes, sight: Sight, which: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return what the bars of those that can be seen take (n, 4), their names included and nothing of the next bar."""
    tops = lane_tops(lanes)
    bars = in_sight(lanes, sight, tops)
    bars = bars[which[bars]]
    left, right, room = (_across(lanes, sight, days[bars]) for days in (lanes.start, lanes.end, lanes.room))
    right = np.maximum(right + SOFT / 2, np.minimum(right + _LONG, room - SOFT / 2))
    tall = HEAD - sight.top + np.array(tops)[lanes.lane[bars]] + GAP / 2 + lanes.row[bars] * ROW
    return np.stack([left - SOFT / 2, tall, right - left + SOFT / 2, np.full(len(bars), ROW, np.float64)], axis=1)


def paint(painter: QPainter, lanes: Lanes, sight: Sight, colours: Palette, font: QFont) -> None:
    """Paint the timeline, without what is chosen or selected."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    tops = lane_tops(lanes)
    painter.fillRect(QRect(0, 0, sight.size.width(), sight.size.height()), QColor(colours.chrome))
    scale = ticks(sight.left, sight.right, sight.scale)
    painter.setPen(QPen(QColor(colours.edge), 1))
    for day, _ in scale:
        painter.drawLine(QPointF(sight.x(day), HEAD), QPointF(sight.x(day), sight.size.height()))
    for top in tops[1:]:
        painter.drawLine(QPointF(0, HEAD + top - sight.top), QPointF(sight.size.width(), HEAD + top - sight.top))
    painter.save()
    painter.setClipRect(_within(sight))
    small = lines.sized(font, 12)
    bars = in_sight(lanes, sight, tops)
    dots, long = sorted_out(lanes, sight, bars)
    _dots(painter, lanes, sight, dots, tops, colours)
    for bar, rect in zip(long.tolist(), bar_rects(lanes, sight, long, tops).tolist(), strict=True):
        colour = colours.type_colour(entity_type(lanes.moments[bar].type).colour)
        _bar(painter, QRectF(*rect), colour, lanes, bar)
    named = _named(lanes, sight, bars)
    for bar, rect in zip(named.tolist(), bar_rects(lanes, sight, named, tops).tolist(), strict=True):
        _name(painter, QRectF(*rect), lanes, bar, sight, small, QColor(colours.ink))
    painter.restore()
    _names(painter, lanes, sight, tops, colours, small)
    _scale(painter, sight, scale, colours, lines.sized(font, 11))


def paint_rings(
    painter: QPainter, lanes: Lanes, sight: Sight, colours: Palette, chosen: str, marked: NDArray[np.bool_]
) -> None:
    """Ring on a painted timeline what is selected (`marked`, by bars) and the entity that has the keyboard (`chosen`).

    It is painted apart, because selecting is frequent and leaves all else as it was.
    """
    own = lanes.first == lanes.places.get(chosen, -1)
    if not (marked.any() or own.any()):
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(_within(sight))
    tops = lane_tops(lanes)
    bars = in_sight(lanes, sight, tops)
    dots, long = sorted_out(lanes, sight, bars[(marked | own)[bars]])
    painted = sorted_out(lanes, sight, bars)[0]
    # A dot that was left out, because another one lies upon it, has to be seen in its ring.
    _dots(painter, lanes, sight, dots[~boxes.marked(len(lanes.first), painted)[dots]], tops, colours)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    shown = np.concatenate([dots, long])
    painter.setPen(QPen(QColor(colours.selection), 2))
    rings(painter, bar_rects(lanes, sight, shown[marked[shown]], tops))
    painter.setPen(QPen(QColor(colours.selection), 2, Qt.PenStyle.DotLine))
    rings(painter, bar_rects(lanes, sight, shown[~marked[shown]], tops))


def _within(sight: Sight) -> QRect:
    """Return where bars are painted: beside the names and below the scale."""
    return QRect(NAMES, HEAD, sight.size.width() - NAMES, sight.size.height() - HEAD)


def rings(painter: QPainter, rects: NDArray[np.float64]) -> None:
    """Draw rings around bars, with the pen that is set."""
    around = rects + np.array([-2.5, -2.5, 5.0, 5.0])
    if len(around) > MANY_RINGS:
        _four_sides(painter, around)
        return
    for rect in around.tolist():
        painter.drawRoundedRect(QRectF(*rect), 5, 5)


def _four_sides(painter: QPainter, rects: NDArray[np.float64]) -> None:
    """Draw the sides of very many rectangles as wide as the pen, filled: a pen takes several times as long."""
    pen = painter.pen()
    wide = pen.widthF()
    x, y, w, h = rects.T
    w, h, x, y = w + wide, h + wide, x - wide / 2, y - wide / 2
    thick = np.full(len(rects), wide)
    sides = [(x, y, w, thick), (x, y + h - wide, w, thick), (x, y, thick, h), (x + w - wide, y, thick, h)]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pen.color())
    draw_rects(painter, np.concatenate([np.stack(side, axis=1) for side in sides]))
    painter.restore()


def _across(lanes: Lanes, sight: Sight, days: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return where days stand; far outside they are cut to what Qt can draw."""
    found: NDArray[np.float64] = NAMES + np.clip(
        (days - sight.left) * sight.scale, -4000.0, sight.size.width() + 4000.0
    )
    return found


def sorted_out(lanes: Lanes, sight: Sight, bars: Bars) -> tuple[Bars, Bars]:
    """Return which bars are painted as dots and which as bars; of dots within `CLOSE` pixels the first is painted."""
    left, right = _across(lanes, sight, lanes.start[bars]), _across(lanes, sight, lanes.end[bars])
    dotted = (right - left < DOT) & ~lanes.vague[bars]
    first = np.flatnonzero(dotted)
    if not len(first):
        return bars[first], bars[~dotted]
    # Lane, row and column as one number, which is sorted much quicker than three.
    column = ((left + right)[first] / 2 // CLOSE).astype(np.int64)
    column -= column.min()
    row = lanes.lane[bars][first] * (int(np.max(lanes.row)) + 1) + lanes.row[bars][first]
    kept = first[np.unique(row * (int(column.max()) + 1) + column, return_index=True)[1]]
    return bars[np.sort(kept)], bars[~dotted]


def _named(lanes: Lanes, sight: Sight, bars: Bars) -> Bars:
    """Return the bars that may have room for their number, inside or beside them."""
    left, right = _across(lanes, sight, lanes.start[bars]), _across(lanes, sight, lanes.end[bars])
    beside = np.minimum(_across(lanes, sight, lanes.room[bars]), sight.size.width()) - np.maximum(right, left + DOT / 2)
    inside = np.minimum(right, sight.size.width()) - np.maximum(left, NAMES)
    found: Bars = bars[np.maximum(beside, inside) > 2 * DOT]
    return found


def _dots(painter: QPainter, lanes: Lanes, sight: Sight, dots: Bars, tops: list[int], colours: Palette) -> None:
    """Paint dates of a few days, those of one type together; an uncertain one is a ring."""
    rects = bar_rects(lanes, sight, dots, tops)
    centres = rects[:, :2] + rects[:, 2:] / 2
    kinds, uncertain = lanes.kind[dots], lanes.uncertain[dots]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for kind in dict.fromkeys(kinds.tolist()):
        colour = colours.type_colour(entity_type(lanes.kinds[kind]).colour)
        cap = Qt.PenCapStyle.RoundCap
        painter.setPen(QPen(colour, DOT - 0.5, Qt.PenStyle.SolidLine, cap))
        draw_points(painter, centres[(kinds == kind) & ~uncertain])
        painter.setPen(QPen(colour, 1.5))
        for x, y in centres[(kinds == kind) & uncertain].tolist():
            painter.drawEllipse(QPointF(x, y), DOT / 2 - 1, DOT / 2 - 1)


def _bar(painter: QPainter, rect: QRectF, colour: QColor, lanes: Lanes, bar: int) -> None:
    span = lanes.spans[bar]
    line = QPen(colour, 1, Qt.PenStyle.DashLine if span.uncertain else Qt.PenStyle.SolidLine)
    fill = QColor(colour)
    fill.setAlphaF(FILL)
    if not (span.approximate or span.open_start or span.open_end):
        painter.setPen(line)
        painter.setBrush(fill)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        return
    if span.approximate:
        # The date may reach further than it says: the bar runs out beyond both of its days.
        rect = rect.adjusted(0 if span.open_start else -SOFT / 2, 0, 0 if span.open_end else SOFT / 2, 0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_fading(rect, fill, span.approximate, span.open_start, span.open_end))
    painter.drawRect(rect)
    line.setBrush(_fading(rect, colour, span.approximate, span.open_start, span.open_end))
    painter.setPen(line)
    painter.drawLine(rect.topLeft() + QPointF(0, 0.5), rect.topRight() + QPointF(0, 0.5))
    painter.drawLine(rect.bottomLeft() - QPointF(0, 0.5), rect.bottomRight() - QPointF(0, 0.5))
    if not span.approximate:
        painter.setPen(QPen(colour, 1))
        for x, open_ in ((rect.left(), span.open_start), (rect.right(), span.open_end)):
            if not open_:
                painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))


def _fading(rect: QRectF, colour: QColor, soft: bool, open_start: bool, open_end: bool) -> QBrush:
    """Return a colour that fades at vague ends over a few pixels, towards open ends over the whole bar."""
    clear = QColor(colour)
    clear.setAlphaF(0)
    made = QLinearGradient(rect.topLeft(), rect.topRight())
    share = min(0.5, SOFT / max(rect.width(), 1))
    made.setColorAt(0, clear if soft or open_start else colour)
    made.setColorAt(0.999 if open_start else share, colour)
    made.setColorAt(0.001 if open_end else 1 - share, colour)
    made.setColorAt(1, clear if soft or open_end else colour)
    if open_start or open_end:
        made.setColorAt(0.5, _half(colour))
    return QBrush(made)


def _half(colour: QColor) -> QColor:
    made = QColor(colour)
    made.setAlphaF(colour.alphaF() * 0.55)
    return made


def _name(painter: QPainter, rect: QRectF, lanes: Lanes, bar: int, sight: Sight, font: QFont, ink: QColor) -> None:
    """Paint number and title in the bar where it is wide enough, else at its right."""
    moment = lanes.moments[bar]
    left, right = max(rect.left(), NAMES) + 7, rect.right() - 6
    if right - left < NAME - 12:
        left, right = rect.right() + 5, min(rect.right() + _LONG, sight.x(float(lanes.room[bar])) - 8)
    right = min(right, sight.size.width() - 4)
    room = QRect(round(left), round(rect.top()), round(right - left), BAR)
    bold = lines.sized(font, 12, QFont.Weight.Medium)
    mark = "?" if lanes.spans[bar].uncertain else ""
    if room.width() < QFontMetricsF(bold).horizontalAdvance(moment.number):
        return
    wide = lines.text(painter, room, moment.number + mark, bold, ink)
    if room.width() > wide + 34:
        lines.text(painter, room.adjusted(wide + 7, 0, 0, 0), one_line(moment.title, 120), font, ink)


def _names(painter: QPainter, lanes: Lanes, sight: Sight, tops: list[int], colours: Palette, font: QFont) -> None:
    painter.fillRect(QRect(0, 0, NAMES, sight.size.height()), QColor(colours.chrome))
    painter.save()
    painter.setClipRect(QRect(0, HEAD, NAMES, sight.size.height() - HEAD))
    bold = lines.sized(font, 12, QFont.Weight.Medium)
    for at, lane in enumerate(lanes.lanes):
        top, end = HEAD + tops[at] - sight.top, HEAD + tops[at + 1] - sight.top
        if end < HEAD or top > sight.size.height():
            continue
        # A lane that is scrolled through keeps its name in sight.
        row = QRect(36, max(top, min(HEAD, end - ROW - GAP)) + GAP // 2, NAMES - 44, ROW)
        kind = entity_type(lane.type_id) if lane.type_id else None
        colour = colours.type_colour(kind.colour) if kind else QColor(colours.muted)
        if kind:
            icon(kind.glyph, colour).paint(painter, QRect(14, row.center().y() - 7, 16, 16))
        lines.text(painter, row, lane.name, bold, QColor(colours.ink if kind else colours.muted))
        painter.setPen(QPen(QColor(colours.edge), 1))
        painter.drawLine(QPointF(0, end), QPointF(NAMES, end))
    painter.restore()
    painter.setPen(QPen(QColor(colours.edge), 1))
    painter.drawLine(QPointF(NAMES, 0), QPointF(NAMES, sight.size.height()))


def _scale(painter: QPainter, sight: Sight, scale: list[tuple[float, str]], colours: Palette, font: QFont) -> None:
    painter.fillRect(QRect(0, 0, sight.size.width(), HEAD), QColor(colours.chrome))
    painter.setPen(QPen(QColor(colours.edge), 1))
    painter.drawLine(QPointF(0, HEAD - 0.5), QPointF(sight.size.width(), HEAD - 0.5))
    for day, words in scale:
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.drawLine(QPointF(sight.x(day), HEAD - 7), QPointF(sight.x(day), HEAD - 1))
        lines.text(painter, QRect(round(sight.x(day)) + 5, 3, 120, HEAD - 6), words, font, QColor(colours.muted))
