"""Where bookmarks and links inside a PDF lead: the board, its frames, its cards by number, the tiles beside a tile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Final

import numpy as np

from evidenceboard.formats.listing import by_number
from evidenceboard.model.boxes import Ints
from evidenceboard.model.marks import visible
from evidenceboard.model.records import Entity
from evidenceboard.model.values import dataclass
from evidenceboard.render import key_map
from evidenceboard.render.page_paint import neighbours
from evidenceboard.render.pages import SMALL, SMALL_LINE, Pages
from evidenceboard.render.progress import Tick, from_to
from evidenceboard.render.text import line_width

MOST_CARDS: Final = 20_000
"""Cards up to which a document has bookmarks."""
MOST_LINKS: Final = 5_000
"""Links up to which the words of each lead to the card at its end."""
_OFTEN: Final = 200
_FEW: Final = 20
"""Steps after which progress is told, and such that take longer."""
_ABOVE: Final = 8.0
_TITLE: Final = 120


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the document: the page, and points from its lower left corner."""

    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Mark:
    """One bookmark with those below it."""

    title: str
    to: Spot
    below: list[Mark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Jump:
    """A rectangle of a page (left, bottom, right, top in points) that leads somewhere."""

    page: int
    box: tuple[float, float, float, float]
    to: Spot


def bookmarks(pages: Pages, tick: Tick) -> list[Mark] | None:
    """Return the bookmarks: the board, its frames, its cards by number; None where there are too many."""
    paper = pages.paper
    scene, document = paper.scene, paper.included.document
    order = scene.order().tolist()
    if len(order) > MOST_CARDS:
        return None
    home = _homes(pages, from_to(tick, 0.0, 0.3))
    found = [(entity, slot) for slot in order
             if isinstance(entity := document.find("entities", scene.entity_ids[slot]), Entity)]  # fmt: skip
    held: dict[int, list[Mark]] = {}
    for done, (entity, slot) in enumerate(sorted(found, key=lambda one: by_number(one[0]))):
        if done % _OFTEN == 0:
            tick(0.5)
        to = _spot(pages, int(home[slot]), *scene.box[:2, slot].tolist())
        held.setdefault(int(scene.frame[slot]), []).append(Mark(f"{entity.number}  {_short(entity.title)}", to))
    below = []
    for place, frame in enumerate(scene.frames):
        page = _page_of(pages, frame.x, frame.y)
        below.append(Mark(_short(frame.title) or "–", _spot(pages, page, frame.x, frame.y), held.get(place, [])))
    return [
        Mark(_short(paper.included.board.title) or "–", Spot(0, 0.0, pages.pages[0].height), below + held.get(-1, []))
    ]


def words_lead(pages: Pages) -> bool:
    """Return whether the words of a link lead to the card at its end: not where there are too many."""
    return int(pages.paper.picture.routes.shown.sum()) <= MOST_LINKS


def jumps(pages: Pages, tick: Tick) -> Iterator[Jump]:
    """Yield the links inside the document.

    The map and the signs beside a tile lead to tiles, the words of a link to the card at its end.
    """
    for number, page in enumerate(pages.pages):
        if number % _OFTEN == 0:
            tick(0.5 * number / len(pages.pages))
        if page.kind == "map":
            for place, tile in enumerate(pages.pages[1:], start=1):
                if place % _OFTEN == 0:
                    tick(0.0)
                box = key_map.tile_box(page, tile)
                corners = (box.left(), page.height - box.bottom(), box.right(), page.height - box.top())
                yield Jump(number, corners, Spot(place, 0.0, tile.height))
        for (x, y), words, to in neighbours(pages, number):
            corners = (x, page.height - y - SMALL_LINE, x + line_width(words, SMALL), page.height - y)
            yield Jump(number, corners, Spot(to, 0.0, pages.pages[to].height))
    if words_lead(pages):
        yield from _to_cards(pages, from_to(tick, 0.5, 1.0))


def _to_cards(pages: Pages, tick: Tick) -> Iterator[Jump]:
    scene, home = pages.paper.scene, _homes(pages, from_to(tick, 0.0, 0.2))
    shown = np.flatnonzero(pages.paper.picture.routes.shown)
    shown = shown[~scene.hidden[scene.ends[1, shown]]]
    boxes = pages.paper.label_boxes[shown]
    for number, page in enumerate(pages.pages):
        if number % _FEW == 0:
            tick(0.2 + 0.8 * number / len(pages.pages))
        a, b, c, d = page.area
        here = (boxes[:, 0] >= a) & (boxes[:, 2] <= c) & (boxes[:, 1] >= b) & (boxes[:, 3] <= d) & (page.kind != "map")
        for index, (left, top, right, bottom) in zip(shown[here].tolist(), boxes[here].tolist(), strict=True):
            end = int(scene.ends[1, index])
            (x, y), (to_x, to_y) = page.on_page(left, top), page.on_page(right, bottom)
            spot = _spot(pages, int(home[end]), *scene.box[:2, end].tolist())
            yield Jump(number, (x, page.height - to_y, to_x, page.height - y), spot)


def _homes(pages: Pages, tick: Tick) -> Ints:
    """Return for each card the page whose own part holds its middle, else the first that shows it."""
    x, y, w, h = pages.paper.scene.box[:, : pages.paper.scene.n]
    x, y = x + w / 2, y + h / 2
    home = np.full(len(x), -1, np.int32)
    order = np.argsort(x, kind="stable")
    along = x[order]
    for shared in (False, True):
        for number, page in enumerate(pages.pages):
            if number % _OFTEN == 0:
                tick(number / len(pages.pages))
            a, b, c, d = page.area if shared or page.cell is None else page.cell
            if page.kind != "map":
                near = order[slice(*np.searchsorted(along, [a, np.nextafter(c, np.inf)]).tolist())]
                near = near[(home[near] < 0) & (y[near] >= b) & (y[near] <= d)]
                home[near] = number
        if (home >= 0).all():
            break
    home[home < 0] = len(pages.pages) - 1
    return home


def _page_of(pages: Pages, x: float, y: float) -> int:
    for number, page in enumerate(pages.pages):
        a, b, c, d = page.cell or page.area
        if page.kind != "map" and a <= x <= c and b <= y <= d:
            return number
    return len(pages.pages) - 1


def _spot(pages: Pages, number: int, x: float, y: float) -> Spot:
    page = pages.pages[number]
    at_x, at_y = page.on_page(x, y)
    return Spot(number, max(at_x - _ABOVE, 0.0), min(page.height - at_y + _ABOVE, page.height))


def _short(title: str) -> str:
    line = " ".join(visible(title).split())
    return line if len(line) <= _TITLE else line[: _TITLE - 1] + "…"
