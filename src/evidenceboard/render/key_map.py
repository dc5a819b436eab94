"""The key map of an atlas: where things are, and on which tile; what they say stands on the tiles."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from evidenceboard.model.routes import flattened
from evidenceboard.render.buffers import draw_lines, draw_rects
from evidenceboard.render.pages import Page, Pages
from evidenceboard.render.style_colours import patches
from evidenceboard.render.text import draw_lines_of_text, line_width

_NAME: Final = 12.0
_SEGMENTS: Final = 6
_PALE: Final = 70
"""Of 255, how strongly the colour of a type fills a card on the map."""


def paint(painter: QPainter, pages: Pages) -> None:
    """Paint the map on the first page."""
    page, paper = pages.pages[0], pages.paper
    palette, scene = paper.picture.palette, paper.scene
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(palette.border), 0.5))
    for place in range(len(scene.frames)):
        left, top, right, bottom = scene.frame_box(place)
        painter.drawRect(QRectF(QPointF(*page.on_page(left, top)), QPointF(*page.on_page(right, bottom))))
    lines = flattened(paper.picture.routes.points[:, :, paper.picture.routes.shown], _SEGMENTS).reshape(-1, 4)
    painter.setPen(QPen(QColor(palette.border), 0.35))
    draw_lines(painter, lines * page.scale + np.array([*page.on_page(0, 0)] * 2))
    painter.setPen(Qt.PenStyle.NoPen)
    order = scene.order()
    places, colours = patches(paper.picture.styled, scene, palette)
    for place in np.unique(places[order]).tolist():
        colour = QColor(colours[place])
        boxes = scene.box[:, order[places[order] == place]].T * page.scale
        boxes[:, :2] += page.on_page(0, 0)
        painter.setBrush(QColor(palette.card))
        draw_rects(painter, boxes)
        colour.setAlpha(_PALE)
        painter.setBrush(colour)
        draw_rects(painter, boxes)
    for tile in pages.pages[1:]:
        _tile(painter, pages, page, tile)
    painter.restore()


def tile_box(page: Page, tile: Page) -> QRectF:
    """Return where a tile lies on the map, in points."""
    left, top, right, bottom = tile.cell or tile.area
    return QRectF(QPointF(*page.on_page(left, top)), QPointF(*page.on_page(right, bottom)))


def _tile(painter: QPainter, pages: Pages, page: Page, tile: Page) -> None:
    palette = pages.paper.picture.palette
    box = tile_box(page, tile)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(palette.muted), 0.75))
    painter.drawRect(box)
    size = min(_NAME, max(5.0, box.height() / 2))
    wide = line_width(tile.name, size, "semibold") + 6
    patch = QRectF(box.center().x() - wide / 2, box.center().y() - size * 0.7, wide, size * 1.4)
    painter.fillRect(patch, QColor(palette.board))
    at = QPointF(patch.left() + 3, patch.top())
    draw_lines_of_text(painter, at, (tile.name,), size, "semibold", patch.height(), QColor(palette.ink))
