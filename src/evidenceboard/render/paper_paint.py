"""Painting a board on paper, in board units: frames, links as true curves, their words, cards."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from evidenceboard.model import link_look
from evidenceboard.model.boxes import Box
from evidenceboard.render import faces, label_room
from evidenceboard.render.buffers import draw_triangles
from evidenceboard.render.frame_paint import HAIRLINE
from evidenceboard.render.line_shapes import DASHES, WIDTH, arrows
from evidenceboard.render.palette import MARKINGS
from evidenceboard.render.paper import TITLE_LINE, TITLE_SIZE, Paper, title_box
from evidenceboard.render.text import draw_lines_of_text, line_width

"""Board units of line and of gap where a link speaks against."""
_RADIUS: Final = 10.0


def paint_frames(painter: QPainter, paper: Paper, area: Box) -> None:
    """Paint the outlines of the frames that touch an area."""
    for place in paper.scene.frames_in(area):
        paint_frame(painter, paper, place)


def paint_frame(painter: QPainter, paper: Paper, place: int) -> None:
    """Paint the outline of one frame."""
    palette = paper.picture.palette
    left, top, right, bottom = paper.scene.frame_box(place)
    bottom = max(bottom, top + len(paper.titles[place]) * TITLE_LINE + 18)
    painter.setPen(QPen(QColor(palette.border), HAIRLINE))
    painter.setBrush(QColor(palette.card) if paper.scene.frames[place].collapsed else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(left, top, right - left, bottom - top), _RADIUS, _RADIUS)


def paint_titles(painter: QPainter, paper: Paper, area: Box) -> None:
    """Paint the whole titles of the frames that touch an area, over the links that cross them."""
    for place in paper.scene.frames_in(area):
        paint_title(painter, paper, place)


def paint_title(painter: QPainter, paper: Paper, place: int) -> None:
    """Paint the whole title of one frame."""
    palette = paper.picture.palette
    rows = paper.titles[place]
    left, top, right, bottom = title_box(paper.scene, place, rows)
    at = QPointF(left + 3, top - 1)
    painter.fillRect(QRectF(left, top, right - left, bottom - top), QColor(palette.board))
    draw_lines_of_text(painter, at, rows, TITLE_SIZE, "semibold", TITLE_LINE, QColor(palette.muted))


def paint_lines(painter: QPainter, paper: Paper, links: NDArray[Any]) -> None:
    """Paint the lines of some links with their arrows: plain solid, for solid green, against dashed red."""
    palette = paper.picture.palette
    tones = paper.scene.tone[links]
    for tone, name in (
        (link_look.PLAIN, palette.link),
        (link_look.FOR, palette.supports),
        (link_look.AGAINST, palette.contradicts),
    ):
        some = links[tones == tone]
        if not len(some):
            continue
        pen = QPen(QColor(name), WIDTH)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if tone == link_look.AGAINST:
            pen.setDashPattern([part / WIDTH for part in DASHES])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for (ax, ay), (bx, by), (cx, cy), (dx, dy) in (
            paper.picture.routes.points[:, :, some].transpose(2, 0, 1).tolist()
        ):
            path = QPainterPath(QPointF(ax, ay))
            path.cubicTo(bx, by, cx, cy, dx, dy)
            painter.drawPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(name))
        draw_triangles(painter, arrows(paper.picture.routes.points[:, :, some]))


def paint_labels(painter: QPainter, paper: Paper, links: NDArray[Any], area: Box) -> None:
    """Paint the words of some links on patches of ground, where they touch an area."""
    seen = links[labels_in(paper, links, area)]
    # All patches first: a little of the ground is shared, and no patch may lie over the words of another.
    for left, top, right, bottom in paper.label_boxes[seen].tolist():
        painter.fillRect(QRectF(left, top, right - left, bottom - top), QColor(paper.picture.palette.board))
    for index in seen.tolist():
        left, top, right, _ = paper.label_boxes[index].tolist()
        painter.save()
        painter.translate(left, top)
        paint_words(painter, paper, words_of(paper, index), right - left)
        painter.restore()


def labels_in(paper: Paper, links: NDArray[Any], area: Box) -> NDArray[np.bool_]:
    """Return which of some links have words that touch an area."""
    boxes = paper.label_boxes[links]
    beside = (boxes[:, 0] <= area[2]) & (boxes[:, 2] >= area[0])
    made: NDArray[np.bool_] = beside & (boxes[:, 1] <= area[3]) & (boxes[:, 3] >= area[1])
    return made


Words = tuple[tuple[str, ...], int, int, str]
"""What stands beside a link: lines, tone, the line from which on they are its marking, and that marking."""


def words_of(paper: Paper, index: int) -> Words:
    """Return what stands beside a link."""
    rows = paper.labels[index]
    return (rows, int(paper.scene.tone[index]), *_marked(paper, index, rows))


def paint_words(painter: QPainter, paper: Paper, words: Words, wide: float) -> None:
    """Paint the words of a link downwards from the origin, in the middle of a patch `wide` board units wide."""
    _, _, first, marking = words
    colour = QColor(ink_of(paper, words))
    for place, (row, (x, high)) in enumerate(lines_of(words, wide)):
        if place >= first:
            bar = line_width(row, label_room.SIZE) + 2 * label_room.PATCH
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor("#000000"))
            painter.drawRoundedRect(QRectF((wide - bar) / 2, high + 0.5, bar, label_room.LINE - 2), 3, 3)
            colour = QColor(MARKINGS.get(marking, "#FFFFFF"))
        draw_lines_of_text(painter, QPointF(x, high), (row,), label_room.SIZE, "regular", label_room.LINE, colour)


def ink_of(paper: Paper, words: Words) -> str:
    """Return the colour of what a link says; its marking has one of its own."""
    palette = paper.picture.palette
    return (palette.muted, palette.supports, palette.contradicts)[words[1]]


def lines_of(words: Words, wide: float) -> list[tuple[str, tuple[float, float]]]:
    """Return the lines of what a link says, each with its place on a patch `wide` board units wide."""
    places = (max((wide - line_width(row, label_room.SIZE)) / 2, label_room.PATCH) for row in words[0])
    return [(row, (x, place * label_room.LINE)) for place, (row, x) in enumerate(zip(words[0], places, strict=True))]


def _marked(paper: Paper, index: int, rows: tuple[str, ...]) -> tuple[int, str]:
    """Return the row from which on the words of a link are its marking, and that marking."""
    word = paper.link_markings.get(index, "")
    place, rest = len(rows), word
    while rest and place and rest.endswith(rows[place - 1]):
        place -= 1
        rest = rest.removesuffix(rows[place])
    return place, word


def paint_cards(painter: QPainter, paper: Paper, slots: NDArray[Any]) -> None:
    """Paint some cards, in the order given."""
    for slot in slots.tolist():
        painter.save()
        painter.translate(*paper.scene.box[:2, slot].tolist())
        paint_card(painter, paper, slot)
        painter.restore()


def paint_card(painter: QPainter, paper: Paper, slot: int) -> None:
    """Paint a card with its upper left corner at the origin."""
    one = paper.faces[slot]
    size = QRectF(0, 0, *paper.scene.box[2:, slot].tolist())
    faces.paint_card(painter, paper.picture.palette, one.face, size, one.worn, whole=one.rows)


def links_in(paper: Paper, area: Box) -> NDArray[np.intp]:
    """Return the links whose lines or words can touch an area."""
    return paper.picture.routes.crossing(area, 20.0)
