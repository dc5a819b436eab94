"""The rings around very many selected cards: each is seen, however many there are and wherever the view stands."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from evidenceboard import Session, commands
from evidenceboard.model.boxes import Floats
from evidenceboard.render.buffers import draw_rects
from evidenceboard.ui.board.rings import _MANY, _bars, _Picture
from evidenceboard.ui.window import Window, show_file

pytestmark = pytest.mark.qt
COLOUR = QColor("#2b6cb0")
AREA = (-40.0, -30.0, 160.0, 170.0)


def made(boxes: Floats, thick: int, area: tuple[float, float, float, float] = AREA) -> QImage:
    """Return the picture of all rings around boxes (4, n), as it is painted in steps."""
    picture = _Picture(area, boxes, np.arange(boxes.shape[1]), 1.0, thick, COLOUR)
    while picture.work(0.0):
        pass
    return picture.image


def drawn(boxes: Floats, thick: int) -> QImage:
    """Return the same picture, drawn at once."""
    image = QImage(200, 200, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.translate(-AREA[0], -AREA[1])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(COLOUR)
    draw_rects(painter, _bars(boxes, thick).T)
    painter.end()
    return image


@pytest.mark.parametrize("thick", (1, 2))
@pytest.mark.parametrize("largest", (1, 6, 60))
def test_rings_that_are_painted_in_steps_look_like_rings_that_are_drawn(thick: int, largest: float) -> None:
    chance = np.random.default_rng(3)
    # Some lie beyond the picture, or reach out of it.
    boxes = np.concatenate([chance.uniform(-120, 260, (2, 20_000)), chance.uniform(0.2, largest, (2, 20_000))])
    boxes[:2, 300:] += 1000.0  # so many that there are several steps, so few in sight that each is seen
    assert made(boxes, thick) == drawn(boxes, thick)


def test_a_ring_leaves_its_inside_free_and_one_without_an_inside_is_filled() -> None:
    boxes = np.array([[10.0, 40.0], [10.0, 10.0], [8.0, 1.0], [8.0, 1.0]])
    picture, full = made(boxes, 1, (0.0, 0.0, 60.0, 40.0)), COLOUR.rgba()
    assert picture.pixel(10, 10) == picture.pixel(18, 18) == picture.pixel(10, 14) == full
    assert picture.pixel(14, 14) == picture.pixel(9, 9) == picture.pixel(19, 19) == 0
    assert picture.pixel(40, 10) == picture.pixel(41, 11) == full


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rings") / "board.db"
    with Session.create(path) as session, session.transaction("Fill") as tx:
        where = session.document.boards[0].id
        for number in range(_MANY + 400):
            note = commands.add_entity(tx, "note")
            commands.place(tx, where, note.id, x=number % 80 * 300.0, y=number // 80 * 300.0, w=200.0, h=100.0)
    return path


@pytest.mark.parametrize("zoom", (0.02, 0.05, 0.5))
def test_every_selected_card_has_its_ring_also_after_the_view_was_moved(board: Path, qtbot: QtBot, zoom: float) -> None:
    window = show_file(board)
    surface = window.board.surface
    surface.put_camera(zoom, -200.0, -200.0)
    qtbot.waitUntil(surface.is_settled, timeout=30_000)
    window.run("select_all")
    surface.grab()
    for by in ((-317, -211), (317, 211), (-60, -40)):
        qtbot.waitUntil(surface.is_settled, timeout=30_000)
        assert _without_ring(window) == 0
        surface.pan_by(*by)
        surface.grab()
    window.run("select_none")
    qtbot.waitUntil(surface.is_settled, timeout=30_000)
    assert _without_ring(window) > 0


def _without_ring(window: Window) -> int:
    """Return how many cards in view have a left edge that is not of the colour of a selection."""
    surface, image = window.board.surface, window.board.surface.grab().toImage()
    colour, missing = QColor(window.palette_.selection).rgb(), 0
    for slot in range(surface.scene.n):
        rect = surface.rect_on_screen(slot)
        x, y = round(rect.left()), round(rect.center().y())
        if 2 < x < image.width() - 2 and 2 < y < image.height() - 2:
            missing += not any(image.pixel(x + near, y) == colour for near in (-2, -1, 0, 1))
    return missing
