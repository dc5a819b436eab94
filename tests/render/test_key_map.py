"""The key map of an atlas names each tile in its own place, however many there are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from evidenceboard.commands.generate import generated
from evidenceboard.render import application, key_map
from evidenceboard.render.included import included
from evidenceboard.render.pages import Page, Pages, planned
from evidenceboard.render.paper import laid_out
from evidenceboard.session import Session

pytestmark = pytest.mark.qt
FINER = 4.0
"""Pixels for a point."""
EDGE = 1.0
"""Points that the line around a tile, and what is smoothed, may reach beyond it."""


def painted(pages: Pages, tile: Page) -> QRectF:
    """Return where anything of a tile is on the map."""
    around = key_map.tile_box(pages.pages[0], tile).adjusted(-60, -60, 60, 60)
    image = QImage(int(around.width() * FINER), int(around.height() * FINER), QImage.Format.Format_Grayscale8)
    image.fill(99)
    painter = QPainter(image)
    painter.scale(FINER, FINER)
    painter.translate(-around.topLeft())
    key_map._tile(painter, pages, pages.pages[0], tile)
    painter.end()
    bits = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    y, x = np.nonzero(bits[:, : image.width()] != 99)
    corner = QPointF(float(x.min()), float(y.min())), QPointF(float(x.max() + 1), float(y.max() + 1))
    return QRectF(corner[0] / FINER + around.topLeft(), corner[1] / FINER + around.topLeft())


@pytest.mark.parametrize(("cards", "paper"), [(40, "A3"), (600, "A5")])
def test_what_is_painted_for_a_tile_stays_in_its_own_place(tmp_path: Path, cards: int, paper: str) -> None:
    application.ensure()
    path = tmp_path / "board.db"
    generated(path, cards=cards, links=0, seed=2)
    with Session.open(path, read_only=True) as session:
        pages = planned(laid_out(included(session.document, None), lambda share: None), "atlas", paper)
    tiles = [page for page in pages.pages if page.kind == "tile"]
    assert len(tiles) > (60 if cards > 100 else 1)
    boxes = [key_map.tile_box(pages.pages[0], tile) for tile in tiles]
    for tile, box in zip(tiles, boxes, strict=True):
        assert box.adjusted(-EDGE, -EDGE, EDGE, EDGE).contains(painted(pages, tile)), tile.name
