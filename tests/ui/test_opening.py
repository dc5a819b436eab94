"""A large board opens in stages: what was looked at last is there at once, the rest comes with the window alive."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from evidenceboard import Session, commands
from evidenceboard.commands.generate import generated
from evidenceboard.model.geometry import Geometry
from evidenceboard.model.records import TABLES
from evidenceboard.model.scene import Scene
from evidenceboard.ui import opening, settings
from evidenceboard.ui.window import Window, show_file

pytestmark = pytest.mark.qt
CARDS = 2400


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "board.db"
    generated(path, cards=CARDS, links=2 * CARDS, seed=5)
    assert opening.is_large(path), "this board is not large enough to be opened in stages"
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "board.db"
    copy.write_bytes(made.read_bytes())
    return copy


def stand(path: Path, zoom: float = 0.9, x: float = 900.0, y: float = 700.0) -> None:
    """Remember a place of the board as the one that was looked at last."""
    with Session.open(path, read_only=True) as session:
        board = session.document.boards[0].id
    settings.remember_place(path, {"board": board, "cameras": {board: [zoom, x, y]}})


def show(path: Path, qtbot: QtBot) -> Window:
    window = show_file(path)
    window.resize(1000, 700)
    qtbot.waitExposed(window)
    return window


def wait_until_read(window: Window, qtbot: QtBot) -> None:
    def told() -> bool:
        return window.session.reading is None and not window.status.saved.text().startswith("Reading")

    # What is told at the end of reading comes in a turn of its own.
    qtbot.waitUntil(told, timeout=60_000)
    qtbot.waitUntil(window.board.surface.is_settled)


def test_the_first_frame_shows_all_that_lies_in_view_while_most_of_the_file_is_unread(path: Path, qtbot: QtBot) -> None:
    stand(path)
    window = show(path, qtbot)
    surface = window.board.surface
    assert window.session.reading is not None
    assert window.session.reading < 0.5
    assert not surface.is_whole
    assert window.status.counts.text() == "more cards may come"
    first, view = surface.scene, surface.visible_area()
    area = (view.left(), view.top(), view.right(), view.bottom())
    seen = {first.card_ids[slot]: first.box[:, slot].tolist() for slot in first.cards_in(area)}
    links = {first.link_ids[index] for index in first.links_at(first.cards_in(area))}
    with Session.open(path, read_only=True) as session:
        whole = Scene(session.document, window.board_id)
    assert seen == {whole.card_ids[slot]: whole.box[:, slot].tolist() for slot in whole.cards_in(area)}
    assert len(seen) > 5
    assert links == {whole.link_ids[index] for index in whole.links_at(whole.cards_in(area))}
    assert first.n < whole.n / 2
    between = [
        index for index in range(first.m) if {*first.ends[:, index].tolist()} <= {*first.cards_in(area).tolist()}
    ]
    lines = {first.link_ids[index]: surface.routes.points[:, :, index] for index in between}
    tones = {first.link_ids[index]: first.tone[index] for index in range(first.m)}
    assert tones == {link: whole.tone[whole.index_of[link]] for link in tones}
    wait_until_read(window, qtbot)
    assert window.status.counts.text() == "2,400 cards, 4,800 links on this board"
    # What is seen first stays where it is, also as the rest comes.
    assert len(lines) > 5
    for link_id, points in lines.items():
        assert np.allclose(points, surface.routes.points[:, :, surface.scene.index_of[link_id]])


def test_where_nearly_all_cards_were_in_view_they_are_read_once_and_not_first_of_all_one_by_one(path: Path) -> None:
    box = (-1e6, -1e6, 1e6, 1e6)
    with Session.open(path, read_only=True, staged=True) as session:
        board = session.document.boards[0].id
        assert len(session.arrival.near(board, box).card_ids) == CARDS
        assert len(session.arrival.near(board, box, most=CARDS).card_ids) == CARDS
        assert session.arrival.near(board, box, most=CARDS - 1) == Geometry(whole=False)


def test_what_was_read_in_stages_is_what_is_read_at_once(path: Path, qtbot: QtBot) -> None:
    stand(path)
    window = show(path, qtbot)
    wait_until_read(window, qtbot)
    scene = window.board.surface.scene
    with Session.open(path, read_only=True) as session:
        for table in TABLES:
            assert window.document.table(table) == session.document.table(table)
        whole = Scene(session.document, window.board_id)
        assert window.session.problems == session.problems
        assert window.session.undo_label() == session.undo_label()
    assert np.array_equal(scene.box[:, : scene.n], whole.box[:, : whole.n])
    assert np.array_equal(scene.ends[:, : scene.m], whole.ends[:, : whole.m])
    assert np.array_equal(scene.tone[: scene.m], whole.tone[: whole.m])
    assert scene.link_ids == whole.link_ids


def test_nothing_can_be_changed_until_all_is_read_and_then_everything(path: Path, qtbot: QtBot) -> None:
    stand(path)
    window = show(path, qtbot)
    before = path.read_bytes()
    window.run("add_claim")
    assert "still being read" in window.notices.text()
    assert "Reading the file" in window.status.saved.text()
    assert path.read_bytes() == before
    wait_until_read(window, qtbot)
    assert window.status.saved.text().startswith("Saved")
    window.run("add_claim")
    window.board.finish()
    with qtbot.waitSignal(window.bridge.changed):
        window.run("undo")
    board = window.document.boards[0].id
    entity = next(card.entity_id for card in window.document.cards_on(board))
    window.perform("Change {field}", lambda tx: commands.set_fields(tx, entity, title="Now it can be written"))
    assert window.document.entity(entity).title == "Now it can be written"


def test_a_board_that_was_never_looked_at_is_shown_whole_as_soon_as_it_is_known(path: Path, qtbot: QtBot) -> None:
    window = show(path, qtbot)
    surface = window.board.surface
    assert not surface.is_whole
    assert "Reading the file" in window.status.saved.text()
    qtbot.waitUntil(lambda: f"{CARDS:,} cards" in window.status.counts.text())
    qtbot.waitUntil(lambda: surface.is_whole, timeout=30_000)
    assert surface.scene.counts()[0] == CARDS
    left, top, right, bottom = surface.scene.bounds() or (0.0, 0.0, 0.0, 0.0)
    assert surface.visible_area().contains(left, top) and surface.visible_area().contains(right, bottom)
    wait_until_read(window, qtbot)


def test_a_board_that_is_chosen_while_the_file_is_read_is_shown_whole_too(path: Path, qtbot: QtBot) -> None:
    with Session.open(path) as session, session.transaction("Make a second board") as tx:
        second = commands.add_board(tx, "Second").id
        commands.place(tx, second, session.document.entity("C1").id, x=0, y=0)
    stand(path)
    window = show(path, qtbot)
    window.show_board(second)
    wait_until_read(window, qtbot)
    assert window.board.surface.is_whole
    assert window.board.surface.scene.counts()[0] == 1
    window.run("next_board")
    qtbot.waitUntil(lambda: window.board.surface.is_whole)
    assert window.board.surface.scene.counts()[0] == CARDS


def test_a_window_that_is_closed_while_it_reads_leaves_the_file_as_it_was(path: Path, qtbot: QtBot) -> None:
    stand(path)
    before = path.read_bytes()
    window = show(path, qtbot)
    assert window.session.reading is not None
    window.close()
    assert path.read_bytes() == before
    with Session.open(path) as session:
        assert not session.read_only


def test_a_panel_that_asks_for_everything_waits_and_then_comes(path: Path, qtbot: QtBot) -> None:
    stand(path)
    window = show(path, qtbot)
    window.docks["outline"].bring()
    waiting = window.docks["outline"].widget()
    assert isinstance(waiting, QLabel)
    assert "when the file is read" in waiting.text()
    assert window.session.reading is not None
    wait_until_read(window, qtbot)
    qtbot.waitUntil(lambda: window.docks["outline"].widget().objectName() == "outline")


def test_what_is_found_is_found_once_all_is_read(path: Path, qtbot: QtBot) -> None:
    stand(path)
    window = show(path, qtbot)
    number = next(entity.number for entity in window.document.entities if entity.type == "claim")
    assert window.session.reading is None or window.find_entities(number, 5) == []
    wait_until_read(window, qtbot)
    assert number in [entity.number for entity in window.find_entities(number, 5)]


def test_damage_that_shows_late_is_told_and_nothing_is_written(path: Path, qtbot: QtBot) -> None:
    stand(path)
    with closing(sqlite3.connect(path)) as connection:
        page = connection.execute("select rootpage from sqlite_master where name = 'snapshots'").fetchone()[0]
        size = connection.execute("pragma page_size").fetchone()[0]
    data = bytearray(path.read_bytes())
    # The first frame asks for nothing of this table, reading to the end does.
    data[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(data)
    window = show(path, qtbot)
    qtbot.waitUntil(lambda: "damaged" in window.notices.text(), timeout=60_000)
    assert window.session.read_only
    window.run("add_claim")
    assert path.read_bytes() == bytes(data)
