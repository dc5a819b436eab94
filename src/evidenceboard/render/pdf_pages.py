"""The pages of a PDF as words that draw them: each card is drawn once, and put onto every page that shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainter

from evidenceboard.model.scene import Box
from evidenceboard.render import key_map, page_paint, paper_paint, pdf_lines
from evidenceboard.render.page_paint import CARDS, LINKS
from evidenceboard.render.pages import Page, Pages
from evidenceboard.render.pdf_drawn import Drawn, Piece
from evidenceboard.render.pdf_file import Packer, colour, numbers
from evidenceboard.render.progress import Tick, from_to

_BASE: Final = b"/GSa gs /CSp cs /CSp CS\n1 0 0 -1 0 %b cm\n"
_HINTS: Final = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
_MOST: Final = 20_000
"""Drawings from which on those of the words of links are not kept any longer."""
_STREAM: Final = 1_000_000
"""Bytes of drawing from which on a page has another stream."""


@dataclass(slots=True)
class PageWriter:
    """Write what the pages show, strip by strip, so that drawings are kept no longer than neighbours need them."""

    pages: Pages
    packer: Packer
    drawn: Drawn
    tick: Tick
    _stamps: dict[Any, bytes] = field(default_factory=dict)
    """What is drawn and may be needed again: cards by slot, words of links by what they say."""

    _said: dict[int, paper_paint.Words] = field(default_factory=dict)

    def write(self) -> list[list[int]]:
        """Write all pages and return the numbers of the streams of each."""
        streams: list[list[int]] = [[] for _ in self.pages.pages]
        groups = strips(self.pages)
        shown: dict[int, NDArray[np.int32]] = {}
        for place in range(len(streams)):
            if place % LINKS == 0:
                self.tick(0.0)
            shown[place] = page_paint.shown(self.pages, place)
        last = np.full(self.pages.paper.scene.n, -1, np.int32)
        for place in (place for group in groups for place in group):
            last[shown[place]] = place
        done = 0
        for group in groups:
            tick = from_to(self.tick, done / len(streams), (done + len(group)) / len(streams))
            for place in group:
                if self.pages.pages[place].kind == "map":
                    streams[place] = self._put(place, self._map(place, tick))
            tiles = [place for place in group if self.pages.pages[place].kind != "map"]
            for step, (place, lines, words) in enumerate(self._links(tiles, tick)):
                part = from_to(tick, 0.3 + 0.7 * step / len(tiles), 0.3 + 0.7 * (step + 1) / len(tiles))
                streams[place] = self._put(place, self._board(place, shown[place], lines, words, part))
                for slot in shown[place][last[shown[place]] == place].tolist():
                    self._stamps.pop(slot, None)
            done += len(group)
        return streams

    def _put(self, place: int, parts: Iterator[bytes]) -> list[int]:
        made: list[int] = []
        held, size = [based(self.pages.pages[place])], 0
        for part in parts:
            held.append(part)
            size += len(part)
            if size > _STREAM:
                made.append(self.packer.put(held))
                held, size = [], 0
        if held:
            made.append(self.packer.put(held))
        return made

    def _map(self, place: int, tick: Tick) -> Iterator[bytes]:
        for piece in key_map.pieces(self.pages):
            tick(0.0)
            yield placed(self.drawn.stamps([piece])[0])
        yield placed(self.drawn.stamps([partial(page_paint.edges, pages=self.pages, place=place)])[0])

    def _links(self, places: list[int], tick: Tick) -> Iterator[tuple[int, pdf_lines.Crossings, NDArray[Any]]]:
        """Yield the pages of a strip with the lines and the links with words that each shows."""
        if not places:
            return
        paper = self.pages.paper
        whole = _around([self.pages.pages[place].area for place in places])
        links = paper_paint.links_in(paper, whole)
        parts = []
        for part in pdf_lines.crossings(self.pages, places, links):
            parts.append(part)
            tick(0.3 * len(parts) * pdf_lines.BATCH / max(len(links), pdf_lines.BATCH))
        found = pdf_lines.together(parts)
        worded = links[paper_paint.labels_in(paper, links, whole)]
        for place in places:
            words = worded[paper_paint.labels_in(paper, worded, self.pages.pages[place].area)]
            yield place, found.on(place), words

    def _board(
        self, place: int, slots: NDArray[Any], lines: pdf_lines.Crossings, words: NDArray[Any], tick: Tick
    ) -> Iterator[bytes]:
        page = self.pages.pages[place]
        count = len(slots) + len(words) + len(lines.link)
        done = 0
        pieces = self._around(place)
        if len(slots) <= CARDS:
            # On a page with few cards all that is new is drawn in one step.
            pieces |= self._new_cards(page, slots) | self._new_words(page, words[:LINKS])
        self._draw(pieces)
        if page.kind == "tile":
            wide, high = (page.area[2] - page.area[0]) * page.scale, (page.area[3] - page.area[1]) * page.scale
            yield b"q %b re W n\n" % numbers(page.left, page.top, wide, high)
        yield placed(self._stamps.pop("frames", b""))
        for part in _parts(np.arange(len(lines.link)), LINKS):
            tick(done / count)
            yield pdf_lines.written(self.pages, page, lines.some(part))
            done += len(part)
        yield self._patches(page, words)
        for part in _parts(words, LINKS):
            tick(done / count)
            yield self._labels(page, part)
            done += len(part)
        yield placed(self._stamps.pop("titles", b""))
        for part in _parts(slots, CARDS):
            tick(done / count)
            yield self._cards(page, part)
            done += len(part)
        if page.kind == "tile":
            yield b"Q\n"
        yield placed(self._stamps["head"])
        yield placed(self._stamps.pop("edges"))

    def _draw(self, pieces: dict[Any, Piece]) -> None:
        """Draw stamps and keep them under their keys."""
        self._stamps.update(zip(pieces, self.drawn.stamps(list(pieces.values())), strict=True))

    def _around(self, place: int) -> dict[Any, Piece]:
        """Return what paints all of a page but its lines, words and cards."""
        page, paper = self.pages.pages[place], self.pages.paper
        found: dict[Any, Piece] = {"edges": partial(page_paint.paint_own, pages=self.pages, place=place)}
        if "head" not in self._stamps:
            found["head"] = partial(page_paint.paint_head, pages=self.pages, place=place)
        if paper_paint.frames_in(paper, page.area):
            for key, paint in (("frames", paper_paint.paint_frames), ("titles", paper_paint.paint_titles)):
                found[key] = page_paint.on_board(page, partial(paint, paper=paper, area=page.area))
        return found

    def _patches(self, page: Page, links: NDArray[Any]) -> bytes:
        """Return the ground behind words: all of it first, for no patch may lie over the words of another link."""
        ground = b"%b scn\n" % colour(self.pages.paper.picture.palette.board)
        said = [b"q /CSp cs ", ground]
        for left, top, right, bottom in self.pages.paper.label_boxes[links].tolist():
            at = page.on_page(left, top)
            said.append(b"%b re f\n" % numbers(*at, (right - left) * page.scale, (bottom - top) * page.scale))
        return b"".join([*said, b"Q\n"]) if len(links) else b""

    def _labels(self, page: Page, links: NDArray[Any]) -> bytes:
        paper = self.pages.paper
        self._draw(self._new_words(page, links))
        said = [self._words_of(index) for index in links.tolist()]
        boxes = paper.label_boxes[links].tolist()
        return b"".join([
            placed(self._stamps[words], *page.on_page(box[0], box[1])) for words, box in zip(said, boxes, strict=True)
        ])  # fmt: skip

    def _new_words(self, page: Page, links: NDArray[Any]) -> dict[Any, Piece]:
        """Return what paints those words of links that are not drawn yet."""
        paper = self.pages.paper
        found: dict[Any, Piece] = {}
        if len(self._stamps) > _MOST:
            self._stamps = {key: stamp for key, stamp in self._stamps.items() if not isinstance(key, tuple)}
        for index in links.tolist():
            words = self._words_of(index)
            if words not in self._stamps and words not in found:
                wide = float(paper.label_boxes[index, 2] - paper.label_boxes[index, 0])
                found[words] = _scaled(page, partial(paper_paint.paint_words, paper=paper, words=words, wide=wide))
        return found

    def _words_of(self, index: int) -> paper_paint.Words:
        if index not in self._said:
            if len(self._said) > _MOST:
                self._said.clear()
            self._said[index] = paper_paint.words_of(self.pages.paper, index)
        return self._said[index]

    def _cards(self, page: Page, slots: NDArray[Any]) -> bytes:
        self._draw(self._new_cards(page, slots))
        corners = zip(slots.tolist(), self.pages.paper.scene.box[:2, slots].T.tolist(), strict=True)
        return b"".join([placed(self._stamps[slot], *page.on_page(*corner)) for slot, corner in corners])

    def _new_cards(self, page: Page, slots: NDArray[Any]) -> dict[Any, Piece]:
        """Return what paints those cards that are not drawn yet."""
        paint = partial(paper_paint.paint_card, paper=self.pages.paper)
        return {slot: _scaled(page, partial(paint, slot=slot)) for slot in slots.tolist() if slot not in self._stamps}


def strips(pages: Pages) -> list[list[int]]:
    """Return the places of all pages in strips of the board, across or down, whichever are fewer."""
    ways: list[dict[tuple[float, ...], list[int]]] = [{}, {}]
    for first, way in enumerate(ways):
        for place, page in enumerate(pages.pages):
            cell = page.cell or page.area
            key = (-1.0,) if page.kind == "map" else (cell[1 - first], cell[3 - first])
            way.setdefault(key, []).append(place)
    return list(min(ways, key=len).values())


def _around(areas: list[Box]) -> Box:
    left, top, right, bottom = zip(*areas, strict=True)
    return (min(left), min(top), max(right), max(bottom))


def _parts(found: NDArray[Any], size: int) -> list[NDArray[Any]]:
    return [found[start : start + size] for start in range(0, len(found), size)]


def _scaled(page: Page, paint: Piece) -> Piece:
    def work(painter: QPainter) -> None:
        painter.setRenderHints(_HINTS)
        painter.scale(page.scale, page.scale)
        paint(painter)

    return work


def based(page: Page) -> bytes:
    """Return how the drawing of a page begins: points go downwards from its upper left corner."""
    return _BASE % numbers(page.height)


def placed(stamp: bytes, x: float = 0.0, y: float = 0.0) -> bytes:
    """Return a stamp put onto a page. It leaves its own state and the one around that, so both are there for it."""
    return b"q 1 0 0 1 %b cm q q\n%b\nQ Q Q\n" % (numbers(x, y), stamp) if stamp else b""
