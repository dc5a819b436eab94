"""The pages of a board on paper: one poster, or tiles with a key map. Lengths are points, 72 to an inch."""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import field
from datetime import date
from functools import partial
from typing import Final

import numpy as np

from evidenceboard.errors import InvalidValueError
from evidenceboard.model.boxes import Box, Floats
from evidenceboard.model.values import dataclass
from evidenceboard.render import legend
from evidenceboard.render.cuts import Cell, tiled
from evidenceboard.render.paper import Paper
from evidenceboard.render.progress import Tick, beside, unheard
from evidenceboard.render.text import broken, line_width

UNIT: Final = 0.75
"""Points for one board unit at 100 %."""
MARGIN: Final = 12 / 25.4 * 72
LARGEST: Final = 14_400.0
"""Points that a side of a PDF page may have: 200 inches."""
NARROWEST: Final = 420.0
SMALL: Final = 8.0
SMALL_LINE: Final = 11.0
MARKING_HIGH: Final = 14.0
OVERLAP: Final = 10 / 25.4 * 72 / UNIT
"""Board units that a tile shows of each neighbour at least."""
_SPLIT: Final = 4
"""How many pages more are better than a card that is whole on none."""
PAPERS: Final = {
    "A5": (419.528, 595.276),
    "A4": (595.276, 841.89),
    "A3": (841.89, 1190.551),
    "A2": (1190.551, 1683.78),
    "A1": (1683.78, 2383.937),
    "A0": (2383.937, 3370.394),
    "Letter": (612.0, 792.0),
    "Legal": (612.0, 1008.0),
    "Tabloid": (792.0, 1224.0),
}
PRODUCTS: Final = ("poster", "atlas")
_AIR: Final = 10.0
_ALMOST: Final = 1 - 1e-9
"""What of the full size counts as such: numbers are rounded where a page is made as wide as the board."""
_OFTEN: Final = 100
"""Pages after which progress is told."""
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its size, the part of the board on it in board units, where that lies and how large a unit is.

    `kind` is poster, map or tile. `cell` is the part of a tile that is its own: outside lies what neighbours show too.
    """

    kind: str
    width: float
    height: float
    area: Box
    left: float
    top: float
    scale: float
    name: str = ""
    cell: Box | None = None

    def on_page(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the board lies on the page, in points from the upper left corner."""
        return self.left + (x - self.area[0]) * self.scale, self.top + (y - self.area[1]) * self.scale


@dataclass(slots=True)
class Pages:
    """The pages of one board in order, with the words around it. `said` tells what could not be kept."""

    paper: Paper
    pages: list[Page]
    title: tuple[str, ...]
    day: str
    legend: legend.Legend
    said: list[str] = field(default_factory=list)
    signs: dict[int, list[tuple[tuple[float, float], str, int]]] = field(default_factory=dict)
    """Where, in what words and to which page the tiles point that were looked at."""
    _edges: dict[tuple[str, float], list[tuple[float, float, int]]] = field(default_factory=dict)
    """Where along an edge which tile touches it, in order, by the side of the tile and the place of the edge."""

    @property
    def legend_top(self) -> float:
        """Return where the legend begins on the first page."""
        return self.pages[0].height - MARGIN - MARKING_HIGH - _AIR - self.legend.height

    def beside(self, place: int) -> dict[str, list[int]]:
        """Return the tiles that touch a tile with an edge of theirs, by the sign for the side."""
        if not self._edges:
            for number, page in enumerate(self.pages):
                if page.cell:
                    a, b, c, d = page.cell
                    for side, edge, low, far in (("→", a, b, d), ("↓", b, a, c), ("←", c, b, d), ("↑", d, a, c)):
                        self._edges.setdefault((side, edge), []).append((low, far, number))
            for touching in self._edges.values():
                touching.sort()
        found: dict[str, list[int]] = {"←": [], "→": [], "↑": [], "↓": []}
        cell = self.pages[place].cell
        if cell is None:
            return found
        a, b, c, d = cell
        for arrow, edge, low, far in (("←", a, b, d), ("→", c, b, d), ("↑", b, a, c), ("↓", d, a, c)):
            others = self._edges.get((arrow, edge), [])
            # They lie one after the other, so the first that goes beyond `low` is the one that begins there or before.
            for start, end, number in others[max(bisect.bisect_right(others, (low,)) - 1, 0) :]:
                if start >= far:
                    break
                if end > low:
                    found[arrow].append(number)
        return found


def planned(
    paper: Paper,
    product: str = "poster",
    size: str = "",
    day: date | None = None,
    tick: Tick = unheard,
    largest: float = LARGEST,
) -> Pages:
    """Return the pages of a board. `size`: a paper such as `A4` or `A3 landscape`. Raises `InvalidValueError`.

    `largest`: points that a side of a poster may have; what is no PDF has no such limit.
    """
    check(product, size)
    if product == "atlas":
        return _atlas(paper, size or "A4", _said(day or date.today()), tick)
    return _poster(paper, size, _said(day or date.today()), largest)


def check(product: str, size: str) -> None:
    """Raise `InvalidValueError` for a product or a paper that there is not."""
    if product == "report":
        raise InvalidValueError("Reports are not made by this version; nothing was written.", "Use poster or atlas.")
    if product not in PRODUCTS:
        raise InvalidValueError("There is no such product; nothing was written.", "There are: poster, atlas.")
    if size:
        _sizes(size)


def _said(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _sizes(size: str) -> list[tuple[float, float]]:
    """Return width and height of a paper, upright and lying, or one of them where the name says which."""
    words = size.replace("-", " ").replace(",", " ").split()
    known = {name.lower(): sides for name, sides in PAPERS.items()}
    sides = known.get(words[0].lower()) if words else None
    turned = " ".join(words[1:]).lower()
    if sides is None or turned not in ("", "portrait", "landscape"):
        raise InvalidValueError(
            "There is no paper of this name; nothing was written.",
            f"There are: {', '.join(PAPERS)}, each alone or with “portrait” or “landscape”.",
        )
    both = [sides, sides[::-1]]
    return both if not turned else [both[turned == "landscape"]]


def _title(paper: Paper, width: float) -> tuple[str, ...]:
    room = width - 2 * MARGIN - marking_wide(paper) - 2 * _AIR
    return broken(paper.included.title, SMALL, "regular", max(room, 60.0), 10_000) or ("–",)


def _legend(paper: Paper, width: float) -> legend.Legend:
    return legend.made(paper.picture, width - 2 * MARGIN, paper.included.at_most, paper.marks)


def marking_wide(paper: Paper) -> float:
    """Return the width that the markings take in header and footer, in points."""
    return sum(line_width(word, SMALL, "medium") + 10 for word in paper.included.markings)


def _above(title: tuple[str, ...]) -> float:
    return MARGIN + max(len(title) * SMALL_LINE, MARKING_HIGH) + _AIR


def _below(key: legend.Legend | None) -> float:
    return _AIR + (key.height + _AIR if key and key.height else 0.0) + MARKING_HIGH + MARGIN


def _poster(paper: Paper, size: str, day: str, largest: float) -> Pages:
    left, top, right, bottom = paper.bounds
    wide, high = right - left, bottom - top
    if size:
        fixed = _sizes(size)
        width, height = fixed[0] if len(fixed) == 1 or wide <= high else fixed[1]
    else:
        width = max(min(wide * UNIT + 2 * MARGIN, largest), NARROWEST)
        height = largest
    title, key = _title(paper, width), _legend(paper, width)
    around = _above(title) + _below(key)
    scale = min((width - 2 * MARGIN) / wide, max(height - around, 36.0) / high)
    if scale > UNIT * _ALMOST:
        scale = UNIT
    if not size:
        width = max(wide * scale + 2 * MARGIN, NARROWEST)
        title, key = _title(paper, width), _legend(paper, width)
        around = _above(title) + _below(key)
        height = min(around + high * scale, largest)
    start = (width - wide * scale) / 2
    page = Page("poster", width, height, paper.bounds, start, _above(title), scale)
    said = []
    if scale < UNIT:
        why = "what fits on the paper" if size else "the largest page that a PDF may have, 200 inches"
        said.append(f"the full size of the board: it is drawn at {_percent(scale / UNIT)}, {why}")
    return Pages(paper, [page], title, day, key, said)


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %" if share >= 0.1 else f"{share * 100:.2g} %"


def _atlas(paper: Paper, size: str, day: str, tick: Tick) -> Pages:
    best: tuple[Pages, int] | None = None
    least = 0
    for made, cut in (way for sheet in _sizes(size) for way in _atlases(paper, *sheet, day, tick)):
        split = _split(made, tick) if cut else 0
        weight = len(made.pages) + _SPLIT * split
        if best is None or weight < least:
            best, least = (made, split), weight
    assert best is not None, "there is a sheet of every paper"
    pages, split = best
    if split:
        several = "a card" if split == 1 else f"{split:,} cards"
        pages.said.append(f"{several} in one piece: the paper is too small, so a cut goes through")
    return pages


def _atlases(paper: Paper, width: float, height: float, day: str, tick: Tick) -> Iterator[tuple[Pages, int]]:
    """Yield the ways to put a board onto sheets of one size: cut into rows first, or into columns first.

    With each comes how many times a cut goes through a card.
    """
    title = _title(paper, width)
    key = _legend(paper, width)
    if _fits(paper.bounds, width - 2 * MARGIN, height - _above(title) - _below(key)):
        yield Pages(paper, [_single(paper, width, height, title)], title, day, key), 0
        return
    wide = (width - 2 * MARGIN) / UNIT - 2 * OVERLAP
    high = (height - _above(title) - _below(None)) / UNIT - 2 * OVERLAP
    things, cards = beside(partial(_things, paper), tick)
    first = _map(paper, width, height, title, key)
    for way in (False, True):
        cells, cut = tiled(things, cards, wide, high, columns_first=way, tick=tick)
        tiles = []
        for number, cell in enumerate(cells):
            if number % _OFTEN == 0:
                tick(0.0)
            tiles.append(_tile(paper, cell, width, height, title))
        yield Pages(paper, [first, *tiles], title, day, key), cut


def _split(pages: Pages, tick: Tick) -> int:
    """Return how many cards are whole on no page."""
    _, (left, top, right, bottom) = beside(partial(_things, pages.paper), tick)
    whole = np.zeros(len(left), np.bool_)
    order = np.argsort(left, kind="stable")
    along = left[order]
    for number, page in enumerate(pages.pages):
        if number % _OFTEN == 0:
            tick(0.0)
        if page.kind != "map":
            a, b, c, d = page.area
            near = order[slice(*np.searchsorted(along, [a, c]).tolist())]
            whole[near] |= (right[near] <= c) & (top[near] >= b) & (bottom[near] <= d)
    return int((~whole).sum())


def _things(paper: Paper) -> tuple[Floats, Floats]:
    """Return the boxes (left, top, right, bottom) of all that a tile must show, and those of the cards alone."""
    x, y, w, h = paper.scene.box[:, paper.scene.order()]
    cards = np.array([x, y, x + w, y + h])
    frames = np.array([paper.scene.frame_box(place) for place in range(len(paper.scene.frames))]).reshape(-1, 4).T
    return np.concatenate([cards, frames], axis=1), cards


def _fits(bounds: Box, wide: float, high: float) -> bool:
    return (bounds[2] - bounds[0]) * UNIT <= wide and (bounds[3] - bounds[1]) * UNIT <= high


def _single(paper: Paper, width: float, height: float, title: tuple[str, ...]) -> Page:
    start = (width - (paper.bounds[2] - paper.bounds[0]) * UNIT) / 2
    return Page("tile", width, height, paper.bounds, start, _above(title), UNIT)


def _map(paper: Paper, width: float, height: float, title: tuple[str, ...], key: legend.Legend) -> Page:
    left, top, right, bottom = paper.bounds
    high = height - _above(title) - _below(key)
    scale = min(UNIT, (width - 2 * MARGIN) / (right - left), max(high, 36.0) / (bottom - top))
    start = (width - (right - left) * scale) / 2
    return Page("map", width, height, paper.bounds, start, _above(title), scale)


def _wider(start: float, end: float, low: float, far: float, room: float) -> tuple[float, float]:
    """Return a stretch made longer on both sides to the room there is, inside `low` and `far`."""
    start = max(start - (room - (end - start)) / 2, low)
    end = min(start + room, far)
    return max(end - room, low), end


def _tile(paper: Paper, cell: Cell, width: float, height: float, title: tuple[str, ...]) -> Page:
    """Return the page of a tile: what is its own, and around it as much of its neighbours as the paper has room for."""
    left, top, right, bottom = paper.bounds
    a, b, c, d = cell.box
    from_x, to_x = _wider(a, c, left, right, (width - 2 * MARGIN) / UNIT)
    from_y, to_y = _wider(b, d, top, bottom, (height - _above(title) - _below(None)) / UNIT)
    area = (from_x, from_y, to_x, to_y)
    start = (width - (area[2] - area[0]) * UNIT) / 2
    return Page("tile", width, height, area, start, _above(title), UNIT, cell.name, cell.box)
