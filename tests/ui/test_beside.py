"""Large changes in a window: it lives meanwhile, takes nothing else, can stop them, and shows what came of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QProgressDialog, QPushButton
from pytestqt.qtbot import QtBot

from evidenceboard import Session, commands
from evidenceboard.commands.generate import generated
from evidenceboard.errors import EvidenceBoardError
from evidenceboard.model.changes import BULK
from evidenceboard.model.records import TABLES, Record
from evidenceboard.model.scene import Scene
from evidenceboard.model.transaction import Transaction
from evidenceboard.ui import imports
from evidenceboard.ui.window import Window, show_file

pytestmark = pytest.mark.qt
CARDS = BULK + 200


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "board.db"
    generated(path, cards=CARDS, links=CARDS, seed=8)
    return path


@pytest.fixture
def window(made: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    shutil.copy(made, tmp_path / "board.db")
    shown = show_file(tmp_path / "board.db")
    shown.resize(1000, 700)
    qtbot.waitUntil(lambda: shown.session.read_only == "", timeout=60_000)
    qtbot.waitUntil(shown.board.surface.is_settled, timeout=30_000)
    yield shown
    shown.close()


def tables(window: Window) -> dict[str, dict[str, Record]]:
    return {table: dict(window.document.table(table)) for table in TABLES}


def move_all(window: Window) -> bool:
    cards = [card.id for card in window.document.cards]

    def move(tx: Transaction) -> bool:
        commands.move_cards(tx, cards, 40, 80)
        return True

    return bool(window.perform("Move {n} cards", move, n=len(cards)))


def meanwhile(window: Window, act: Callable[[], None]) -> Callable[[], int]:
    """Do something once while a large change is on its way; return what tells how often the window came round."""
    turns = 0
    timer = QTimer(window)

    def turn() -> None:
        nonlocal turns
        if window.session.busy:
            turns += 1
            if turns == 2:
                act()

    timer.timeout.connect(turn)
    timer.start(1)
    return lambda: turns


def assert_shown(window: Window, qtbot: QtBot) -> None:
    """Compare what the board shows with a board that is made anew."""
    qtbot.waitUntil(window.board.surface.is_settled, timeout=30_000)
    seen, fresh = window.board.surface.scene, Scene(window.document, window.board_id)
    slots = [seen.slot_of[card_id] for card_id in fresh.card_ids]
    assert np.array_equal(seen.box[:, slots], fresh.box[:, : fresh.n])
    assert seen.counts() == fresh.counts()
    with Session.open(window.session.path, read_only=True) as again:
        assert {table: dict(again.document.table(table)) for table in TABLES} == tables(window)


def test_the_window_lives_while_a_large_change_is_written_and_one_undo_takes_it_back(
    window: Window, qtbot: QtBot
) -> None:
    start = tables(window)
    window.run("select_all")
    chosen = window.selection.cards
    turns = meanwhile(window, lambda: None)
    assert move_all(window)
    assert turns() > 3
    assert window.selection.cards is chosen
    assert_shown(window, qtbot)
    assert tables(window) != start
    window.run("undo")
    assert tables(window) == start
    assert_shown(window, qtbot)
    window.run("redo")
    assert tables(window) != start
    assert_shown(window, qtbot)


def test_large_moves_and_layouts_are_shown_as_they_are_also_where_cards_came_and_went(
    window: Window, qtbot: QtBot
) -> None:
    trial = window.board.surface.trial
    few = [entity.id for entity in window.document.entities[5:40:5]]

    def remove(tx: Transaction) -> bool:
        commands.remove(tx, few)
        return True

    assert window.perform("Remove some", remove)
    assert move_all(window)
    assert_shown(window, qtbot)
    trial.begin("grid")
    qtbot.waitUntil(lambda: trial.is_shown, timeout=30_000)
    trial.keep()
    qtbot.waitUntil(lambda: not trial.is_open, timeout=30_000)
    assert_shown(window, qtbot)
    for _ in range(3):
        window.run("undo")
        assert_shown(window, qtbot)


def test_a_change_that_turns_out_large_is_written_beside_the_window_too(window: Window, qtbot: QtBot) -> None:
    begun = []

    def remove(tx: Transaction) -> int:
        begun.append(tx)
        commands.remove(tx, [entity.id for entity in tx.document.entities])
        return 7

    turns = meanwhile(window, lambda: None)
    assert window.perform("Remove everything", remove) == 7
    assert len(begun) == 2
    assert turns() > 3
    assert window.document.size("entities") == window.document.size("links") == 0
    assert window.board.surface.scene.counts()[:2] == (0, 0)
    assert_shown(window, qtbot)
    qtbot.waitUntil(lambda: window.finder.ready)
    assert window.finder.search("convoy", 5) == []
    window.run("undo")
    assert_shown(window, qtbot)
    qtbot.waitUntil(lambda: window.finder.ready)
    assert window.finder.search("convoy", 5)


def test_stopped_it_leaves_everything_as_it_was_and_says_so(window: Window, qtbot: QtBot) -> None:
    start, before = tables(window), window.session.path.read_bytes()

    def stop() -> None:
        (box,) = window.findChildren(QProgressDialog, "waiting")
        box.findChildren(QPushButton)[0].click()

    meanwhile(window, stop)
    assert not move_all(window)
    assert tables(window) == start
    assert window.session.path.read_bytes() == before
    assert window.notices.isVisible()
    assert "nothing was changed" in window.notices.text()
    assert_shown(window, qtbot)


def test_meanwhile_nothing_else_is_changed_and_the_window_does_not_close(window: Window, qtbot: QtBot) -> None:
    claims = window.document.size("entities")

    def act() -> None:
        assert window.perform("Add a claim", lambda tx: commands.add_entity(tx, "claim", title="Lorries")) is None
        assert "still under way" in window.notices.text()
        assert not window.close()

    turns = meanwhile(window, act)
    assert move_all(window)
    assert turns() >= 2
    assert window.isVisible()
    assert window.document.size("entities") == claims
    assert window.perform("Add a claim", lambda tx: commands.add_entity(tx, "claim", title="Lorries")) is not None
    assert_shown(window, qtbot)


def test_a_table_of_many_rows_comes_in_as_one_step(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    start, steps = tables(window), window.session.operation_count()
    table = tmp_path / "people.csv"
    rows = [f"actor,Witness {n},person" for n in range(CARDS)]
    table.write_text("\n".join(["type,title,kind", *rows]), "utf-8")
    turns = meanwhile(window, lambda: None)
    imports.take_in(window, table)
    assert turns() > 3
    assert window.session.operation_count() == steps + 1
    assert window.document.size("entities") == len(start["entities"]) + CARDS
    assert f"{CARDS:,} entities" in window.notices.text()
    assert_shown(window, qtbot)
    window.run("undo")
    assert tables(window) == start
    assert_shown(window, qtbot)


def test_a_table_with_a_wrong_row_changes_nothing_and_says_which(window: Window, tmp_path: Path) -> None:
    start = tables(window)
    table = tmp_path / "people.csv"
    table.write_text("type,title\nactor,Anna\nstarship,Enterprise\nclaim,\n", "utf-8")
    with pytest.raises(EvidenceBoardError, match="Nothing was imported"):
        imports.take_in(window, table)
    assert tables(window) == start
    assert not window.session.busy
    (tmp_path / "empty.csv").write_bytes(b"")
    with pytest.raises(EvidenceBoardError, match="nothing was changed"):
        imports.take_in(window, tmp_path / "empty.csv")
    assert not window.session.busy


def test_many_cards_that_are_dragged_stay_where_they_were_let_go_until_they_are_written(
    window: Window, qtbot: QtBot
) -> None:
    surface = window.board.surface
    window.run("select_all")
    card = next(
        card
        for card in window.document.cards
        if surface.rect().adjusted(40, 40, -200, -200).contains(surface.to_screen(card.x + 20, card.y + 20).toPoint())
    )
    start = {one.id: (one.x, one.y) for one in window.document.cards}
    at = surface.to_screen(card.x + 20, card.y + 20).toPoint()
    shown: list[tuple[float, float]] = []
    turns = meanwhile(window, lambda: shown.append(surface.preview_shift()))
    QTest.mousePress(surface, Qt.MouseButton.LeftButton, pos=at)
    for step in (10, 30, 60):
        QTest.mouseMove(surface, at + QPoint(step, step), delay=5)
    held = surface.preview_shift()
    assert held != (0, 0)
    QTest.mouseRelease(surface, Qt.MouseButton.LeftButton, pos=at + QPoint(60, 60))
    assert turns() > 2
    assert shown == [held]
    assert surface.preview_shift() == (0, 0)
    ends = {one.id: (one.x, one.y) for one in window.document.cards}
    assert ends == {card_id: (x + held[0], y + held[1]) for card_id, (x, y) in start.items()}
    assert_shown(window, qtbot)


def test_many_cards_are_copied_and_pasted_while_the_window_lives(window: Window, qtbot: QtBot) -> None:
    start = tables(window)
    window.run("select_all")
    turns = meanwhile(window, lambda: None)
    window.run("copy")
    assert turns() > 3
    assert tables(window) == start
    assert QGuiApplication.clipboard().text().count("\n") == CARDS - 1
    turns = meanwhile(window, lambda: None)
    window.run("paste")
    assert turns() > 3
    assert window.document.size("cards") == 2 * CARDS
    assert window.document.size("links") == 2 * len(start["links"])
    assert len(window.selection.cards) == CARDS
    assert window.selection.cards.isdisjoint(start["cards"])
    assert_shown(window, qtbot)
    window.run("undo")
    assert tables(window) == start
    assert_shown(window, qtbot)


def test_copying_that_is_stopped_leaves_the_clipboard_as_it_was(window: Window) -> None:
    QGuiApplication.clipboard().setText("Lorries at the depot")
    window.run("select_all")

    def stop() -> None:
        (box,) = window.findChildren(QProgressDialog, "waiting")
        box.findChildren(QPushButton)[0].click()

    meanwhile(window, stop)
    window.run("copy")
    assert QGuiApplication.clipboard().text() == "Lorries at the depot"
    assert not window.session.busy
