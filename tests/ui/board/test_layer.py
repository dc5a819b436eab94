"""Cards in the hand: painted at once or little by little, it is the same picture."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from evidenceboard.commands.generate import generated
from evidenceboard.ui.board.layer import Layer
from evidenceboard.ui.board.surface import Surface
from evidenceboard.ui.window import Window, show_file

pytestmark = pytest.mark.qt


@pytest.fixture
def large(tmp_path: Path, qtbot: QtBot) -> Window:
    generated(tmp_path / "large.db", cards=400, links=900, seed=5)
    shown = show_file(tmp_path / "large.db")
    shown.resize(1000, 700)
    qtbot.waitUntil(shown.board.surface.is_settled)
    return shown


def lifted(surface: Surface, within: float) -> Layer:
    slots = np.arange(0, 400, 2)
    window = QRect(0, 0, surface.width(), surface.height())
    return Layer(surface.picture, surface.camera.view(), window, slots, frozenset(), 40.0, 16.0, within=within)


def drawn(surface: Surface, layer: Layer) -> QImage:
    made = QImage(surface.size(), QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    layer.draw(painter, surface.camera.view(), made.rect())
    painter.end()
    return made


@pytest.mark.parametrize("zoom", (0.06, 0.3, 0.9))
def test_many_cards_are_seen_in_the_hand_once_all_of_them_are_painted(large: Window, qtbot: QtBot, zoom: float) -> None:
    surface = large.board.surface
    surface.put_camera(zoom, 1500 - 350 / zoom, 900 - 250 / zoom)
    qtbot.waitUntil(surface.is_settled)
    at_once, slowly = lifted(surface, math.inf), lifted(surface, 0.0)
    empty = drawn(surface, slowly)
    assert at_once.is_ready
    assert not slowly.is_ready
    assert empty.allGray() and not any(bytes(empty.constBits()))
    while not slowly.is_ready:
        slowly.work(math.inf)
    assert drawn(surface, slowly) == drawn(surface, at_once)


def test_cards_that_come_into_the_hand_are_painted_one_by_one_however_many_a_band_holds(
    large: Window, qtbot: QtBot
) -> None:
    surface = large.board.surface
    surface.put_camera(0.3, 1500 - 350 / 0.3, 900 - 250 / 0.3)
    qtbot.waitUntil(surface.is_settled)
    layer, steps = lifted(surface, 0.0), 0
    while not layer.is_ready:
        layer._paint_some(0.0)  # the time is over before it begins, so this is the least that is done at once
        steps += 1
    area = surface.visible_area()
    seen = surface.scene.cards_in((area.left(), area.top(), area.right(), area.bottom()))
    assert steps >= np.count_nonzero(seen % 2 == 0) > 20


def test_a_drag_of_many_cards_ends_where_the_hand_lets_go(large: Window, qtbot: QtBot) -> None:
    surface = large.board.surface
    cards = surface.scene.card_ids[:400]
    surface.preview(cards, 80.0, 40.0)
    surface.repaint()
    qtbot.waitUntil(lambda: surface.backing.settled)
    assert surface.preview_shift() == (80.0, 40.0)
    surface.end_preview()
    qtbot.waitUntil(surface.is_settled)
