"""Writing and packing the lines of a large board for a PDF in a process of its own, beside all else that is drawn."""

from __future__ import annotations

import gc
import marshal
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import groupby
from operator import itemgetter
from typing import IO, Any, Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.render import pdf_lines
from evidenceboard.render.pdf_file import packed, streams
from evidenceboard.render.pdf_lines import Lines
from evidenceboard.store import own_process
from evidenceboard.store.own_process import read_number, read_piece, write_number, write_piece

WORD: Final = "--lines"
"""The first word of the command line by which a frozen program does this."""
FROM: Final = 1_000
"""Links that go out, on any board, from which on it is worth while to begin a process."""
Grounds = Mapping[int, bytes]
"""What is drawn below the lines, by page."""
Packed = list[tuple[int, list[bytes]]]
"""Pages with their streams."""


def main(words: Sequence[str]) -> int:
    """Write lines as the standard input says, and put them onto the standard output; end where nobody wants more."""
    gc.disable()  # nothing here holds itself
    own_process.stand_back()
    coming, going = sys.stdin.buffer, sys.stdout.buffer
    with suppress(EOFError, BrokenPipeError):
        lines = _read_lines(coming)
        while True:
            grounds, links = marshal.loads(read_piece(coming)), np.frombuffer(read_piece(coming), np.int64)
            for page, parts in on_pages(lines, grounds, links):
                write_number(going, page + 1)
                drawn = [packed(part) for part in streams(parts)]
                write_number(going, len(drawn))
                for one in drawn:
                    write_piece(going, one)
            write_number(going, 0)
            going.flush()
    return 0


def on_pages(lines: Lines, grounds: Grounds, links: NDArray[Any]) -> Iterator[tuple[int, list[bytes]]]:
    """Yield pages with what draws them up to their lines: the ground of each, then what it shows of some links."""
    found = pdf_lines.together(list(pdf_lines.crossings(lines, list(grounds), links)))
    drawn = {
        page: [said for _, said in parts] for page, parts in groupby(pdf_lines.written(lines, found), itemgetter(0))
    }
    for page, ground in grounds.items():
        yield page, [ground, *drawn.get(page, [])]


def _write_lines(pipe: IO[bytes], lines: Lines) -> None:
    arrays: list[NDArray[Any]] = [lines.points, lines.tones, lines.areas, lines.corners]
    arrays = list(map(np.ascontiguousarray, arrays))
    write_piece(pipe, marshal.dumps(([(one.dtype.str, one.shape) for one in arrays], lines.scale, lines.inks)))
    for one in arrays:
        write_piece(pipe, one.data.cast("B"))


def _read_lines(pipe: IO[bytes]) -> Lines:
    kinds, scale, inks = marshal.loads(read_piece(pipe))
    points, tones, areas, corners = (np.frombuffer(read_piece(pipe), kind).reshape(shape) for kind, shape in kinds)
    return Lines(points, tones, areas, corners, scale, inks)


class Liner:
    """Have lines written beside the program. Whoever begins this has to `stop` it."""

    def __init__(self) -> None:
        """Raises `OSError` where no process can be started."""
        self._process = own_process.begun(WORD, __name__)
        self._worker = ThreadPoolExecutor(1, "lines")

    def take(self, lines: Lines) -> None:
        """Give the process all lines of a board, before any of them are to be written."""
        self._taken = self._worker.submit(self._take, lines)

    def write(self, grounds: Grounds, links: NDArray[Any]) -> Future[Packed]:
        """Return the packed streams of some pages, as `on_pages` draws them, once they are there.

        They raise `OSError`, `EOFError` or `ValueError` where the process has ended before it was done.
        """
        return self._worker.submit(self._written, grounds, links)

    def _take(self, lines: Lines) -> None:
        pipe = self._process.stdin
        assert pipe is not None, "it was asked for"
        _write_lines(pipe, lines)

    def _written(self, grounds: Grounds, links: NDArray[Any]) -> Packed:
        self._taken.result()
        coming, going = self._process.stdout, self._process.stdin
        assert coming is not None and going is not None, "they were asked for"
        write_piece(going, marshal.dumps(dict(grounds)))
        write_piece(going, links.astype(np.int64).tobytes())
        going.flush()
        made: Packed = []
        while page := read_number(coming):
            made.append((page - 1, [read_piece(coming) for _ in range(read_number(coming))]))
        return made

    def stop(self) -> None:
        """End the process; nobody waits until the system has taken its memory back."""
        own_process.end(self._process, self._worker)


@contextmanager
def liner_for(many: int) -> Iterator[Liner | None]:
    """Begin a process if there are so many links, and end it after the block; None where none can be started.

    Until there are lines to write it has loaded what it needs.
    """
    liner = None
    with suppress(OSError):
        liner = Liner() if many >= FROM else None
    try:
        yield liner
    finally:
        if liner is not None:
            liner.stop()
