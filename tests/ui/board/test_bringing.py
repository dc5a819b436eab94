"""Another large board of a file: it comes bit by bit, what is looked at first, and the window lives meanwhile."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from evidenceboard import Session, commands
from evidenceboard.commands.generate import generated
from evidenceboard.model.changes import BULK
from evidenceboard.model.scene import Scene
from evidenceboard.ui.window import Window, show_session

pytestmark = pytest.mark.qt
CARDS = BULK + 200


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("boards") / "board.db"
    generated(path, cards=CARDS, links=CARDS, seed=8)
    with Session.open(path) as session:
        (board,) = session.document.boards
        two = [(card.entity_id, card.x) for card in session.document.cards_on(board.id)[:2]]
        with session.transaction("Add a board") as tx:
            other = commands.add_board(tx, "Depots")
            for entity_id, x in two:
                commands.place(tx, other.id, entity_id, x=x, y=0)
    return path


@pytest.fixture
def window(made: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    shutil.copy(made, tmp_path / "board.db")
    shown = show_session(Session.open(tmp_path / "board.db"))
    shown.resize(1000, 700)
    qtbot.waitUntil(shown.board.surface.is_settled, timeout=30_000)
    yield shown
    shown.close()


def boards(window: Window) -> tuple[str, str]:
    large, small = (board.id for board in window.document.boards)
    return large, small


def come(window: Window, qtbot: QtBot) -> None:
    """Wait until all of the board is shown, and compare it with a board that is made anew."""
    surface = window.board.surface
    qtbot.waitUntil(lambda: surface.is_whole, timeout=30_000)
    qtbot.waitUntil(surface.is_settled, timeout=30_000)
    seen, fresh = surface.scene, Scene(window.document, window.board_id)
    assert seen.board_id == window.board_id
    slots = [seen.slot_of[card_id] for card_id in fresh.card_ids]
    assert np.array_equal(seen.box[:, slots], fresh.box[:, : fresh.n])
    assert set(seen.index_of) == set(fresh.index_of)
    assert seen.counts() == fresh.counts()


def test_a_large_board_comes_while_the_window_lives_and_nothing_of_the_other_stays(
    window: Window, qtbot: QtBot
) -> None:
    large, small = boards(window)
    window.show_board(small)
    come(window, qtbot)
    assert window.board.surface.scene.counts()[0] == 2
    window.show_board(large)
    assert not window.board.surface.is_whole
    assert not window.board.surface.scene.slot_of
    assert f"{CARDS:,} cards" in window.status.counts.text()
    come(window, qtbot)
    assert window.board.surface.scene.counts()[0] == CARDS
    assert "links" in window.status.counts.text()


def test_what_was_looked_at_is_there_before_the_rest(window: Window, qtbot: QtBot) -> None:
    large, small = boards(window)
    surface = window.board.surface
    card = window.document.cards_on(large)[40]
    surface.zoom_by(1 / surface.zoom)
    surface.put_camera(1.0, card.x - 200, card.y - 200)
    seen = [(surface.camera.zoom, surface.camera.x, surface.camera.y)]
    window.show_board(small)
    sizes: list[tuple[int, bool]] = []
    surface._bringing.near.connect(lambda scene: sizes.append((scene.n, card.id in scene.slot_of)))
    window.show_board(large)
    come(window, qtbot)
    ((n, there),) = sizes
    assert there
    assert 0 < n < CARDS
    assert [(surface.camera.zoom, surface.camera.x, surface.camera.y)] == seen


def test_a_change_meanwhile_is_in_the_picture(window: Window, qtbot: QtBot) -> None:
    large, small = boards(window)
    card = window.document.cards_on(large)[0]
    window.show_board(small)
    come(window, qtbot)
    window.show_board(large)
    window.perform("Move {n} cards", lambda tx: commands.move_cards(tx, [card.id], 400, 80), n=1)
    assert not window.board.surface.is_whole
    come(window, qtbot)
    slot = window.board.surface.scene.slot_of[card.id]
    assert window.board.surface.scene.box[0, slot] == card.x + 400


def test_one_who_goes_to_a_card_on_it_gets_there(window: Window, qtbot: QtBot) -> None:
    large, small = boards(window)
    card = window.document.cards_on(large)[CARDS // 2]
    window.show_board(small)
    come(window, qtbot)
    window.show_entity(card.entity_id)
    come(window, qtbot)
    assert window.selection.cards == {card.id}
    assert window.board.surface.visible_area().contains(card.x + 1, card.y + 1)


def test_to_leave_it_before_it_is_there_shows_the_other_one(window: Window, qtbot: QtBot) -> None:
    large, small = boards(window)
    window.show_board(small)
    window.show_board(large)
    window.show_board(small)
    assert window.board.surface.is_whole
    come(window, qtbot)
    qtbot.wait(50)
    assert window.board.surface.scene.board_id == small


def test_a_large_board_is_removed_and_comes_back(window: Window, qtbot: QtBot) -> None:
    large, small = boards(window)
    window.remove_board(large)
    assert window.board_id == small
    come(window, qtbot)
    window.run("undo")
    window.show_board(large)
    come(window, qtbot)
    assert window.board.surface.scene.counts()[0] == CARDS
