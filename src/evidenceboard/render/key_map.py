"""The key map of an atlas: where things are, and on which tile; what they say stands on the tiles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from evidenceboard.model.routes import flattened
from evidenceboard.render.buffers import draw_lines, draw_rects
from evidenceboard.render.pages import Page, Pages
from evidenceboard.render.style_colours import patches
from evidenceboard.render.text import draw_lines_of_text, line_width

_NAME: Final = 12.0
_SEGMENTS: Final = 6
_STEP: Final = 500
"""Links and cards that are painted in one step."""
_TILES: Final = 100
_PALE: Final = 70
"""Of 255, how strongly the colour of a type fills a card on the map."""


def pieces(pages: Pages) -> Iterator[Callable[[QPainter], None]]:
    """Yield what paints the map on the first page, in short steps, hindmost first."""
    yield _hinted(pages, _frames)
    shown = np.flatnonzero(pages.paper.picture.routes.shown)
    for first in range(0, len(shown), _STEP):
        yield _hinted(pages, partial(_lines, links=shown[first : first + _STEP]))
    order = pages.paper.scene.order()
    for first in range(0, len(order), _STEP):
        yield _hinted(pages, partial(_cards, slots=order[first : first + _STEP]))
    for first in range(1, len(pages.pages), _TILES):
        yield _hinted(pages, partial(_tiles, tiles=pages.pages[first : first + _TILES]))


def _hinted(pages: Pages, paint: Callable[[QPainter, Pages], None]) -> Callable[[QPainter], None]:
    def work(painter: QPainter) -> None:
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        paint(painter, pages)
        painter.restore()

    return work


def _frames(painter: QPainter, pages: Pages) -> None:
    page, scene = pages.pages[0], pages.paper.scene
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(pages.paper.picture.palette.border), 0.5))
    for place in range(len(scene.frames)):
        left, top, right, bottom = scene.frame_box(place)
        painter.drawRect(QRectF(QPointF(*page.on_page(left, top)), QPointF(*page.on_page(right, bottom))))


def _lines(painter: QPainter, pages: Pages, links: NDArray[Any]) -> None:
    page, paper = pages.pages[0], pages.paper
    lines = flattened(paper.picture.routes.points[:, :, links], _SEGMENTS).reshape(-1, 4)
    painter.setPen(QPen(QColor(paper.picture.palette.border), 0.35))
    draw_lines(painter, lines * page.scale + np.array([*page.on_page(0, 0)] * 2))


def _cards(painter: QPainter, pages: Pages, slots: NDArray[Any]) -> None:
    page, paper = pages.pages[0], pages.paper
    palette, scene = paper.picture.palette, paper.scene
    painter.setPen(Qt.PenStyle.NoPen)
    places, colours = patches(paper.picture.styled, scene, palette)
    for place in np.unique(places[slots]).tolist():
        colour = QColor(colours[place])
        boxes = scene.box[:, slots[places[slots] == place]].T * page.scale
        boxes[:, :2] += page.on_page(0, 0)
        painter.setBrush(QColor(palette.card))
        draw_rects(painter, boxes)
        colour.setAlpha(_PALE)
        painter.setBrush(colour)
        draw_rects(painter, boxes)


def _tiles(painter: QPainter, pages: Pages, tiles: list[Page]) -> None:
    for tile in tiles:
        _tile(painter, pages, pages.pages[0], tile)


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
