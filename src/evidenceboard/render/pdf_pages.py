"""The pages of a PDF as words that draw them: each card is drawn once, and put onto every page that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.boxes import Box, once
from evidenceboard.render import page_paint, paper_paint, pdf_lines, pdf_map
from evidenceboard.render.page_paint import CARDS, LINKS
from evidenceboard.render.pages import SMALL, Page, Pages
from evidenceboard.render.pdf_cards import Cards
from evidenceboard.render.pdf_drawn import Drawn, placed, scaled
from evidenceboard.render.pdf_file import Packer, colour, numbers, streams
from evidenceboard.render.pdf_forms import Forms
from evidenceboard.render.pdf_grounds import GroundStreams
from evidenceboard.render.pdf_labels import Labels
from evidenceboard.render.pdf_letters import Letters
from evidenceboard.render.pdf_liner import Liner
from evidenceboard.render.progress import Tick, beside, from_to, unheard

_BASE: Final = b"/GSa gs /CSp cs /CSp CS\n1 0 0 -1 0 %b cm\n"
_OFTEN: Final = 1_000
"""Pages after which it is told that work goes on."""


class PageWriter:
    """Write what the pages show, strip by strip, so that drawings are kept no longer than neighbours need them."""

    def __init__(self, pages: Pages, packer: Packer, drawn: Drawn, tick: Tick, liner: Liner | None = None) -> None:
        """`liner`: what writes lines beside the program."""
        self.pages, self.packer, self.drawn, self.tick = pages, packer, drawn, tick
        paper, scale = pages.paper, pages.pages[-1].scale
        self._letters = Letters(drawn, tick)
        self._forms = Forms(drawn, packer, tick)
        self._labels = Labels(paper, scale, drawn, self._letters)
        self._writer = Cards(paper, scale, drawn, self._forms, self._letters)
        self._grounds = GroundStreams(pdf_lines.lines_of(pages, tick), packer, tick, liner)
        self._cards: dict[int, bytes] = {}
        """What draws those cards that may be needed again, by slot."""

    def write(self) -> list[list[int]]:
        """Write all pages and return the numbers of the streams of each."""
        made = self._written()
        for place, before in self._grounds.close().items():
            made[place][:0] = before
        return made

    def _written(self) -> list[list[int]]:
        made: list[list[int]] = [[] for _ in self.pages.pages]
        self.tick(0.0)
        groups = strips(self.pages, self.tick)
        self.tick(0.0)
        shown = self._all_shown(groups)
        last = np.full(self.pages.paper.scene.n, -1, np.int32)
        for step, place in enumerate(place for group in groups for place in group):
            if step % _OFTEN == 0:
                self.tick(0.0)
            last[shown[place]] = place
        done = 0
        for group in groups:
            tick = from_to(self.tick, done / len(made), (done + len(group)) / len(made))
            for place in group:
                if self.pages.pages[place].kind == "map":
                    made[place] = self._put(self._map(place, tick))
            tiles = [place for place in group if self.pages.pages[place].kind != "map"]
            words = self._begin_lines(tiles, from_to(tick, 0.0, 0.3))
            self._write_cards([shown[place] for place in tiles])
            for step, place in enumerate(tiles):
                part = from_to(tick, 0.3 + 0.7 * step / len(tiles), 0.3 + 0.7 * (step + 1) / len(tiles))
                page_paint.neighbours(self.pages, place, shown[place])
                made[place] = self._put(self._board(place, shown[place], words, part))
                for slot in shown[place][last[shown[place]] == place].tolist():
                    self._cards.pop(slot, None)
            done += len(group)
        return made

    def _write_cards(self, shown: list[NDArray[np.int32]]) -> None:
        """Write the cards of some pages: for many at once, Qt has less to do for what is met for the first time."""
        slots = once(np.concatenate([np.zeros(0, np.int32), *shown])).tolist()
        new = [slot for slot in slots if slot not in self._cards]
        for first in range(0, len(new), CARDS):
            self.tick(0.0)
            self._cards.update(self._writer.written(new[first : first + CARDS]))

    def _all_shown(self, groups: list[list[int]]) -> dict[int, NDArray[np.int32]]:
        """Return the cards on each page, the hindmost first."""
        scene = self.pages.paper.scene
        shown: dict[int, NDArray[np.int32]] = {}
        for group in groups:
            # The first time all cards are put into order, which takes long for very many.
            around = _around([self.pages.pages[place].area for place in group])
            near = beside(partial(scene.cards_in, around), self.tick)
            x, y, w, h = scene.box[:, near]
            right, bottom = x + w, y + h
            for place in group:
                if place % LINKS == 0:
                    self.tick(0.0)
                a, b, c, d = self.pages.pages[place].area
                shown[place] = near[(x < c) & (right > a) & (y < d) & (bottom > b)]
        return shown

    def _put(self, parts: Iterator[bytes]) -> list[int]:
        return [self.packer.put([one]) for one in streams(parts)]

    def _map(self, place: int, tick: Tick) -> Iterator[bytes]:
        yield based(self.pages.pages[place])
        for said in pdf_map.written(self.pages, self.drawn):
            tick(0.0)
            yield said
        yield placed(self.drawn.stamps([partial(page_paint.edges, pages=self.pages, place=place)])[0])

    def _begin_lines(self, places: list[int], tick: Tick) -> NDArray[Any]:
        """Have the lines of a strip of pages written; return the links whose words may be on any of them."""
        if not places:
            return np.zeros(0, np.intp)
        paper = self.pages.paper
        whole = _around([self.pages.pages[place].area for place in places])
        links = paper_paint.links_in(paper, whole)
        self._grounds.strip({place: self._ground(place) for place in places}, links, tick)
        return links[paper_paint.labels_in(paper, links, whole)]

    def _ground(self, place: int) -> bytes:
        """Return what is drawn below the lines of a page: where it begins and ends, and its frames."""
        page, clip = self.pages.pages[place], b""
        if page.kind == "tile":
            wide, high = (page.area[2] - page.area[0]) * page.scale, (page.area[3] - page.area[1]) * page.scale
            clip = b"q %b re W n\n" % numbers(page.left, page.top, wide, high)
        return b"".join([based(page), clip, self._frames(page, "frame", paper_paint.paint_frame)])

    def _board(self, place: int, slots: NDArray[Any], near: NDArray[Any], tick: Tick) -> Iterator[bytes]:
        """Yield what draws a page, words of links that lie `near` it among that."""
        page = self.pages.pages[place]
        words = near[paper_paint.labels_in(self.pages.paper, near, page.area)]
        count = len(slots) + len(words) + 1
        done = 0
        for said in self._grounds.of(place):
            tick(0.0)
            yield said
        yield self._labels.patches(page, words)
        for part in _parts(words, LINKS):
            tick(done / count)
            yield self._labels.written(page, part)
            done += len(part)
        yield self._frames(page, "title", paper_paint.paint_title)
        for part in _parts(slots, CARDS):
            tick(done / count)
            yield self._shown(page, part)
            done += len(part)
        if page.kind == "tile":
            yield b"Q\n"
        self._forms.make({"head": partial(page_paint.paint_head, pages=self.pages, place=place)})
        yield self._forms.placed("head", 0.0, 0.0)
        yield self._own(place)

    def _frames(self, page: Page, what: str, paint: Callable[..., None]) -> bytes:
        """Return what shows the frames of a page, or their titles."""
        paper = self.pages.paper
        places = paper.scene.frames_in(page.area)
        self._forms.make({
            (what, place): scaled(page.scale, partial(paint, paper=paper, place=place)) for place in places
        })  # fmt: skip
        zero = page.on_page(0.0, 0.0)
        return b"".join([self._forms.placed((what, place), *zero) for place in places])

    def _own(self, place: int) -> bytes:
        """Return what a page has around the board that no other one has."""
        palette = self.pages.paper.picture.palette
        own = page_paint.own_words(self.pages, place)
        lines = [self._letters.lines((said,), at, SMALL, "regular", high, palette.muted, 1.0) for at, said, high in own]
        said = [line for line in lines if line is not None]
        if place == 0 or len(said) < len(lines):
            return placed(self.drawn.stamps([partial(page_paint.paint_own, pages=self.pages, place=place)])[0])
        dashes = numbers(*page_paint.CUT_DASHES)
        said.append(b"q %b SCN %g w 2 J [%b] 0 d\n" % (colour(palette.border), page_paint.CUT_LINE, dashes))
        said += [b"%b m %b l S\n" % (numbers(*line[:2]), numbers(*line[2:]))
                 for line in page_paint.cut_lines(self.pages.pages[place])]  # fmt: skip
        return b"".join([*said, b"Q\n"])

    def _shown(self, page: Page, slots: NDArray[Any]) -> bytes:
        """Return what draws some cards on a page."""
        corners = self.pages.paper.scene.box[:2, slots].T.tolist()
        return b"".join([
            b"q 1 0 0 1 %b cm\n%bQ\n" % (numbers(*page.on_page(*corner)), self._cards[slot])
            for slot, corner in zip(slots.tolist(), corners, strict=True)
        ])  # fmt: skip


def strips(pages: Pages, tick: Tick = unheard) -> list[list[int]]:
    """Return the places of all pages in strips of the board, across or down, whichever are fewer."""
    ways: list[dict[tuple[float, ...], list[int]]] = [{}, {}]
    for first, way in enumerate(ways):
        for place, page in enumerate(pages.pages):
            if place % _OFTEN == 0:
                tick(0.0)
            cell = page.cell or page.area
            key = (-1.0,) if page.kind == "map" else (cell[1 - first], cell[3 - first])
            way.setdefault(key, []).append(place)
    return list(min(ways, key=len).values())


def _around(areas: list[Box]) -> Box:
    left, top, right, bottom = zip(*areas, strict=True)
    return (min(left), min(top), max(right), max(bottom))


def _parts(found: NDArray[Any], size: int) -> list[NDArray[Any]]:
    return [found[start : start + size] for start in range(0, len(found), size)]


def based(page: Page) -> bytes:
    """Return how the drawing of a page begins: points go downwards from its upper left corner."""
    return _BASE % numbers(page.height)
