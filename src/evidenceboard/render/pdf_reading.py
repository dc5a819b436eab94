"""Reading a PDF of ours back from its bytes, object by object, as a viewer would: what it cannot find is not whole."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Final, Protocol

import numpy as np

from evidenceboard.render.progress import Tick, unheard

_TAIL: Final = re.compile(rb"/Size (\d+) /Root (\d+) 0 R.*startxref\n(\d+)\n%%EOF\n\Z", re.DOTALL)
_ROW: Final = 20
_OFTEN: Final = 500
"""Steps after which progress is told."""
_REFERENCE: Final = re.compile(rb"(\d+) 0 R")
_XOBJECTS: Final = re.compile(rb"/XObject <<(.*?)>>", re.DOTALL)


class Held(Protocol):
    """Holds bytes, of which parts can be had."""

    def __len__(self) -> int:
        """Return the number of bytes."""

    def part(self, start: int, end: int) -> bytes:
        """Return the bytes from one place to another."""


class BrokenPdfError(ValueError):
    """Report that a PDF is not whole."""


class PdfReading:
    """Give the objects of a PDF. Raises `BrokenPdfError` where something of it is missing."""

    def __init__(self, data: bytes | Held) -> None:
        self._data = data
        self._pages: list[bytes] = []
        tail = _TAIL.search(self._part(max(0, len(data) - 300), len(data)))
        if tail is None:
            raise BrokenPdfError
        size, self.root, start = (int(one) for one in tail.groups())
        head = b"xref\n0 %d\n" % size
        table = self._part(start, start + len(head) + _ROW * size)
        if not table.startswith(head) or len(table) != len(head) + _ROW * size:
            raise BrokenPdfError
        rows = np.frombuffer(table, np.uint8)[len(head) :].reshape(size, _ROW)
        self._starts = (rows[:, :10].astype(np.int64) - ord("0")) @ (10 ** np.arange(9, -1, -1, dtype=np.int64))
        self._sorted = np.sort(np.r_[self._starts[1:], start])

    def _part(self, start: int, end: int) -> bytes:
        return self._data[start:end] if isinstance(self._data, bytes) else self._data.part(start, end)

    def object(self, number: int) -> bytes:
        """Return what an object says."""
        if not 0 < number < len(self._starts):
            raise BrokenPdfError
        start = int(self._starts[number])
        after = int(np.searchsorted(self._sorted, start, "right"))
        end = int(self._sorted[min(after, len(self._sorted) - 1)])
        found, head = self._part(start, end), b"%d 0 obj\n" % number
        if not (found.startswith(head) and found.endswith(b"\nendobj\n")):
            raise BrokenPdfError
        return found[len(head) : -len(b"\nendobj\n")]

    def stream(self, number: int) -> bytes:
        """Return what is packed in an object, or lies in it as it is."""
        head, found, data = self.object(number).partition(b"stream\n")
        data = data.removesuffix(b"\nendstream")
        if not found or reference(head, b"/Length", rb"(\d+)") != len(data):
            raise BrokenPdfError
        try:
            return zlib.decompress(data) if b"/FlateDecode" in head else data
        except zlib.error as error:
            raise BrokenPdfError from error

    def pages(self, tick: Tick = unheard) -> list[bytes]:
        """Return what all pages say, in order; they are read once."""
        tree = self.object(reference(self.object(self.root), b"/Pages"))
        kids = listed(tree, b"/Kids")
        for place in range(len(self._pages), len(kids)):
            if place % _OFTEN == 0:
                tick(place / len(kids))
            self._pages.append(self.object(kids[place]))
            if b"/Type /Page " not in self._pages[place]:
                raise BrokenPdfError
        if len(kids) != reference(tree, b"/Count", rb"(\d+)"):
            raise BrokenPdfError
        return self._pages

    def drawings(self, page: bytes) -> Iterator[bytes]:
        """Yield the drawings of a page."""
        for number in listed(page, b"/Contents"):
            yield self.stream(number)

    def forms(self, resources: bytes) -> Iterator[bytes]:
        """Yield the drawings that pages call by a name, of those that resources tell of."""
        named = _XOBJECTS.search(resources)
        for number in _REFERENCE.findall(named[1]) if named else ():
            if b"/Subtype /Form" in self.object(int(number))[:100]:
                yield self.stream(int(number))


def reference(said: bytes, key: bytes, form: bytes = rb"(\d+) 0 R") -> int:
    """Return the number that stands after a key. Raises `BrokenPdfError` where there is none."""
    found = re.search(re.escape(key) + rb"\s+" + form, said)
    if found is None:
        raise BrokenPdfError
    return int(found[1])


def listed(said: bytes, key: bytes) -> list[int]:
    """Return the objects that are listed after a key. Raises `BrokenPdfError` where there are none."""
    found = re.search(re.escape(key) + rb"\s*\[([^\]]*)\]", said)
    if found is None:
        raise BrokenPdfError
    return [int(one) for one in _REFERENCE.findall(found[1])]
