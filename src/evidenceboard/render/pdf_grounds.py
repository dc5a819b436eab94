"""What stands lowest on the pages of a PDF, their ground and the lines on it: where lines are many, written beside."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any, Final, NamedTuple

from numpy.typing import NDArray

from evidenceboard.render import pdf_lines
from evidenceboard.render.pdf_file import Packer, streams
from evidenceboard.render.pdf_liner import Grounds, Liner, Packed, on_pages
from evidenceboard.render.pdf_lines import Lines
from evidenceboard.render.progress import Tick, awaited, unheard

_AHEAD: Final = 2
"""Strips of pages that are with the process at most: where it is that far behind, the next one is written here."""


class _Strip(NamedTuple):
    """Pages whose lines are written beside: their grounds, the links that may cross them, and what comes of it."""

    grounds: Grounds
    links: NDArray[Any]
    coming: Future[Packed]


class GroundStreams:
    """Write grounds and lines, strip by strip; where there is none to write them beside, here."""

    def __init__(self, lines: Lines, packer: Packer, tick: Tick = unheard, liner: Liner | None = None) -> None:
        self._lines, self._packer, self._tick, self._liner = lines, packer, tick, liner
        if liner is not None:
            liner.take(lines)
        self._waiting: deque[_Strip] = deque()
        self._made: dict[int, list[int]] = {}
        self._grounds: Grounds = {}
        self._found: Iterator[tuple[int, bytes]] = iter(())
        self._next: tuple[int, bytes] | None = None

    def strip(self, grounds: Grounds, links: NDArray[Any], tick: Tick) -> None:
        """Take the next pages with what is drawn below their lines, and the links that may cross any of them."""
        while self._waiting and (self._liner is None or self._waiting[0].coming.done()):
            self._take()
        self._grounds = {}
        if self._liner is not None and len(self._waiting) < _AHEAD:
            self._waiting.append(_Strip(grounds, links, self._liner.write(grounds, links)))
            return
        parts = []
        for part in pdf_lines.crossings(self._lines, list(grounds), links):
            parts.append(part)
            tick(len(parts) * pdf_lines.BATCH / max(len(links), pdf_lines.BATCH))
        self._grounds, self._found = grounds, pdf_lines.written(self._lines, pdf_lines.together(parts))
        self._next = next(self._found, None)

    def of(self, place: int) -> Iterator[bytes]:
        """Yield what draws ground and lines of the next page of the strip; nothing where that is written beside."""
        if place not in self._grounds:
            return
        yield self._grounds[place]
        while self._next is not None and self._next[0] == place:
            yield self._next[1]
            self._next = next(self._found, None)

    def close(self) -> dict[int, list[int]]:
        """Return the numbers of the streams that were written beside, by page: they come before all others."""
        while self._waiting:
            self._take()
        return self._made

    def _take(self) -> None:
        """Take in what was written beside; where the process has ended it is written here."""
        grounds, links, coming = self._waiting.popleft()
        try:
            for place, packed in awaited(coming, self._tick):
                self._made[place] = [self._packer.put_packed(one) for one in packed]
        except (OSError, EOFError, ValueError):
            self._liner = None
            for place, parts in on_pages(self._lines, grounds, links):
                self._tick(0.0)
                self._made[place] = [self._packer.put([one]) for one in streams(parts)]
