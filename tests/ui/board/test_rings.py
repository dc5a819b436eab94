"""The rings around very many selected cards: the same picture however it is made, wherever the view stands."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from evidenceboard.model.boxes import Floats
from evidenceboard.render.buffers import draw_rects
from evidenceboard.ui.board.rings import _TURNED, _bars, _joined, _pixels, _touching

COLOUR = QColor("#2b6cb0")


def painted(bars: Floats) -> QImage:
    """Return a picture of boxes (4, n) filled."""
    drawn = QImage(200, 200, QImage.Format.Format_ARGB32_Premultiplied)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(COLOUR)
    draw_rects(painter, bars.T)
    painter.end()
    return drawn


def test_rings_that_are_set_as_pixels_look_like_rings_that_are_drawn() -> None:
    chance = np.random.default_rng(3)
    boxes = np.concatenate([chance.uniform(4, 180, (2, 400)), chance.uniform(0.2, 6, (2, 400))])
    bars = _bars(boxes, 1)
    assert bars.shape[1] > 400
    assert painted(bars) == _pixels(bars, 200, 200, COLOUR)


def test_a_ring_leaves_its_inside_free_and_one_without_an_inside_is_filled() -> None:
    picture = _pixels(_bars(np.array([[10.0, 40.0], [10.0, 10.0], [8.0, 1.0], [8.0, 1.0]]), 1), 60, 40, COLOUR)
    full = COLOUR.rgba()
    assert picture.pixel(10, 10) == picture.pixel(18, 18) == picture.pixel(10, 14) == full
    assert picture.pixel(14, 14) == picture.pixel(9, 9) == picture.pixel(19, 19) == 0
    assert picture.pixel(40, 10) == picture.pixel(41, 11) == full


def test_only_rings_that_touch_the_view_are_worked_out_and_none_of_those_is_missing() -> None:
    chance = np.random.default_rng(4)
    boxes = np.concatenate([chance.uniform(-300, 500, (2, 600)), chance.uniform(10, 60, (2, 600))])
    near = _touching(boxes, (0.0, 0.0, 200.0, 200.0))
    assert 0 < np.count_nonzero(near) < 300
    assert painted(_bars(boxes[:, near], 2)) == painted(_bars(boxes, 2))


def test_rings_on_one_spot_are_joined_and_look_the_same() -> None:
    chance = np.random.default_rng(5)
    boxes = np.concatenate([chance.uniform(20, 60, (2, 900)), chance.uniform(1, 90, (2, 900))])
    bars = _bars(boxes, 2)
    flat = bars[2] >= bars[3]
    joined = np.concatenate([_joined(bars[:, flat]), _joined(bars[:, ~flat][_TURNED])[_TURNED]], axis=1)
    assert joined.shape[1] < bars.shape[1] / 5
    assert painted(joined) == painted(bars)
    assert _joined(bars[:, :0]).shape == (4, 0)
