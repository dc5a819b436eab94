"""The words of links as words of a PDF: the ground under them, and each text set once for all links that say it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.render import label_room, paper_paint
from evidenceboard.render.pages import Page
from evidenceboard.render.paper import Paper
from evidenceboard.render.paper_paint import Words
from evidenceboard.render.pdf_drawn import Drawn, placed, scaled
from evidenceboard.render.pdf_file import colour, numbers
from evidenceboard.render.pdf_letters import Letters

_MOST: Final = 20_000
"""Texts after which none is kept any longer."""


@dataclass(slots=True)
class Labels:
    """Write the words of links, all at one scale."""

    paper: Paper
    scale: float
    drawn: Drawn
    letters: Letters
    _said: dict[int, Words] = field(default_factory=dict)
    _written: dict[Words, bytes] = field(default_factory=dict)

    def patches(self, page: Page, links: NDArray[Any]) -> bytes:
        """Return the ground behind words: all of it first, for no patch may lie over the words of another link."""
        if not len(links):
            return b""
        boxes = self.paper.label_boxes[links]
        corners = (boxes[:, :2] - np.array(page.area[:2])) * self.scale + np.array([page.left, page.top])
        values = np.concatenate([corners, (boxes[:, 2:] - boxes[:, :2]) * self.scale], axis=1)
        said = b"%.7g %.7g %.7g %.7g re f\n" * len(links) % tuple(values.ravel().tolist())
        return b"q %b scn\n%bQ\n" % (colour(self.paper.picture.palette.board), said)

    def written(self, page: Page, links: NDArray[Any]) -> bytes:
        """Return what draws the words of some links on a page."""
        if max(len(self._said), len(self._written)) > _MOST:
            self._said.clear()
            self._written.clear()
        boxes = self.paper.label_boxes[links]
        new: dict[Words, float] = {}
        for index, wide in zip(links.tolist(), (boxes[:, 2] - boxes[:, 0]).tolist(), strict=True):
            if index not in self._said:
                self._said[index] = paper_paint.words_of(self.paper, index)
            if self._said[index] not in self._written:
                new.setdefault(self._said[index], wide)
        self._write(new)
        corners = (boxes[:, :2] - np.array(page.area[:2])) * self.scale + np.array([page.left, page.top])
        said = [self._written[self._said[index]] for index in links.tolist()]
        return b"".join([
            b"q 1 0 0 1 %b cm\n%bQ\n" % (numbers(*at), one) for at, one in zip(corners.tolist(), said, strict=True)
        ])  # fmt: skip

    def _write(self, new: dict[Words, float]) -> None:
        """Write words that were not written before, on patches of some widths."""
        left: list[Words] = []
        for words, wide in new.items():
            ink = paper_paint.ink_of(self.paper, words)
            lines = [
                self.letters.lines((row,), at, label_room.SIZE, "regular", label_room.LINE, ink, self.scale)
                for row, at in paper_paint.lines_of(words, wide)
            ]
            said = [line for line in lines if line is not None]
            if len(said) < len(lines) or words[2] < len(words[0]):
                left.append(words)
            else:
                self._written[words] = b"".join(said)
        paint = partial(paper_paint.paint_words, paper=self.paper)
        pieces = [scaled(self.scale, partial(paint, words=words, wide=new[words])) for words in left]
        self._written.update(
            (words, placed(stamp)) for words, stamp in zip(left, self.drawn.stamps(pieces), strict=True)
        )
