"""The table in a real window: keys that mean something else on the board, and a change of very many rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from evidenceboard import Session, commands
from evidenceboard.commands.generate import generated
from evidenceboard.ui.panels.editors import Line
from evidenceboard.ui.panels.table import Table
from evidenceboard.ui.window import Window, show_file

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, board_path: Path) -> Window:
    shown = show_file(board_path)
    qtbot.waitExposed(shown)
    shown.activateWindow()
    return shown


def opened(window: Window, qtbot: QtBot) -> Table:
    window.run("panel_table")
    table = window.docks["table"].widget()
    assert isinstance(table, Table)
    qtbot.waitUntil(lambda: not table.model.reading)
    qtbot.waitUntil(table.view.hasFocus)
    return table


def column(table: Table, key: str) -> int:
    return [one.key for one in table.model.columns].index(key)


def test_keys_that_change_the_board_mean_the_cells_while_the_table_has_the_keyboard(
    window: Window, qtbot: QtBot
) -> None:
    table = opened(window, qtbot)
    c1 = window.document.entity("C1").id
    window.perform("Where", lambda tx: commands.set_fields(tx, c1, where="Kursk"))
    cards, entities = len(window.document.cards), len(window.document.entities)
    table.view.setCurrentIndex(table.model.index(0, column(table, "where")))
    assert window.selection.cards
    qtbot.keyClick(table.view, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "Kursk"
    table.view.select_rows([1], column(table, "where"), current=1)
    qtbot.keyClick(table.view, Qt.Key.Key_V, CONTROL)
    assert window.document.entity("C2").props["where"] == "Kursk"
    qtbot.keyClick(table.view, Qt.Key.Key_Delete)
    assert window.document.entity("C2").props["where"] == ""
    qtbot.keyClick(table.view, Qt.Key.Key_D, CONTROL)
    assert window.document.entity("C2").props["where"] == "Kursk"
    qtbot.keyClick(table.view, Qt.Key.Key_A, CONTROL)
    assert len(table.chosen()) == 2 and len(window.selection.cards) == 2
    assert (len(window.document.cards), len(window.document.entities)) == (cards, entities)
    qtbot.keyClick(table.view, Qt.Key.Key_Z, CONTROL)
    assert window.document.entity("C2").props["where"] == ""


def test_a_letter_that_makes_a_card_on_the_board_is_typed_into_the_cell(window: Window, qtbot: QtBot) -> None:
    table = opened(window, qtbot)
    entities = len(window.document.entities)
    table.view.setCurrentIndex(table.model.index(0, column(table, "where")))
    qtbot.keyClick(table.view, Qt.Key.Key_C)
    made = table.editing.editor
    assert isinstance(made, Line) and made.value().lower() == "c"
    qtbot.keyClick(made, Qt.Key.Key_Escape)
    assert len(window.document.entities) == entities


def test_control_enter_flies_and_a_standing_opens_the_chain(window: Window, qtbot: QtBot) -> None:
    table = opened(window, qtbot)
    table.view.setCurrentIndex(table.model.index(0, column(table, "standing")))
    qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert window.board.surface.chain.claim_id == window.document.entity("C1").id


def test_a_click_on_a_heading_sorts_and_selects_nothing(window: Window, qtbot: QtBot) -> None:
    table = opened(window, qtbot)
    head = table.view.horizontalHeader()
    before = window.selection.cards
    at = head.sectionViewportPosition(column(table, "title")) + 20
    for first in ("C1", "C2"):
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at, 8))
        table.model.finish()
        assert table.model.index(0, 0).data() == first
    assert window.selection.cards == before


def test_what_stands_in_an_editor_is_kept_when_the_keyboard_goes_elsewhere(window: Window, qtbot: QtBot) -> None:
    table = opened(window, qtbot)
    table.view.setCurrentIndex(table.model.index(0, column(table, "where")))
    qtbot.keyClick(table.view, "K")
    field = table.findChild(QLineEdit, "tableFilter")
    assert field is not None
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    assert window.document.entity("C1").props["where"] == "K" and table.editing.editor is None


def test_a_value_for_very_many_rows_is_written_beside_the_window_and_taken_back_at_once(
    qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "large.db"
    generated(path, cards=7000, links=3000, seed=3)
    window = show_file(path)
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(lambda: window.session.reading is None, timeout=20_000)
    table = opened(window, qtbot)
    rows = table.model.rowCount()
    assert rows > 2000
    table.view.select_rows(list(range(rows)), column(table, "where"), current=0)
    table.view.setFocus()
    qtbot.keyClick(table.view, Qt.Key.Key_F2)
    made = table.editing.editor
    assert isinstance(made, Line)
    made.selectAll()
    qtbot.keyClicks(made, "K")
    qtbot.keyClick(made, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not table.deeds.busy and not table.model.reading, timeout=30_000)
    claims = list(window.document.where("entities", "type", "claim"))
    assert all(getattr(one, "props", {})["where"] == "K" for one in claims)
    assert table.view.blocks().count() == rows and "one undo takes it back" in table.said.words
    window.run("undo")
    qtbot.waitUntil(lambda: not table.model.reading, timeout=30_000)
    assert not all(getattr(one, "props", {}).get("where") == "K" for one in window.document.table("entities").values())
    assert QApplication.activeModalWidget() is None
    window.close()


def test_what_stands_in_an_editor_is_kept_when_the_window_closes(
    window: Window, qtbot: QtBot, board_path: Path
) -> None:
    table = opened(window, qtbot)
    table.view.setCurrentIndex(table.model.index(0, column(table, "where")))
    qtbot.keyClick(table.view, "K")
    window.close()
    with Session.open(board_path, read_only=True) as again:
        assert again.document.entity("C1").props["where"] == "K"


def test_a_closed_table_follows_nothing_and_is_true_when_it_is_opened_again(window: Window, qtbot: QtBot) -> None:
    table = opened(window, qtbot)
    window.run("panel_table")
    window.perform("Add", lambda tx: commands.add_entity(tx, "claim", title="Third"))
    assert table.model.rowCount() == 2
    window.run("panel_table")
    qtbot.waitUntil(lambda: table.model.rowCount() == 3)
