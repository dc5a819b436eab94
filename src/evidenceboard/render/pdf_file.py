"""A PDF written object by object: what is on the disk already needs no memory."""

from __future__ import annotations

import zlib
from array import array
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from typing import Final, Protocol

from evidenceboard.render.progress import Tick, awaited, unheard

VERSION: Final = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
_PACKED: Final = 4
_TOGETHER: Final = 100_000
"""Bytes of drawings that are handed over together: to do so for each would take longer than packing it."""
_FORMS: Final = tuple(b" ".join([b"%.7g"] * count) for count in range(9))
_AT_ONCE: Final = 500_000
"""Bytes that are handed over to be written."""
_AHEAD: Final = 3
"""Parcels that wait to be packed or to be written."""
_STREAM: Final = 1_000_000
"""Bytes of drawing from which on a page has another stream."""
_Drawing = tuple[int, bytes, bytes]
"""The number of an object, what is said of it, and what draws it."""


class Target(Protocol):
    """Takes bytes one after the other."""

    def write(self, data: bytes, /) -> object:
        """Add bytes at the end."""


class Behind:
    """Write bytes in a worker, in their order: a disk that has to be waited for holds nobody up who tells of progress.

    What the target raises comes out of `write` or `close`.
    """

    def __init__(self, target: Target, tick: Tick) -> None:
        self._target, self._tick = target, tick
        self._worker = ThreadPoolExecutor(1, "writing")
        self._held: list[bytes] = []
        self._size = 0
        self._waiting: deque[Future[object]] = deque()

    def write(self, data: bytes, /) -> None:
        """Add bytes at the end."""
        self._held.append(data)
        self._size += len(data)
        if self._size > _AT_ONCE:
            self._hand_over()
            self._wait(_AHEAD)

    def _hand_over(self) -> None:
        self._waiting.append(self._worker.submit(self._target.write, b"".join(self._held)))
        self._held, self._size = [], 0

    def _wait(self, most: int) -> None:
        """Wait until no more than so many pieces wait to be written."""
        while len(self._waiting) > most:
            awaited(self._waiting.popleft(), self._tick)

    def close(self) -> None:
        """Write all that is still to be written."""
        self._hand_over()
        self._wait(0)

    def give_up(self) -> None:
        """Stop writing; what is done already may be given up more than once."""
        self._worker.shutdown(cancel_futures=True)


class PdfFile:
    """Write the objects of a PDF to a file, and at the end where each of them stands."""

    def __init__(self, file: Target) -> None:
        self._file = file
        self._places = array("q", [0])
        self._at = 0
        self._write(VERSION)

    def new(self) -> int:
        """Return the number of an object that is still to be written."""
        self._places.append(0)
        return len(self._places) - 1

    def put(self, body: bytes, number: int | None = None) -> int:
        """Write an object and return its number."""
        number = self.new() if number is None else number
        self._places[number] = self._at
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        return number

    def put_stream(self, data: bytes, number: int | None = None, about: bytes = b"") -> int:
        """Write data that is packed already, or that `about` says more of, as an object; return its number."""
        head = about or b"/Filter /FlateDecode "
        return self.put(b"<< %b/Length %d >>\nstream\n%b\nendstream" % (head, len(data), data), number)

    def close(self, root: int, info: int, tick: Tick = unheard) -> None:
        """Write where all objects stand. `root` is the catalog, `info` what is told of the document."""
        start = self._at
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % len(self._places))
        for first in range(1, len(self._places), 1000):
            tick(first / len(self._places))
            self._write(b"".join(b"%010d 00000 n \n" % place for place in self._places[first : first + 1000]))
        about = (len(self._places), root, info, start)
        self._write(b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % about)

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._at += len(data)


class Packer:
    """Pack what is drawn beside the drawing of more, and write it in the order in which it came."""

    def __init__(self, file: PdfFile, tick: Tick = unheard) -> None:
        self._file, self._tick = file, tick
        self._worker = ThreadPoolExecutor(1, "packing")
        self._held: list[_Drawing] = []
        self._size = 0
        self._waiting: deque[tuple[list[_Drawing], Future[list[bytes]]]] = deque()

    def put(self, parts: list[bytes], about: bytes = b"") -> int:
        """Take a drawing in parts and return the number of the object that it will be; `about` says more of it."""
        number = self._file.new()
        data = b"".join(parts)
        self._held.append((number, about, data))
        self._size += len(data)
        if self._size > _TOGETHER:
            self._hand_over()
        return number

    def put_packed(self, data: bytes) -> int:
        """Take a drawing that is packed already and return the number of the object that it is."""
        return self._file.put_stream(data)

    def _hand_over(self) -> None:
        self._waiting.append((self._held, self._worker.submit(_all_packed, self._held)))
        self._held, self._size = [], 0
        while len(self._waiting) > _AHEAD:
            self._write_first()

    def close(self) -> None:
        """Write all that is still to be packed."""
        self._hand_over()
        while self._waiting:
            self._write_first()

    def give_up(self) -> None:
        """Stop packing; what is done already may be given up more than once."""
        self._worker.shutdown(cancel_futures=True)

    def _write_first(self) -> None:
        drawings, packing = self._waiting.popleft()
        made = awaited(packing, self._tick)
        for (number, about, _), data in zip(drawings, made, strict=True):
            self._file.put_stream(data, number, about)


def _all_packed(drawings: list[_Drawing]) -> list[bytes]:
    return [packed(data) for _, _, data in drawings]


def packed(data: bytes) -> bytes:
    """Return a drawing as it lies in the file."""
    return zlib.compress(data, _PACKED)


def streams(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what draws a page in as many pieces as it has streams."""
    held: list[bytes] = []
    size = 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size > _STREAM:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)


def text(words: str) -> bytes:
    """Return words as a text of a PDF: in UTF-16, so that every script can be read."""
    return b"<FEFF%b>" % words.encode("utf-16-be", "replace").hex().upper().encode()


def numbers(*values: float) -> bytes:
    """Return lengths in points, as exact as paper is."""
    return _FORMS[len(values)] % values


@lru_cache(maxsize=256)
def colour(name: str) -> bytes:
    """Return a colour such as `#4A7B52` as red, green and blue from 0 to 1."""
    return b" ".join([b"%.3g" % (int(name[at : at + 2], 16) / 255) for at in (1, 3, 5)])
