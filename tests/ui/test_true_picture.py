"""However the picture of a board came about, scrolled, mended or painted meanwhile: it equals a new one."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Final

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.commands.generate import generated
from evidenceboard.ui.board.moving import drop_moved
from evidenceboard.ui.board.surface import Surface
from evidenceboard.ui.window import Window, show_file

pytestmark = pytest.mark.qt
ROUNDING: Final = 3
ODD: Final = 0.0002
"""Steps of 255, and the share of pixels beyond them, by which Qt paints a line differently when a clip cuts it."""
ZOOMS: Final = (0.06, 0.15, 0.3, 0.9)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "board.db"
    generated(path, cards=160, links=420, seed=3)
    return path


@pytest.fixture
def window(made: Path, tmp_path: Path, qtbot: QtBot) -> Window:
    path = tmp_path / "board.db"
    path.write_bytes(made.read_bytes())
    shown = show_file(path)
    shown.resize(1000, 700)
    qtbot.waitExposed(shown)
    qtbot.waitUntil(lambda: shown.session.read_only == "")  # a copy is looked over before it can be changed
    return shown


def settle(surface: Surface, qtbot: QtBot) -> None:
    qtbot.waitUntil(surface.is_settled)


def look(window: Window, qtbot: QtBot, zoom: float) -> Surface:
    surface = window.board.surface
    surface.put_camera(zoom, 1500 - 350 / zoom, 900 - 250 / zoom)
    settle(surface, qtbot)
    return surface


def pixels(image: QImage) -> NDArray[np.int16]:
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine() // 4, 4)
    return flat[:, : plain.width(), :3].astype(np.int16)


def shown(surface: Surface) -> NDArray[np.int16]:
    return pixels(surface.grab(QRect(0, 0, surface.width(), surface.height())).toImage())


def anew(surface: Surface, qtbot: QtBot) -> NDArray[np.int16]:
    """Return what a new picture of the whole board as the document has it looks like."""
    emphasis = surface.picture.emphasis
    surface.show_board(surface.scene.board_id)
    surface.picture.emphasis = emphasis
    settle(surface, qtbot)
    return shown(surface)


def assert_true(surface: Surface, qtbot: QtBot) -> None:
    settle(surface, qtbot)
    seen, wanted = shown(surface), anew(surface, qtbot)
    wrong = np.abs(seen - wanted).max(axis=2) > ROUNDING
    assert wrong.sum() < ODD * wrong.size, f"{wrong.sum()} pixels differ, the first at {np.argwhere(wrong)[0].tolist()}"
    blocks = wrong[:-1, :-1] & wrong[1:, :-1] & wrong[:-1, 1:] & wrong[1:, 1:]
    assert not blocks.any(), f"a patch differs at {np.argwhere(blocks)[0].tolist()}"


@pytest.mark.parametrize("zoom", ZOOMS)
def test_a_picture_that_was_scrolled(window: Window, qtbot: QtBot, zoom: float) -> None:
    surface = look(window, qtbot, zoom)
    chance = random.Random(zoom)
    for _ in range(12):
        surface.pan_by(chance.uniform(-80, 80), chance.uniform(-60, 60))
        surface.repaint()
    assert_true(surface, qtbot)


def test_a_picture_that_was_scrolled_while_it_was_painted(window: Window, qtbot: QtBot) -> None:
    surface = look(window, qtbot, 0.3)
    for step in range(6):
        surface.refresh()
        surface.backing.work(0.001)
        surface.pan_by(-37, 21 if step % 2 else -50)
        surface.backing.work(0.001)
    assert_true(surface, qtbot)


@pytest.mark.parametrize("zoom", ZOOMS)
def test_a_picture_after_cards_were_moved(window: Window, qtbot: QtBot, zoom: float) -> None:
    surface = look(window, qtbot, zoom)
    chance = random.Random(zoom)
    for count in (1, 1, 7, 60):
        cards = {surface.scene.card_ids[slot] for slot in chance.sample(range(160), count)}
        assert drop_moved(surface, cards, set(), chance.randrange(-400, 400), chance.randrange(-300, 300))
        settle(surface, qtbot)
    assert_true(surface, qtbot)


@pytest.mark.parametrize("zoom", (0.3, 0.9))
def test_a_picture_after_each_kind_of_change(window: Window, qtbot: QtBot, zoom: float) -> None:
    surface, document = look(window, qtbot, zoom), window.document
    chance = random.Random(7)
    ids = [entity.id for entity in document.entities]
    states = [link for link in document.links if link.type == "states"]
    board = window.board_id
    works = (
        lambda tx: commands.set_fields(tx, ids[25], title="Another title that is somewhat longer than the last one"),
        lambda tx: commands.link(tx, "related", ids[22], ids[30], props={"label": "knows"}),
        lambda tx: commands.remove(tx, [states[0].id]),
        lambda tx: commands.remove(tx, [ids[24]]),
        lambda tx: commands.set_fields(tx, states[1].id, credibility="5"),
        lambda tx: commands.place(tx, board, commands.add_entity(tx, "claim", title="New").id, x=1500, y=900),
        lambda tx: commands.add_frame(tx, board, title="Another", x=1200, y=700, w=500, h=300),
        lambda tx: commands.move_cards(tx, [document.cards[chance.randrange(100)].id for _ in range(3)], 64, -40),
    )
    for work in works:
        window.perform("Change", work)
        settle(surface, qtbot)
    for _ in works:
        window.run("undo")
    for _ in works[:5]:
        window.run("redo")
    assert_true(surface, qtbot)


@pytest.mark.parametrize("zoom", ZOOMS)
@pytest.mark.parametrize("count", (1, 30))
def test_a_picture_after_a_drag_was_given_up(window: Window, qtbot: QtBot, zoom: float, count: int) -> None:
    surface = look(window, qtbot, zoom)
    cards = surface.scene.card_ids[20 : 20 + count]
    for step in range(1, 9):
        surface.preview(cards, step * 40.0, step * 24.0)
        surface.repaint()
        qtbot.wait(1)
        if step == 4:
            surface.pan_by(-60, 30)
    surface.end_preview()
    assert_true(surface, qtbot)


def test_a_picture_after_zooming_in_and_out_and_choosing(window: Window, qtbot: QtBot) -> None:
    surface = look(window, qtbot, 0.5)
    for step in range(10):
        surface.zoom_by(1.15 if step < 5 else 1 / 1.13, QPointF(300, 200))
        surface.repaint()
        window.selection.set(cards=surface.scene.card_ids[step : step + 3])
        qtbot.wait(1)
    window.selection.clear()
    assert_true(surface, qtbot)
