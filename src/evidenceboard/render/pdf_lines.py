"""The lines of links as the words of a PDF: of each line the part that a page shows, still as a curve."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model import link_look
from evidenceboard.model.routes import bezier
from evidenceboard.model.scene import Floats
from evidenceboard.render.link_paint import WIDTH, arrows
from evidenceboard.render.pages import Page, Pages
from evidenceboard.render.paper_paint import DASHES
from evidenceboard.render.pdf_file import colour, numbers
from evidenceboard.render.view import View

_ONE: Final = View(1.0)
_PIECES: Final = 32
_T: Final = np.linspace(0.0, 1.0, _PIECES + 1)
BATCH: Final = 2_000
"""Lines that are followed in one step."""
_BEYOND: Final = 12.0
"""Board units beyond a page in which a line may lie and still show something on it, its arrow."""
_FINE: Final = 20
"""Parts of a point that lines are written in."""
_STRAIGHT: Final = 0.04
"""Points that a part of a line may stray from a straight one and be written as such."""


@dataclass(frozen=True, slots=True)
class Crossings:
    """What of which lines some pages show: the page, the link, and the stretch of its line (0 to 1), by page."""

    page: NDArray[Any]
    link: NDArray[Any]
    start: Floats
    end: Floats

    def on(self, page: int) -> Crossings:
        """Return what one page shows."""
        return self.some(slice(*np.searchsorted(self.page, [page, page + 1]).tolist()))

    def some(self, chosen: Any) -> Crossings:
        """Return chosen ones."""
        return Crossings(self.page[chosen], self.link[chosen], self.start[chosen], self.end[chosen])


def crossings(pages: Pages, places: list[int], links: NDArray[Any]) -> Iterator[Crossings]:
    """Yield what some pages show of some links, a batch of links at a time."""
    points = pages.paper.picture.routes.points
    areas = np.array([pages.pages[place].area for place in places]).reshape(-1, 4)
    areas = areas + np.array([-_BEYOND, -_BEYOND, _BEYOND, _BEYOND])
    order = np.argsort(areas[:, 0], kind="stable")
    for first in range(0, len(links), BATCH):
        some = links[first : first + BATCH]
        at = bezier(points[:, :, some], _T)
        stray = _stray(points[:, :, some])
        low = np.minimum(at[:, :, :-1], at[:, :, 1:]) - stray
        high = np.maximum(at[:, :, :-1], at[:, :, 1:]) + stray
        yield _met(areas[order], np.array(places)[order], some, low, high)


def _stray(points: Floats) -> Floats:
    """Return how far a piece of each curve can stray from its chord."""
    bend = np.maximum(np.abs(points[2] - 2 * points[1] + points[0]), np.abs(points[3] - 2 * points[2] + points[1]))
    made: Floats = (6.0 / 8.0 / _PIECES**2 * bend)[:, :, None]
    return made


def _met(areas: Floats, places: NDArray[Any], links: NDArray[Any], low: Floats, high: Floats) -> Crossings:
    """Return which areas, from left to right, the pieces of lines meet; they are as far right as they are far left."""
    inside = (low[1] <= np.max(areas[:, 3])) & (high[1] >= np.min(areas[:, 1]))
    inside &= (low[0] <= np.max(areas[:, 2])) & (high[0] >= areas[0, 0])
    line, piece = np.nonzero(inside)
    first = np.searchsorted(np.maximum.accumulate(areas[:, 2]), low[0, line, piece], "left")
    last = np.searchsorted(areas[:, 0], high[0, line, piece], "right")
    count = np.maximum(last - first, 0)
    one = np.repeat(np.arange(len(line)), count)
    area = np.arange(len(one)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
    line, piece = line[one], piece[one]
    a, b, c, d = areas[area].T
    met = (low[0, line, piece] <= c) & (high[0, line, piece] >= a)
    met &= (low[1, line, piece] <= d) & (high[1, line, piece] >= b)
    line, piece, place = line[met], piece[met], places[area[met]]
    order = np.lexsort((piece, line, place))
    line, piece, place = line[order], piece[order], place[order]
    new = np.flatnonzero(np.r_[True, (line[1:] != line[:-1]) | (place[1:] != place[:-1])][: len(line)])
    ends = np.r_[new[1:], len(line)][: len(new)] - 1
    return Crossings(place[new], links[line[new]], piece[new] / _PIECES, (piece[ends] + 1) / _PIECES)


def together(parts: list[Crossings]) -> Crossings:
    """Return crossings of several batches as one, by page."""
    nothing = Crossings(np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros(0), np.zeros(0))
    names = ("page", "link", "start", "end")
    found = Crossings(*(np.concatenate([getattr(part, name) for part in [nothing, *parts]]) for name in names))
    return found.some(np.argsort(found.page, kind="stable"))


def written(pages: Pages, page: Page, found: Crossings) -> bytes:
    """Return the words that draw the lines and arrows of one page, in points from its upper left corner."""
    scene, palette = pages.paper.scene, pages.paper.picture.palette
    links, start, end = found.link, found.start, found.end
    tones = scene.tone[links]
    said: list[bytes] = [b"%g w 0 J 0 j" % (WIDTH * page.scale)]
    for tone, name in (
        (link_look.PLAIN, palette.link),
        (link_look.FOR, palette.supports),
        (link_look.AGAINST, palette.contradicts),
    ):
        some = tones == tone
        if some.any():
            curves = pages.paper.picture.routes.points[:, :, links[some]]
            dashes = _dashes(curves, start[some], page.scale) if tone == link_look.AGAINST else None
            said.append(b"%b SCN %b scn [] 0 d" % (colour(name), colour(name)))
            said += _lines(page, curves, start[some], end[some], dashes)
            if dashes is not None:
                said.append(b"[] 0 d")
            tips = arrows(pages.paper.picture, _ONE, links[some][end[some] == 1.0]).transpose(1, 2, 0)
            said.append(_said(b"%g %g m %g %g l %g %g l f", _on_page(page, tips)))
    return b"q /CSp CS /CSp cs %b\nQ\n" % b"\n".join(said)


def _dashes(curves: Floats, start: Floats, scale: float) -> Floats:
    """Return how far into its dashes each line is where its part begins, in points."""
    at = bezier(curves, _T)
    along = np.cumsum(np.hypot(np.diff(at[0]), np.diff(at[1])), axis=1)
    along = np.concatenate([np.zeros((len(along), 1)), along], axis=1)
    made: Floats = along[np.arange(len(start)), np.rint(start * _PIECES).astype(np.int64)] % sum(DASHES) * scale
    return made


def _lines(page: Page, curves: Floats, start: Floats, end: Floats, dashes: Floats | None) -> list[bytes]:
    parts = _on_page(page, _part(curves, start, end))
    straight = np.abs(parts[1] * 3 - parts[0] * 2 - parts[3]).max(axis=0) / 3 < _STRAIGHT
    straight &= np.abs(parts[2] * 3 - parts[0] - parts[3] * 2).max(axis=0) / 3 < _STRAIGHT
    if dashes is None:
        return [
            _said(b"%g %g m %g %g l S", parts[:, :, straight][[0, 3]]),
            _said(b"%g %g m %g %g %g %g %g %g c S", parts[:, :, ~straight]),
        ]
    pattern = b"[%b]" % numbers(*(part * page.scale for part in DASHES))
    return [
        _said(pattern + b" %g d %g %g m %g %g l S", parts[:, :, straight][[0, 3]], dashes[straight]),
        _said(pattern + b" %g d %g %g m %g %g %g %g %g %g c S", parts[:, :, ~straight], dashes[~straight]),
    ]


def _said(form: bytes, parts: Floats, before: Floats | None = None) -> bytes:
    """Return a form filled in for each of some curves (k, 2, m)."""
    count = parts.shape[2]
    if not count:
        return b""
    values = np.rint(parts.transpose(2, 0, 1).reshape(count, -1) * _FINE) / _FINE
    if before is not None:
        values = np.concatenate([np.round(before, 2)[:, None], values], axis=1)
    return b"\n".join([form] * count) % tuple(values.ravel().tolist())


def _on_page(page: Page, points: Floats) -> Floats:
    """Return points (k, 2, m) of the board in points of a page."""
    shift = np.array(page.on_page(0.0, 0.0))
    made: Floats = points * page.scale + shift[None, :, None]
    return made


def _part(curves: Floats, start: Floats, end: Floats) -> Floats:
    """Return the parts of curves (4, 2, m) between two places on each, as curves of their own."""

    def blossom(a: Floats, b: Floats, c: Floats) -> Floats:
        first = [curves[k] * (1 - a) + curves[k + 1] * a for k in range(3)]
        second = [first[k] * (1 - b) + first[k + 1] * b for k in range(2)]
        made: Floats = second[0] * (1 - c) + second[1] * c
        return made

    return np.stack([
        blossom(start, start, start), blossom(start, start, end), blossom(start, end, end), blossom(end, end, end),
    ])  # fmt: skip
