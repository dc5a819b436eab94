"""The minimap: a click moves the view to where it points."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.session import Session
from evidenceboard.ui import program
from evidenceboard.ui.window import show_file


def test_a_click_on_the_map_goes_to_that_place_of_the_board(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setenv("EVIDENCEBOARD_CONFIG_DIR", str(tmp_path / "config"))
    with Session.create(tmp_path / "board.db") as session, session.transaction("Add cards") as tx:
        for corner in (0.0, 4000.0):
            claim = commands.add_entity(tx, "claim", title="Far apart")
            commands.place(tx, session.document.boards[0].id, claim.id, x=corner, y=corner, w=200, h=200)
    program.application()
    window = show_file(tmp_path / "board.db")
    qtbot.addWidget(window)
    surface, small = window.board.surface, window.board.minimap
    qtbot.waitExposed(window)
    assert not small.isVisible(), "all of the board is seen, so there is nothing to show"
    surface.put_camera(1.0, -4000.0, -4000.0)
    assert small.isVisible() and small.geometry().right() < window.board.width()
    middle = QPoint(small.width() // 2, small.height() // 2)
    small.grab()
    qtbot.mouseClick(small, Qt.MouseButton.LeftButton, pos=middle)
    seen = surface.visible_area().center()
    assert abs(seen.x() - 2100) < 60 and abs(seen.y() - 2100) < 60
    qtbot.mouseMove(small, middle + QPoint(10, 0))
    assert surface.visible_area().center() == seen
