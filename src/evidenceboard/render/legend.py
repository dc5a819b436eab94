"""What the signs on a printed board mean: the types that occur, and the lines that speak for and against."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from evidenceboard.model import link_look
from evidenceboard.model.types import TYPES
from evidenceboard.render.board_paint import Picture
from evidenceboard.render.icons import draw_icon
from evidenceboard.render.text import draw_lines_of_text, line_width

ROW: Final = 18.0
_SIZE: Final = 11.0
_GAP: Final = 22.0
_LINES: Final = (
    (link_look.FOR, "supports, consistent"),
    (link_look.AGAINST, "denies, contradicts, inconsistent"),
)
GRADES: Final = (
    "Grades such as B2: source reliability A to F, credibility 1 to 6; F and 6 mean that it cannot be judged"
)
_Entry = tuple[float, Callable[[QPainter, float, float], None]]


def rows(picture: Picture, width: float) -> list[list[_Entry]]:
    """Return the entries of a legend broken into rows that fit a width, in the units of the text's size."""
    made: list[list[_Entry]] = [[]]
    used = 0.0
    for wide, paint in _entries(picture):
        if made[-1] and used + wide > width:
            made.append([])
            used = 0.0
        made[-1].append((wide, paint))
        used += wide + _GAP
    return made if made[0] else []


def paint(painter: QPainter, legend: list[list[_Entry]], at: QPointF) -> None:
    """Paint the rows of a legend downwards from a point."""
    for place, row in enumerate(legend):
        x = at.x()
        for wide, entry in row:
            entry(painter, x, at.y() + place * ROW)
            x += wide + _GAP


def _entries(picture: Picture) -> list[_Entry]:
    scene = picture.scene
    order = scene.order()
    kinds = set(np.unique(scene.type[order]).tolist()) if len(order) else set()
    tones = set(np.unique(scene.tone[: scene.m][picture.routes.shown]).tolist()) if scene.m else set()
    entries = [_type(picture, place) for place in range(len(TYPES)) if place in kinds]
    entries += [_line(picture, tone, words) for tone, words in _LINES if tone in tones]
    if any(kind.id in ("source", "claim") for place, kind in enumerate(TYPES) if place in kinds):
        entries.append(_words(picture, GRADES))
    return entries


def _type(picture: Picture, place: int) -> _Entry:
    kind = TYPES[place]
    colour = picture.palette.type_colour(kind.colour)

    def draw(painter: QPainter, x: float, y: float) -> None:
        draw_icon(painter, kind.glyph, QRectF(x, y + 2, 13, 13), colour)
        draw_lines_of_text(painter, QPointF(x + 18, y), (kind.word,), _SIZE, "medium", ROW, colour)

    return 18 + line_width(kind.word, _SIZE, "medium"), draw


def _line(picture: Picture, tone: int, words: str) -> _Entry:
    colour = QColor(picture.palette.supports if tone == link_look.FOR else picture.palette.contradicts)

    def draw(painter: QPainter, x: float, y: float) -> None:
        pen = QPen(colour, 1.4)
        if tone == link_look.AGAINST:
            pen.setStyle(Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([6 / 1.4, 4 / 1.4])
        painter.setPen(pen)
        painter.drawLine(QPointF(x, y + ROW / 2), QPointF(x + 30, y + ROW / 2))
        draw_lines_of_text(painter, QPointF(x + 36, y), (words,), _SIZE, "regular", ROW, QColor(picture.palette.muted))

    return 36 + line_width(words, _SIZE), draw


def _words(picture: Picture, words: str) -> _Entry:
    def draw(painter: QPainter, x: float, y: float) -> None:
        draw_lines_of_text(painter, QPointF(x, y), (words,), _SIZE, "regular", ROW, QColor(picture.palette.muted))

    return line_width(words, _SIZE), draw
