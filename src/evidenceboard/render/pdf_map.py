"""The key map as words of a PDF: Qt draws its frames and tiles; lines and cards are too many for that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.render import key_map
from evidenceboard.render.pages import Pages
from evidenceboard.render.pdf_drawn import Drawn, placed
from evidenceboard.render.pdf_file import colour, numbers

_FINE: Final = 100
"""Parts of a point that the map is written in."""


def written(pages: Pages, drawn: Drawn) -> Iterator[bytes]:
    """Yield what draws the map on the first page, in short steps, hindmost first."""
    yield placed(drawn.stamps([key_map.framed(pages)])[0])
    for links in key_map.links_of(pages):
        yield _lines(pages, links)
    for slots in key_map.cards_of(pages):
        yield _cards(pages, slots)
    for tiles in key_map.tiled(pages):
        yield placed(drawn.stamps([tiles])[0])


def _lines(pages: Pages, links: NDArray[Any]) -> bytes:
    """Return what draws lines of links, each as one line with corners."""
    pieces = key_map.lines_on(pages, links) * _FINE
    points = np.concatenate([pieces[:, :, :2], pieces[:, -1:, 2:]], axis=1)
    form = b"%d %d m" + b" %d %d l" * pieces.shape[1] + b" S\n"
    ink = colour(pages.paper.picture.palette.border)
    said = form * len(points) % tuple(np.rint(points).ravel().tolist())
    return _fine(b"%b SCN %g w 2 J 2 j\n%b" % (ink, key_map.LINE * _FINE, said))


def _cards(pages: Pages, slots: NDArray[Any]) -> bytes:
    """Return what fills the boxes of cards."""
    said: list[bytes] = []
    for ink, boxes in key_map.cards_on(pages, slots):
        form = b"%d %d %d %d re f\n" * len(boxes)
        said.append(b"%b scn\n" % colour(ink.name()) + form % tuple(np.rint(boxes * _FINE).ravel().tolist()))
    return _fine(b"".join(said))


def _fine(said: bytes) -> bytes:
    return b"q /CSp CS /CSp cs %b 0 0 cm\n%bQ\n" % (numbers(1 / _FINE, 0.0, 0.0, 1 / _FINE), said)
