"""The lines of links as the words of a PDF: of each line the part that a page shows, still as a curve."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model import link_look
from evidenceboard.model.beziers import bezier
from evidenceboard.model.boxes import Floats, once
from evidenceboard.model.values import dataclass
from evidenceboard.render.line_shapes import DASHES, WIDTH, arrows
from evidenceboard.render.pdf_file import colour
from evidenceboard.render.pdf_rows import filled
from evidenceboard.render.progress import Tick, unheard

if TYPE_CHECKING:
    from evidenceboard.render.pages import Pages

_PIECES: Final = 32
_T: Final = np.linspace(0.0, 1.0, _PIECES + 1)
BATCH: Final = 1_000
"""Lines that are followed in one step."""
_BEYOND: Final = 12.0
"""Board units beyond a page in which a line may lie and still show something on it, its arrow."""
_FINE: Final = 20
"""Parts of a point that lines are written in."""
_STRAIGHT: Final = 0.04
"""Points that a part of a line may stray from a straight one and be written as such."""
TOGETHER: Final = 400
"""Lines of a page that are drawn together, those of one colour after those of another."""


@dataclass(frozen=True, slots=True)
class Lines:
    """All that has to be known to write lines, as plain values: they can be written in any process.

    `points` (4, 2, m) are those of the curves of all links, in board units, `tones` (m,) what their colours say.
    Of each page there is the part of the board on it, `areas` (p, 4), and where the board begins, `corners` (p, 2), in
    points; all show it at one `scale`. `inks` are the colours of a PDF for plain lines, those for and those against.
    """

    points: Floats
    tones: NDArray[np.int8]
    areas: Floats
    corners: Floats
    scale: float
    inks: tuple[bytes, bytes, bytes]


def lines_of(pages: Pages, tick: Tick = unheard) -> Lines:
    """Return what has to be known to write the lines on pages."""
    scene, picture = pages.paper.scene, pages.paper.picture
    palette = picture.palette
    tick(0.0)
    areas = np.array([page.area for page in pages.pages])
    tick(0.0)
    places = np.array([(page.left, page.top, page.scale) for page in pages.pages])
    return Lines(
        picture.routes.points,
        scene.tone[: scene.m],
        areas,
        places[:, :2] - areas[:, :2] * places[:, 2:],
        pages.pages[-1].scale,
        (colour(palette.link), colour(palette.supports), colour(palette.contradicts)),
    )


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


def crossings(lines: Lines, places: Sequence[int], links: NDArray[Any]) -> Iterator[Crossings]:
    """Yield what some pages show of some links, a batch of links at a time."""
    points = lines.points
    areas = lines.areas[list(places)] + np.array([-_BEYOND, -_BEYOND, _BEYOND, _BEYOND])
    # Pages that lie below each other are told apart by their height: what is across counts as along.
    if len(areas) and np.ptp(areas[:, 1]) > np.ptp(areas[:, 0]):
        areas, points = areas[:, [1, 0, 3, 2]], points[:, ::-1]
    order = np.argsort(areas[:, 0], kind="stable")
    for first in range(0, len(links), BATCH):
        some = links[first : first + BATCH]
        part = points[:, :, some]
        yield _met(areas[order], np.array(places)[order], some, bezier(part, _T), _stray(part))


def _stray(points: Floats) -> Floats:
    """Return how far a piece of each curve (2, m) can stray from its chord."""
    bend = np.maximum(np.abs(points[2] - 2 * points[1] + points[0]), np.abs(points[3] - 2 * points[2] + points[1]))
    made: Floats = 6.0 / 8.0 / _PIECES**2 * bend
    return made


def _met(areas: Floats, places: NDArray[Any], links: NDArray[Any], at: Floats, stray: Floats) -> Crossings:
    """Return which areas, from left to right, the pieces of lines meet; they are as far right as they are far left.

    `at` (2, m, k) is where the pieces of each line begin and end, `stray` (2, m) how far they bend from there.
    """
    start, end = at[:, :, :-1], at[:, :, 1:]
    low, high = np.minimum(start[1], end[1]) - stray[1][:, None], np.maximum(start[1], end[1]) + stray[1][:, None]
    line, piece = np.nonzero((low <= np.max(areas[:, 3])) & (high >= np.min(areas[:, 1])))
    start, end, stray = start[:, line, piece], end[:, line, piece], stray[:, line]
    low, high = np.minimum(start, end) - stray, np.maximum(start, end) + stray
    first = np.searchsorted(np.maximum.accumulate(areas[:, 2]), low[0], "left")
    last = np.searchsorted(areas[:, 0], high[0], "right")
    count = np.maximum(last - first, 0)
    one = np.repeat(np.arange(len(line)), count)
    area = np.arange(len(one)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
    a, b, c, d = areas.T
    met = (low[0, one] <= c[area]) & (high[0, one] >= a[area]) & (low[1, one] <= d[area]) & (high[1, one] >= b[area])
    one, area = one[met], area[met]
    # Most pieces whose upright boxes touch an area pass it by on a slant.
    dx, dy = (end - start)[:, one]
    x, y = np.array([(a + c) / 2, (b + d) / 2])[:, area] - start[:, one]
    wide, high = np.array([(c - a) / 2, (d - b) / 2])[:, area] + stray[:, one]
    met = np.abs(x * dy - y * dx) <= np.abs(dy) * wide + np.abs(dx) * high
    one, area = one[met], area[met]
    # Pieces came line by line, so only the pages are still to be put into order.
    order = np.argsort(places[area], kind="stable")
    line, piece, place = line[one][order], piece[one][order], places[area][order]
    new = np.flatnonzero(np.r_[True, (line[1:] != line[:-1]) | (place[1:] != place[:-1])][: len(line)])
    ends = np.r_[new[1:], len(line)][: len(new)] - 1
    return Crossings(place[new], links[line[new]], piece[new] / _PIECES, (piece[ends] + 1) / _PIECES)


def together(parts: list[Crossings]) -> Crossings:
    """Return crossings of several batches as one, by page."""
    nothing = Crossings(np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros(0), np.zeros(0))
    names = ("page", "link", "start", "end")
    found = Crossings(*(np.concatenate([getattr(part, name) for part in [nothing, *parts]]) for name in names))
    return found.some(np.argsort(found.page, kind="stable"))


def written(lines: Lines, found: Crossings) -> Iterator[tuple[int, bytes]]:
    """Yield pages with the words that draw lines and arrows on them, in points from their upper left corner.

    A page comes as often as it has parts of `TOGETHER` lines; what is said of some thousand lines is found at once.
    """
    first = np.searchsorted(found.page, found.page)
    part = (np.arange(len(found.page)) - first) // TOGETHER
    edges = np.flatnonzero(np.r_[True, (np.diff(found.page) != 0) | (np.diff(part) != 0)][: len(found.page)]).tolist()
    edges.append(len(found.page))
    at = 0
    while at + 1 < len(edges):
        end = max(at + 1, bisect.bisect_right(edges, edges[at] + BATCH) - 1)
        some = slice(edges[at], edges[end])
        yield from _batch(lines, found.some(some), [edge - edges[at] for edge in edges[at : end + 1]])
        at = end


def _batch(lines: Lines, found: Crossings, edges: list[int]) -> Iterator[tuple[int, bytes]]:
    """Yield what draws the lines of some parts of pages; `edges` is where each part begins, and where the last ends."""
    scale = lines.scale * _FINE
    shift = np.take(lines.corners, found.page, axis=0).T * _FINE
    unit = np.repeat(np.arange(len(edges) - 1), np.diff(edges))
    curves = np.take(lines.points, found.link, axis=2)
    tones = lines.tones[found.link]
    head = b"q /CSp CS /CSp cs %g 0 0 %g 0 0 cm %g w 0 J 0 j\n" % (1 / _FINE, 1 / _FINE, WIDTH * scale)
    said = [[head] for _ in edges[:-1]]
    for tone, ink in zip((link_look.PLAIN, link_look.FOR, link_look.AGAINST), lines.inks, strict=True):
        some = np.flatnonzero(tones == tone)
        here, start, end = unit[some], found.start[some], found.end[some]
        for one in once(here).tolist():
            said[one].append(b"%b SCN %b scn [] 0 d\n" % (ink, ink))
        if not len(some):
            continue
        own, by = np.take(curves, some, axis=2), np.take(shift, some, axis=1)
        straight, chords, bent = _parts(own, start, end, scale, by)
        forms = [b"%d %d m %d %d l S", b"%d %d m %d %d %d %d %d %d c S"]
        if tone == link_look.AGAINST:
            before = np.rint(_dashes(own, start)[:, None] * scale)
            chords, bent = np.c_[before[straight], chords], np.c_[before[~straight], bent]
            dash = b" ".join([b"%d" % round(part * scale) for part in DASHES])
            forms = [b"[%b] %%d d " % dash + form for form in forms]
        _share(said, here[straight], forms[0], chords)
        _share(said, here[~straight], forms[1], bent)
        tips = arrows(np.compress(end == 1.0, own, axis=2)) * scale
        tips += by.T[end == 1.0][:, None]
        _share(said, here[end == 1.0], b"%d %d m %d %d l %d %d l f", np.rint(tips).reshape(-1, 6))
    for one, words in enumerate(said):
        yield int(found.page[edges[one]]), b"%bQ\n" % b"".join(words)


def _share(said: list[list[bytes]], of: NDArray[Any], form: bytes, values: NDArray[Any]) -> None:
    """Give each part of a page the words of its lines: a form filled in with the values (m, k) of each line."""
    if not len(of):
        return
    edges = np.r_[0, np.flatnonzero(np.diff(of)) + 1, len(of)].tolist()
    for start, words in zip(edges, filled(form, values, edges), strict=False):
        said[int(of[start])].append(words)


def _parts(
    curves: Floats, start: Floats, end: Floats, scale: float, shift: Floats
) -> tuple[NDArray[np.bool_], Floats, Floats]:
    """Return which parts of curves (4, 2, m) are straight, the ends (k, 4) of these, and the others (m - k, 8).

    They are told on paper: `scale` times as large, and moved by `shift`. Most are straight and so short that their
    middle need not be looked at: it bends no more than the whole curve does, less by the square of their length.
    """
    bend = np.abs(curves[:2] - 2 * curves[1:3] + curves[2:]).max(axis=(0, 1)) * (end - start) ** 2
    looked = np.flatnonzero(bend * scale >= _STRAIGHT * _FINE)
    a, d = (_blossom(curves, at, at, at) * scale + shift for at in (start, end))
    own, start, end, shift = np.take(curves, looked, axis=2), start[looked], end[looked], np.take(shift, looked, axis=1)
    b = _blossom(own, start, start, end) * scale + shift
    c = _blossom(own, start, end, end) * scale + shift
    parts = np.stack([np.take(a, looked, axis=1), b, c, np.take(d, looked, axis=1)]).transpose(2, 0, 1)
    curved = ~_straight(parts)
    straight = np.ones(len(bend), np.bool_)
    straight[looked[curved]] = False
    return straight, np.rint(np.concatenate([a, d])[:, straight].T), np.rint(parts[curved]).reshape(-1, 8)


def _straight(parts: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which curves (m, 4, 2), in the parts of a point that lines are written in, are straight."""
    a, b, c, d = parts.transpose(1, 0, 2)
    stray = np.maximum(np.abs(b * 3 - a * 2 - d).max(axis=1), np.abs(c * 3 - a - d * 2).max(axis=1))
    made: NDArray[np.bool_] = stray < _STRAIGHT * _FINE * 3
    return made


def _dashes(curves: Floats, start: Floats) -> Floats:
    """Return how far into its dashes each line is where its part begins, in board units."""
    at = bezier(curves, _T)
    along = np.cumsum(np.hypot(np.diff(at[0]), np.diff(at[1])), axis=1)
    along = np.concatenate([np.zeros((len(along), 1)), along], axis=1)
    made: Floats = along[np.arange(len(start)), np.rint(start * _PIECES).astype(np.int64)] % sum(DASHES)
    return made


def _blossom(curves: Floats, a: Floats, b: Floats, c: Floats) -> Floats:
    """Return the points (2, m) that belong to three places on each curve (4, 2, m): the place itself where all are one.

    The corners of a part of a curve are those of its start and end, each as often as its distance from there wants.
    """
    first = [curves[k] * (1 - a) + curves[k + 1] * a for k in range(3)]
    second = [first[k] * (1 - b) + first[k + 1] * b for k in range(2)]
    made: Floats = second[0] * (1 - c) + second[1] * c
    return made
