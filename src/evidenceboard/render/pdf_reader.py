"""Reading the words of a large PDF back in two processes: one takes pages from the front, the other from the end."""

from __future__ import annotations

import gc
import os
import sys
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Final

from evidenceboard.formats.kept import Kept
from evidenceboard.render.pdf_reading import PdfReading
from evidenceboard.render.pdf_texts import Texts, words_of
from evidenceboard.render.progress import Tick, awaited, from_to
from evidenceboard.store import own_process
from evidenceboard.store.own_process import read_number, read_piece, write_number, write_piece

WORD: Final = "--read-back"
"""The first word of the command line by which a frozen program does this."""
_SPANS: Final = 64
"""Spans of pages that are read at a time."""
_AHEAD: Final = 2
"""Spans that are with the other process."""
_CODE: Final = ("utf-8", "surrogatepass")


class _Opened:
    """A file that was open already when the process began. Its place stays where the other process has it."""

    def __init__(self, number: int) -> None:
        self._number = number

    def __len__(self) -> int:
        return os.fstat(self._number).st_size

    def part(self, start: int, end: int) -> bytes:
        """Return the bytes from one place to another."""
        return os.pread(self._number, max(0, end - start), start)


def main(words: Sequence[str]) -> int:
    """Tell the words on pages as the standard input asks; end where nobody asks any more. `words`: a file's number."""
    gc.disable()  # nothing here holds itself
    own_process.stand_back()
    coming, going = sys.stdin.buffer, sys.stdout.buffer
    told = Texts(PdfReading(_Opened(int(words[0]))))
    with suppress(EOFError, BrokenPipeError):
        while True:
            pages = range(read_number(coming), read_number(coming))
            write_piece(going, "\n".join(words_of(told.on(pages))).encode(*_CODE))
            going.flush()
    return 0


class Reader:
    """Have pages read beside the program. Whoever begins this has to `stop` it."""

    def __init__(self, number: int) -> None:
        """`number`: that of the open file. Raises `OSError` where no process can be started."""
        self._process = own_process.begun(WORD, __name__, str(number), files=(number,))
        self._worker = ThreadPoolExecutor(1, "reading back")

    def words(self, pages: range) -> Future[list[str]]:
        """Return the words on some pages once they are there.

        They raise `OSError`, `EOFError` or `ValueError` where the process has ended before it was done.
        """
        return self._worker.submit(self._words, pages)

    def _words(self, pages: range) -> list[str]:
        coming, going = self._process.stdout, self._process.stdin
        assert coming is not None and going is not None, "they were asked for"
        write_number(going, pages.start)
        write_number(going, pages.stop)
        going.flush()
        return read_piece(coming).decode(*_CODE).split("\n")

    def stop(self) -> None:
        """End the process; nobody waits until the system has taken its memory back."""
        own_process.end(self._process, self._worker)


def words_in(data: bytes | Kept, reading: PdfReading, tick: Tick) -> set[str]:
    """Return all words of a PDF, each once. One that lies in a file is read by another process too.

    Raises `BrokenPdfError` where it is not whole.
    """
    told = Texts(reading)
    many = len(told.pages)
    step = max(1, -(-many // _SPANS))
    left = deque(range(first, min(first + step, many)) for first in range(0, many, step))
    waiting: deque[tuple[range, Future[list[str]]]] = deque()
    found: set[str] = set()
    reader = _reader(data) if len(left) > 1 else None
    try:
        if reader is not None:
            waiting.append((left[-1], reader.words(left.pop())))
        found |= words_of(told.of_forms(tick), tick)
        while left:
            part = from_to(tick, 1 - len(left) / _SPANS, 1.0)
            while reader is not None and len(waiting) < _AHEAD and len(left) > 1:
                waiting.append((left[-1], reader.words(left.pop())))
            found |= words_of(told.on(left.popleft(), part), part)
            while waiting and waiting[0][1].done():
                found |= _taken(*waiting.popleft(), told, part)
        while waiting:
            found |= _taken(*waiting.popleft(), told, tick)
    finally:
        if reader is not None:
            reader.stop()
    found.discard("")
    return found


def _reader(data: bytes | Kept) -> Reader | None:
    number = data.number if isinstance(data, Kept) and os.name == "posix" else None
    if number is None:
        return None
    with suppress(OSError):  # where no process can be started, all is read here
        return Reader(number)
    return None


def _taken(pages: range, coming: Future[list[str]], told: Texts, tick: Tick) -> set[str]:
    """Return the words that the other process has found; where it has ended, they are read here."""
    try:
        words = awaited(coming, tick)
    except (OSError, EOFError, ValueError):
        return words_of(told.on(pages, tick), tick)
    return set(words)
