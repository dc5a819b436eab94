"""The key map of an atlas: where things are, and on which tile; what they say stands on the tiles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from evidenceboard.model.beziers import flattened
from evidenceboard.model.boxes import Floats, once
from evidenceboard.render.buffers import draw_lines, draw_rects
from evidenceboard.render.pages import Page, Pages
from evidenceboard.render.style_colours import patches
from evidenceboard.render.text import draw_lines_of_text, line_width

_NAME: Final = 12.0
LINE: Final = 0.35
"""Points that the line of a link is wide."""
_SEGMENTS: Final = 6
_STEP: Final = 500
"""Links and cards that are painted in one step."""
_TILES: Final = 100
_PALE: Final = 70
"""Of 255, how strongly the colour of a type fills a card on the map."""


def pieces(pages: Pages) -> Iterator[Callable[[QPainter], None]]:
    """Yield what paints the map on the first page, in short steps, hindmost first."""
    yield framed(pages)
    for part in links_of(pages):
        yield _hinted(pages, partial(_lines, links=part))
    for part in cards_of(pages):
        yield _hinted(pages, partial(_cards, slots=part))
    yield from tiled(pages)


def framed(pages: Pages) -> Callable[[QPainter], None]:
    """Return what paints the frames of the map."""
    return _hinted(pages, _frames)


def tiled(pages: Pages) -> Iterator[Callable[[QPainter], None]]:
    """Yield what paints the tiles with their names."""
    for first in range(1, len(pages.pages), _TILES):
        yield _hinted(pages, partial(_tiles, tiles=pages.pages[first : first + _TILES]))


def links_of(pages: Pages) -> list[NDArray[Any]]:
    """Return the links that the map shows, in parts of one step."""
    shown = np.flatnonzero(pages.paper.picture.routes.shown)
    return [shown[first : first + _STEP] for first in range(0, len(shown), _STEP)]


def cards_of(pages: Pages) -> list[NDArray[Any]]:
    """Return the cards that the map shows, the hindmost first, in parts of one step."""
    order = pages.paper.scene.order()
    return [order[first : first + _STEP] for first in range(0, len(order), _STEP)]


def lines_on(pages: Pages, links: NDArray[Any]) -> Floats:
    """Return the lines of links as straight pieces (m, k, 4) on the page: x1, y1, x2, y2 in points."""
    page = pages.pages[0]
    pieces = flattened(pages.paper.picture.routes.points[:, :, links], _SEGMENTS)
    made: Floats = pieces * page.scale + np.array([*page.on_page(0, 0)] * 2)
    return made


def cards_on(pages: Pages, slots: NDArray[Any]) -> list[tuple[QColor, Floats]]:
    """Return the boxes (n, 4) of cards on the page, by colour: x, y, width, height in points."""
    page, paper = pages.pages[0], pages.paper
    palette, scene = paper.picture.palette, paper.scene
    places, colours = patches(paper.picture.styled, scene, palette)
    found: list[tuple[QColor, Floats]] = []
    for place in once(places[slots]).tolist():
        boxes = scene.box[:, slots[places[slots] == place]].T * page.scale
        boxes[:, :2] += page.on_page(0, 0)
        found.append((_pale(colours[place], QColor(palette.card)), boxes))
    return found


def _pale(colour: QColor, ground: QColor) -> QColor:
    mixed = zip(colour.getRgb()[:3], ground.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(below + (above - below) * _PALE / 255) for above, below in mixed))


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
    painter.setPen(QPen(QColor(pages.paper.picture.palette.border), LINE))
    draw_lines(painter, lines_on(pages, links).reshape(-1, 4))


def _cards(painter: QPainter, pages: Pages, slots: NDArray[Any]) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for colour, boxes in cards_on(pages, slots):
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
    wide, high = line_width(tile.name, _NAME, "semibold") + 6, _NAME * 1.4
    # However small: on the screen one looks closer, and no name may lie on that of another tile.
    painter.save()
    painter.translate(box.center())
    scale = min(1.0, box.width() / wide, box.height() / 2 / _NAME)
    painter.scale(scale, scale)
    patch = QRectF(-wide / 2, -high / 2, wide, high)
    painter.fillRect(patch, QColor(palette.board))
    at = QPointF(patch.left() + 3, patch.top())
    draw_lines_of_text(painter, at, (tile.name,), _NAME, "semibold", high, QColor(palette.ink))
    painter.restore()
