"""What comes into view at a pan is painted in narrow strips, and is the same as if it were painted whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from evidenceboard import Session, commands
from evidenceboard.model.routes import Routes
from evidenceboard.model.scene import Scene
from evidenceboard.render.board_paint import Picture, paint_board
from evidenceboard.render.buffers import scroll
from evidenceboard.render.palette import DARK, LIGHT, Palette
from evidenceboard.render.view import View

WIDE, HIGH = 320, 240


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Session]:
    with Session.create(tmp_path / "empty.db") as made:
        yield made


def painted(picture: Picture, view: View, strips: list[QRect]) -> QImage:
    image = QImage(WIDE, HIGH, QImage.Format.Format_RGB32)
    image.fill(QColor("#ff00ff"))
    painter = QPainter(image)
    for strip in strips:
        paint_board(painter, picture, view, strip)
    painter.end()
    return image


@pytest.mark.qt
@pytest.mark.parametrize("palette", (LIGHT, DARK))
@pytest.mark.parametrize(
    ("scale", "collapsed"),
    [(0.07, False), *((scale, collapsed) for scale in (0.3, 0.37, 1.0, 2.3) for collapsed in (False, True))],
)
def test_frames_and_dots_are_the_same_in_strips_of_any_width(
    qapp: object, empty: Session, palette: Palette, scale: float, collapsed: bool
) -> None:
    board = empty.document.boards[0]
    with empty.transaction("Add frames") as tx:
        for x, y in ((8.0, 16.0), (120.0, 60.0), (200.0, 120.0)):
            made = commands.add_frame(tx, board.id, title="Sightings", x=x, y=y, w=160.0, h=96.0)
            commands.collapse_frame(tx, made.id, collapsed)
    scene = Scene(empty.document, board.id)
    picture = Picture(empty.document, scene, Routes(scene), palette)
    view = View(scale, 7, -3)
    whole = painted(picture, view, [QRect(0, 0, WIDE, HIGH)])
    for size in (3, 7, 16, 41):
        across = [QRect(0, top, WIDE, min(size, HIGH - top)) for top in range(0, HIGH, size)]
        down = [QRect(left, 0, min(size, WIDE - left), HIGH) for left in range(0, WIDE, size)]
        assert painted(picture, view, across) == whole
        assert painted(picture, view, down) == whole


@given(st.integers(-9, 9), st.integers(-7, 7), st.sampled_from([8, 9]))
def test_pixels_that_stay_in_view_are_moved_and_none_beyond_the_picture_is_touched(dx: int, dy: int, wide: int) -> None:
    image = QImage(wide, 6, QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.bits(), np.uint32).reshape(6, -1)
    pixels[:] = np.arange(pixels.size).reshape(pixels.shape)
    before = pixels.copy()
    scroll(image, dx, dy)
    for y in range(6):
        for x in range(wide):
            if 0 <= x - dx < wide and 0 <= y - dy < 6:
                assert pixels[y, x] == before[y - dy, x - dx]
    assert set(pixels.flat) <= set(before.flat)
