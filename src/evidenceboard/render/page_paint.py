"""Painting one page in short pieces, so that a window stays alive meanwhile: the board, and the words around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from evidenceboard.render import key_map, paper_paint
from evidenceboard.render.pages import MARGIN, MARKING_HIGH, SMALL, SMALL_LINE, Page, Pages
from evidenceboard.render.palette import MARKINGS
from evidenceboard.render.text import draw_lines_of_text, line_width

Piece = Callable[[QPainter], None]
"""Paints a part of a page on a painter whose unit is a point."""
CARDS: Final = 50
"""Cards in one piece: what is painted in about a twentieth of a second."""
LINKS: Final = 400
_OFF: Final = 4.0
_APART: Final = 8.0
"""Points between the board and what points at a neighbour, and between two of these in a row."""
CUT_LINE: Final = 0.5
"""Points that the line of a cut is wide."""
CUT_DASHES: Final = (3.0, 3.0)


def pieces(pages: Pages, place: int) -> Iterator[Piece]:
    """Yield what paints a page, hindmost first."""
    page = pages.pages[place]
    if page.kind == "map":
        yield from key_map.pieces(pages)
    else:
        yield from _board(pages, page)
    yield lambda painter: edges(painter, pages, place)


def paint(painter: QPainter, pages: Pages, place: int) -> None:
    """Paint a whole page on a painter whose unit is a point."""
    for piece in pieces(pages, place):
        piece(painter)


def _board(pages: Pages, page: Page) -> Iterator[Piece]:
    paper = pages.paper
    links = _parts(paper_paint.links_in(paper, page.area), LINKS)
    cards = _parts(paper.scene.cards_in(page.area), CARDS)
    yield on_board(page, partial(paper_paint.paint_frames, paper=paper, area=page.area))
    for part in links:
        yield on_board(page, partial(paper_paint.paint_lines, paper=paper, links=part))
    for part in links:
        yield on_board(page, partial(paper_paint.paint_labels, paper=paper, links=part, area=page.area))
    yield on_board(page, partial(paper_paint.paint_titles, paper=paper, area=page.area))
    for part in cards:
        yield on_board(page, partial(paper_paint.paint_cards, paper=paper, slots=part))


def _parts(found: NDArray[Any], size: int) -> list[NDArray[Any]]:
    return [found[start : start + size] for start in range(0, len(found), size)]


def on_board(page: Page, paint_it: Piece) -> Piece:
    """Return what paints with the units of the board in the place that a page has for it."""

    def work(painter: QPainter) -> None:
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        if page.kind == "tile":
            wide, high = page.area[2] - page.area[0], page.area[3] - page.area[1]
            painter.setClipRect(QRectF(page.left, page.top, wide * page.scale, high * page.scale))
        painter.translate(page.left, page.top)
        painter.scale(page.scale, page.scale)
        painter.translate(-page.area[0], -page.area[1])
        paint_it(painter)
        painter.restore()

    return work


# -- around the board ------------------------------------------------------------------------------------------------


def edges(painter: QPainter, pages: Pages, place: int) -> None:
    """Paint what stands around the board of a page."""
    paint_head(painter, pages, place)
    paint_own(painter, pages, place)


def paint_head(painter: QPainter, pages: Pages, place: int) -> None:
    """Paint the title and the markings, which are the same on all pages."""
    page = pages.pages[place]
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    muted = QColor(pages.paper.picture.palette.muted)
    draw_lines_of_text(painter, QPointF(MARGIN, MARGIN + 1.5), pages.title, SMALL, "regular", SMALL_LINE, muted)
    for y in (MARGIN, page.height - MARGIN - MARKING_HIGH):
        _markings(painter, pages, page.width - MARGIN, y)


def paint_own(painter: QPainter, pages: Pages, place: int) -> None:
    """Paint what stands around the board of one page only: its foot, the signs for its neighbours, the legend."""
    muted = QColor(pages.paper.picture.palette.muted)
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    if place == 0:
        pages.legend.paint(painter, MARGIN, pages.legend_top)
    for corner, said, high in own_words(pages, place):
        draw_lines_of_text(painter, QPointF(*corner), (said,), SMALL, "regular", high, muted)
    pen = QPen(QColor(pages.paper.picture.palette.border), CUT_LINE)
    pen.setDashPattern([part / CUT_LINE for part in CUT_DASHES])
    painter.setPen(pen)
    for x, y, to_x, to_y in cut_lines(pages.pages[place]):
        painter.drawLine(QPointF(x, y), QPointF(to_x, to_y))
    painter.restore()


def own_words(pages: Pages, place: int) -> list[tuple[tuple[float, float], str, float]]:
    """Return what a page says around the board that no other one does: where, in what words, how high the line is."""
    at = (MARGIN, pages.pages[place].height - MARGIN - MARKING_HIGH)
    around = [(corner, said, SMALL_LINE) for corner, said, _ in neighbours(pages, place)]
    return [(at, footer(pages, place), MARKING_HIGH), *around]


def footer(pages: Pages, place: int) -> str:
    """Return what stands at the foot of a page, left."""
    name = pages.pages[place].name
    said = (name, pages.day, f"page {place + 1} of {len(pages.pages)}")
    return " · ".join(part for part in said if part)


def _markings(painter: QPainter, pages: Pages, right: float, y: float) -> None:
    """Paint the markings in their letters on black (TLP 2.0), the strictest outermost."""
    for word in pages.paper.included.markings:
        wide = line_width(word, SMALL, "medium") + 8
        painter.fillRect(QRectF(right - wide, y, wide, MARKING_HIGH), QColor("#000000"))
        ink = QColor(MARKINGS.get(word, "#FFFFFF"))
        draw_lines_of_text(painter, QPointF(right - wide + 4, y), (word,), SMALL, "medium", MARKING_HIGH, ink)
        right -= wide + 2


def cut_lines(page: Page) -> list[tuple[float, float, float, float]]:
    """Return the lines (from x, y to x, y) between what is a tile's own and what its neighbours show too."""
    if page.cell is None:
        return []
    left, top = page.on_page(page.cell[0], page.cell[1])
    right, bottom = page.on_page(page.cell[2], page.cell[3])
    low, far = page.on_page(page.area[2], page.area[3])
    found = (
        (page.cell[0] > page.area[0], (left, page.top, left, far)),
        (page.cell[2] < page.area[2], (right, page.top, right, far)),
        (page.cell[1] > page.area[1], (page.left, top, low, top)),
        (page.cell[3] < page.area[3], (page.left, bottom, low, bottom)),
    )
    return [line for there, line in found if there]


def neighbours(
    pages: Pages, place: int, shown: NDArray[np.int32] | None = None
) -> list[tuple[tuple[float, float], str, int]]:
    """Return where, in what words and to which page a tile points at the tiles beside it; it has `shown` these cards.

    They stand in the margin beside nothing that the edge cuts, if there is room, as near to the middle as can be.
    """
    known = pages.signs.get(place)
    if known is None:
        known = pages.signs[place] = list(_signs(pages, place, shown)) if pages.pages[place].cell else []
    return known


def _signs(pages: Pages, place: int, shown: NDArray[np.int32] | None) -> Iterator[tuple[tuple[float, float], str, int]]:
    page, scene = pages.pages[place], pages.paper.scene
    right, bottom = page.on_page(page.area[2], page.area[3])
    x, y, w, h = scene.box[:, scene.cards_in(page.area) if shown is None else shown]
    edges = {"←": x < page.area[0], "→": x + w > page.area[2], "↑": y < page.area[1], "↓": y + h > page.area[3]}
    for arrow, others in pages.beside(place).items():
        if not others:
            continue
        names = [pages.pages[number].name for number in others]
        said = [f"{name} {arrow}" if arrow == "→" else f"{arrow} {name}" for name in names]
        wide = [line_width(words, SMALL) for words in said]
        cut = edges[arrow]
        if arrow in "←→":
            start = page.top + (y[cut] - page.area[1]) * page.scale
            spans = zip(start.tolist(), (start + h[cut] * page.scale).tolist(), strict=True)
            at = clear(list(spans), page.top, bottom, len(said) * SMALL_LINE)
            for step, words in enumerate(said):
                left = page.left - wide[step] - _OFF if arrow == "←" else right + _OFF
                yield (left, at + step * SMALL_LINE), words, others[step]
        else:
            start = page.left + (x[cut] - page.area[0]) * page.scale
            spans = zip(start.tolist(), (start + w[cut] * page.scale).tolist(), strict=True)
            at = clear(list(spans), page.left, right, sum(wide) + _APART * (len(wide) - 1))
            for step, words in enumerate(said):
                yield (at, page.top - SMALL_LINE if arrow == "↑" else bottom), words, others[step]
                at += wide[step] + _APART


def clear(spans: list[tuple[float, float]], low: float, far: float, room: float) -> float:
    """Return where between `low` and `far` something of a length begins that touches no span, nearest to the middle.

    Where there is no such place it is the middle.
    """
    middle = (low + far - room) / 2
    found, begin = [], low
    for start, end in [*sorted(spans), (far, far)]:
        if min(start, far) - begin >= room:
            found.append(min(max(middle, begin), min(start, far) - room))
        begin = max(begin, end)
    return min(found, key=lambda at: abs(at - middle), default=middle)


def words(pages: Pages) -> Iterator[str]:
    """Yield every word that stands around the boards of all pages, the product's own."""
    yield from (*pages.title, *pages.paper.included.markings, *pages.legend.words)
    for place, page in enumerate(pages.pages):
        yield from (footer(pages, place), page.name)
        yield from (said for _, said, _ in neighbours(pages, place))
