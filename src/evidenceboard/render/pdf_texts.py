"""What the words of a PDF of ours are, told from its drawings by the tables of its typefaces."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from evidenceboard.render.pdf_reading import PdfReading, reference
from evidenceboard.render.progress import Tick, unheard

WORD: Final = re.compile(r"[^\W_]+")
_ENTRY: Final = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4})> (?:\[([^\]]*)\]|<([0-9A-F]{4})>)")
_FONT: Final = re.compile(rb"/(F\d+) ")
_SIGNS: Final = re.compile(rb"<([0-9A-F]+)>")
_FEW: Final = 3
"""Drawings after which it is told that work goes on."""
_OFTEN: Final = 100
"""The same of pages of which only what they need is looked at."""
_TOGETHER: Final = 500
"""Texts that are looked through in one step."""
_REMEMBERED: Final = 20_000
"""Pieces of text after which none is remembered any more."""


class _Table(dict[int, str]):
    """Which sign of a font stands for which letters; what is not in it is no letter that anybody knows."""

    def __missing__(self, sign: int) -> str:
        return "\ufffd" if sign != 0xFFFF else _END


_NOTHING: Final = _Table()
_PARTED: Final = b"FFFF"
"""No sign of a typeface has this number: it parts pieces of text that are read together."""
_END: Final = "\uffff"


class Texts:
    """Tell the pieces of text of a PDF that Qt has drawn, in the order in which they are drawn.

    What is there again soon after, as on the next page, is not told a second time.
    """

    def __init__(self, reading: PdfReading) -> None:
        self._reading, self.pages = reading, reading.pages()
        self._tables: dict[int, dict[bytes, _Table]] = {}
        self._seen: set[bytes] = set()
        self._last: dict[bytes, _Table] = {}

    def on(self, pages: range, tick: Tick = unheard) -> Iterator[str]:
        """Yield what stands on some pages."""
        for page in pages:
            tick(0.0)
            said = self.pages[page]
            tables, _ = self._needed(said)
            yield from self._told(self._reading.drawings(said), tables, tick)

    def of_forms(self, tick: Tick = unheard) -> Iterator[str]:
        """Yield what stands on the forms that pages put up."""
        done: set[int] = set()
        for place, page in enumerate(self.pages):
            if place % _OFTEN == 0:
                tick(0.0)
            tables, shared = self._needed(page)
            if shared and shared not in done:
                done.add(shared)
                yield from self._told(self._reading.forms(self._reading.object(shared)), tables, tick)
            elif not shared:
                yield from self._told(self._reading.forms(page), tables, tick)

    def _told(self, drawings: Iterator[bytes], tables: dict[bytes, _Table], tick: Tick) -> Iterator[str]:
        for number, drawing in enumerate(drawings):
            if number % _FEW == _FEW - 1:
                tick(0.0)
            if len(self._seen) > _REMEMBERED or tables is not self._last:
                self._seen.clear()
                self._last = tables
            blocks = [part[: part.find(b"\nET")] for part in drawing.split(b"BT\n")[1:]]
            new = [block for block in blocks if block not in self._seen]
            self._seen.update(new)
            yield from _read(new, tables)

    def _needed(self, page: bytes) -> tuple[dict[bytes, _Table], int]:
        """Return the tables of the typefaces of a page, and the object that tells of them, 0 where the page does."""
        shared = reference(page, b"/Resources") if b"/Resources <<" not in page else 0
        if not shared:
            return _tables(self._reading, page), 0
        if shared not in self._tables:
            self._tables[shared] = _tables(self._reading, self._reading.object(shared))
        return self._tables[shared], shared


def texts(reading: PdfReading) -> Iterator[str]:
    """Yield the pieces of text of a whole PDF."""
    every = Texts(reading)
    yield from every.of_forms()
    yield from every.on(range(len(every.pages)))


def words_of(told: Iterator[str], tick: Tick = unheard) -> set[str]:
    """Return the words of pieces of text, each once, as they are compared."""
    found: set[str] = set()
    for batch in batches(told, _TOGETHER):
        tick(0.0)
        found.update(WORD.findall(unicodedata.normalize("NFKC", "\n".join(batch))))
    return found


def batches(told: Iterator[str], size: int) -> Iterator[list[str]]:
    """Yield texts, so many together."""
    while batch := list(itertools.islice(told, size)):
        yield batch


def _read(blocks: list[bytes], tables: dict[bytes, _Table]) -> Iterator[str]:
    """Yield pieces of text, those of one typeface together, and then those that are in several."""
    alone: dict[bytes, list[bytes]] = {}
    for block in blocks:
        named_here = _FONT.findall(block)
        if len(named_here) == 1:
            alone.setdefault(named_here[0], []).append(b"".join(_SIGNS.findall(block)))
        else:
            parts = _FONT.split(block)
            named = zip(parts[1::2], parts[2::2], strict=True)
            yield "".join(_told(b"".join(_SIGNS.findall(part)), tables.get(font, _NOTHING)) for font, part in named)
    for font, several in alone.items():
        yield from _told(_PARTED.join(several), tables.get(font, _NOTHING)).split(_END)


def _told(signs: bytes, table: _Table) -> str:
    return bytes.fromhex(signs.decode()).decode("utf-16-be", "surrogatepass").translate(table)


def _tables(reading: PdfReading, resources: bytes) -> dict[bytes, _Table]:
    """Return for each font which sign stands for which letters."""
    fonts_here = re.search(rb"/Font << (.*?)>>", resources, re.DOTALL)
    named = re.findall(rb"/(\w+) (\d+) 0 R", fonts_here[1]) if fonts_here else []
    return {name: _table(reading, int(number)) for name, number in named}


def _table(reading: PdfReading, font: int) -> _Table:
    data = reading.stream(reference(reading.object(font), b"/ToUnicode"))
    made = _Table()
    for first, last, listed, from_here in _ENTRY.findall(data):
        if from_here:
            # Letters that follow each other in both orders.
            for step in range(int(last, 16) - int(first, 16) + 1):
                made[int(first, 16) + step] = chr(int(from_here, 16) + step)
        for step, letters in enumerate(listed.split()):
            text = bytes.fromhex(letters.strip(b"<>").decode()).decode("utf-16-be", "replace")
            made[int(first, 16) + step] = text.replace("\x00", "\ufffd")
    return made
