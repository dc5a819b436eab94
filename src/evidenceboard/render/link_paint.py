"""Painting links: lines in a few bulk calls, arrows, and the words on their middle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from evidenceboard.model import link_look
from evidenceboard.model.boxes import Box, marked
from evidenceboard.model.link_types import LINK_TYPES
from evidenceboard.model.records import Link
from evidenceboard.model.thinning import FAR
from evidenceboard.render import fonts
from evidenceboard.render.buffers import draw_lines, draw_triangles
from evidenceboard.render.line_pieces import DETAILED, TONES, Pieces, pieces_in
from evidenceboard.render.line_shapes import ARROW, WIDTH, arrows
from evidenceboard.render.palette import MARKINGS, Palette
from evidenceboard.render.view import READING, View

if TYPE_CHECKING:
    from evidenceboard.render.board_paint import Picture

_LABEL_SIZE: Final = 11.0
_LABEL_REACH: Final = (230.0, 10.0)
"""Half the width and height that the words of a link can have, in board units."""
LABEL_PATCH: Final = 4.0
"""Board units of ground on each side of a link's words."""
_RECEDE: Final = 0.62
_FADE: Final = 0.8
"""How far the colour of a link that is not looked at goes towards the ground; and where cards recede as well."""
_TELLING: Final = ("related", "bears on", "independent of")
_LINES: Final = 4000
_ARROWS: Final = 500
"""Lines and arrows that are painted in one step: a few milliseconds."""
Stroke = Callable[[QPainter], None]
_FAR: Final = 0.3
"""How far the colours of links go towards the ground where the board is seen from afar."""


def paint_links(painter: QPainter, picture: Picture, view: View, area: Box) -> Iterator[None]:
    """Paint the links that touch an area, in steps: first what recedes, then long ones, then all others."""
    pieces = yield from pieces_in(picture, view.scale, area)
    if not len(pieces.links):
        return
    there, emphasised = np.ones(len(pieces.links), np.bool_), bool(picture.emphasis)
    strong, faint = there, pieces.faint
    if picture.lifted is not None or picture.receding is not None or emphasised:
        a, b = np.take(picture.scene.ends, pieces.links, axis=1)
        if picture.lifted is not None:
            there = strong = ~(picture.lifted[a] | picture.lifted[b])
        if picture.receding is not None:
            strong = strong & ~(picture.receding[a] | picture.receding[b])
        if emphasised:
            brought = marked(picture.scene.n, picture.emphasis)
            strong = strong & (brought[a] | brought[b])
            faint = np.zeros_like(faint)
    here = _Here(pieces, view, area)
    for stroke in chain(
        _strokes(picture, view, here, there & ~strong, receding=True),
        _strokes(picture, view, here, strong & faint, faint=True),
        _strokes(picture, view, here, strong & ~faint, emphasised=emphasised),
    ):
        stroke(painter)
        yield


def paint_some(painter: QPainter, picture: Picture, view: View, area: Box, links: NDArray[Any], **how: Any) -> None:
    """Paint some links at once, as `strokes_of` says."""
    for stroke in strokes_of(picture, view, area, links, **how):
        stroke(painter)


def strokes_of(
    picture: Picture,
    view: View,
    area: Box,
    links: NDArray[Any],
    *,
    points: NDArray[Any] | None = None,
    labelled: bool = True,
) -> Iterator[Stroke]:
    """Yield what paints some links, in steps. `points` (4, 2, n) are their curves where not those of the picture."""
    if not len(links):
        return
    curves = np.take(picture.routes.points, links, axis=2) if points is None else points
    pieces = Pieces(picture, view.scale, area, links, curves)
    for _ in pieces.cutting():
        yield _nothing
    here = _Here(pieces, view, area)
    yield from _strokes(picture, view, here, pieces.faint, faint=True, labelled=labelled)
    yield from _strokes(picture, view, here, ~pieces.faint, labelled=labelled)


def _strokes(
    picture: Picture,
    view: View,
    here: _Here,
    chosen: NDArray[np.bool_],
    *,
    receding: bool = False,
    faint: bool = False,
    emphasised: bool = False,
    labelled: bool = True,
) -> Iterator[Stroke]:
    """Yield what paints chosen ones of some links, each in its tone: plain solid, for solid green, against dashed red.

    A painter may have painted something else between two of them.
    """
    if not chosen.any():
        return
    area, pieces = here.area, here.pieces
    shift = np.array([view.dx, view.dy, view.dx, view.dy], np.float64)
    for tone, some in pieces.of.items():
        if not len(some):
            continue
        pen = _pen(picture, view, tone, receding or faint, emphasised)
        lines, of = here.near[tone]
        lines = lines[chosen[of]] * view.scale + shift
        for first in range(0, len(lines), _LINES):
            yield partial(_draw_lines, lines=lines[first : first + _LINES], pen=pen, smooth=view.scale >= FAR)
        if view.scale >= DETAILED:
            ends = np.take(pieces.points, some[(chosen & here.pointing)[some]], axis=2)
            for first in range(0, ends.shape[2], _ARROWS):
                yield partial(_draw_arrows, ends=ends[:, :, first : first + _ARROWS], view=view, colour=pen.color())
    # Where some links are brought forward, the words of the others would only be in the way.
    words = view.scale >= READING or (emphasised and view.scale >= 0.4)
    if labelled and words and not receding:
        x, y = pieces.words
        wide, high = _LABEL_REACH
        # Words without room are NaN here, which is in no area.
        near = chosen & (x + wide > area[0]) & (x - wide < area[2]) & (y + high > area[1]) & (y - high < area[3])
        if faint:
            # A line that leads out of every window says what the analyst wrote, and nothing that its type says anyway.
            near &= telling(picture.scene.kind[pieces.links])
        for place in np.flatnonzero(near).tolist():
            at = (float(x[place]), float(y[place]))
            yield partial(paint_label, picture=picture, view=view, index=int(pieces.links[place]), at=at)


def _nothing(painter: QPainter) -> None:
    """Paint nothing: a step was worked out."""


def _draw_lines(painter: QPainter, lines: NDArray[Any], pen: QPen, smooth: bool) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
    painter.setPen(pen)
    draw_lines(painter, lines)


def _draw_arrows(painter: QPainter, ends: NDArray[Any], view: View, colour: QColor) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, view.scale >= FAR)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    draw_triangles(painter, arrows(ends, view.scale, (view.dx, view.dy)))


def paint_straight(painter: QPainter, picture: Picture, view: View, links: NDArray[Any], ends: NDArray[Any]) -> None:
    """Paint so many links that none can be followed by eye, while a hand moves them: straight between `ends` (n, 4)."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    shift = np.array([view.dx, view.dy, view.dx, view.dy], np.float64)
    tones = picture.scene.tone[links]
    for tone in TONES:
        painter.setPen(QPen(_pen(picture, view, tone, False, False).color(), 1))
        draw_lines(painter, np.rint(ends[tones == tone] * view.scale + shift))


def _pen(picture: Picture, view: View, tone: int, receding: bool, emphasised: bool) -> QPen:
    faded = (_RECEDE if picture.receding is None else _FADE) if receding else 0.0
    far = not (emphasised or receding) and view.scale < READING
    return _made_pen(picture.palette, tone, faded, far, max(1.0, WIDTH * view.scale * (1.4 if emphasised else 1.0)))


@lru_cache(maxsize=100)
def _made_pen(palette: Palette, tone: int, faded: float, far: bool, wide: float) -> QPen:
    """Return the pen of a tone, which is needed for each strip that comes into view. Nobody may change it."""
    colour = _colour(palette, tone, faded)
    pen = QPen(_mixed(colour, QColor(palette.board), _FAR) if far else colour, wide)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def _pointing_into(view: View, area: Box, points: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which curves have arrows that can touch an area."""
    x, y = points[3]
    reach = 2 * ARROW * max(1.0, 0.5 / view.scale)
    made: NDArray[np.bool_] = (x > area[0] - reach) & (x < area[2] + reach)
    made &= (y > area[1] - reach) & (y < area[3] + reach)
    return made


def paint_label(
    painter: QPainter,
    picture: Picture,
    view: View,
    index: int,
    *,
    at: tuple[float, float] | None = None,
    smallest: float = 0.0,
) -> None:
    """Paint the words of a link on a patch of ground, at their place on its line; never below the `smallest` scale."""
    text, marking = label_of(picture, index)
    if not text and not marking:
        return
    ground = QColor(picture.palette.board)
    x, y = at or picture.routes.label_at(index)
    scale = max(view.scale, smallest)
    box = QRectF(0, 0, label_room(picture, index) + 2 * LABEL_PATCH, _LABEL_SIZE * 1.4)
    tone = int(picture.scene.tone[index])
    colour = QColor(picture.palette.muted) if tone == link_look.PLAIN else _colour(picture.palette, tone)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # A whole pixel to start from, so that a scrolled picture equals a fresh one.
    painter.translate(
        round(x * view.scale - box.width() / 2 * scale) + view.dx,
        round(y * view.scale - box.height() / 2 * scale) + view.dy,
    )
    painter.scale(scale, scale)
    painter.fillRect(box, ground)
    painter.setFont(fonts.font(_LABEL_SIZE, "regular"))
    painter.setPen(colour)
    left = box.adjusted(LABEL_PATCH, 0, 0, 0)
    painter.drawText(left, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
    if marking:
        wide = label_width(marking) + 2 * LABEL_PATCH
        paint_marking(painter, marking, QRectF(box.right() - LABEL_PATCH - wide, 0, wide, box.height()))
    painter.restore()


def paint_marking(painter: QPainter, word: str, box: QRectF) -> None:
    """Paint a marking beside the words of a link, in its letters on black (TLP 2.0)."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#000000"))
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(QColor(MARKINGS.get(word, "#FFFFFF")))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)


def telling(kinds: NDArray[Any]) -> NDArray[np.bool_]:
    """Return of which kinds of links the words say more than their type."""
    return np.isin(kinds, [place for place, kind in enumerate(LINK_TYPES) if kind.id in _TELLING])


def label_of(picture: Picture, index: int) -> tuple[str, str]:
    """Return the words of a link, and its marking where that is above the board's."""
    if index not in picture.labels:
        document = picture.document
        link = document.find("links", picture.scene.link_ids[index])
        picture.labels[index] = ("", "")
        if isinstance(link, Link):
            marking = link_look.marking(document, link, picture.scene.board_id)
            picture.labels[index] = (link_look.label(document, link), marking)
    return picture.labels[index]


def label_room(picture: Picture, index: int) -> float:
    """Return the width of what stands beside a link, in board units."""
    text, marking = label_of(picture, index)
    return label_width(text) + (label_width(marking) + 3 * LABEL_PATCH if marking else 0.0)


@lru_cache(maxsize=4000)
def label_width(text: str) -> float:
    """Return the width of a link's words in board units."""
    return QFontMetricsF(fonts.font(_LABEL_SIZE, "regular")).horizontalAdvance(text)


def _colour(palette: Palette, tone: int, faded: float = 0.0) -> QColor:
    colour = QColor((palette.link, palette.supports, palette.contradicts)[tone])
    return _mixed(colour, QColor(palette.board), faded) if faded else colour


def _mixed(colour: QColor, ground: QColor, share: float) -> QColor:
    return QColor.fromRgbF(
        colour.redF() * (1 - share) + ground.redF() * share,
        colour.greenF() * (1 - share) + ground.greenF() * share,
        colour.blueF() * (1 - share) + ground.blueF() * share,
    )


class _Here:
    """What an area shows of some links: for each tone the lines with the place of the link of each, and the arrows."""

    def __init__(self, pieces: Pieces, view: View, area: Box) -> None:
        self.pieces = pieces
        self.area = area
        margin = 4.0 + 2.0 / view.scale  # a line is at least one pixel wide
        self.near = {tone: pieces.near(tone, area, margin) for tone in TONES}
        self.pointing = _pointing_into(view, area, pieces.points)
