"""Panels below the board share its whole width: one over the other, each behind its tab."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QTabWidget
from pytestqt.qtbot import QtBot

from evidenceboard import Session
from evidenceboard.ui.docks import AREAS
from evidenceboard.ui.window import Window, show_file

pytestmark = pytest.mark.qt


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Window:
    Session.create(tmp_path / "board.db").close()
    window = show_file(tmp_path / "board.db")
    window.resize(1400, 900)
    qtbot.waitExposed(window)
    return window


def test_a_second_panel_below_the_board_comes_over_the_first_one(window: Window, qtbot: QtBot) -> None:
    window.run("panel_matrix")
    matrix, timeline = window.docks["matrix"], window.docks["timeline"]
    wide = matrix.width()
    window.run("panel_timeline")
    qtbot.waitUntil(lambda: not timeline.visibleRegion().isEmpty())
    assert window.tabifiedDockWidgets(timeline) == [matrix]
    assert timeline.width() == wide
    assert window.tabPosition(AREAS["bottom"]) == QTabWidget.TabPosition.North
    window.run("panel_timeline")
    assert timeline.isHidden() and not matrix.isHidden()


def test_panels_at_the_left_stand_under_each_other(window: Window) -> None:
    window.run("panel_outline")
    window.run("panel_search")
    assert window.tabifiedDockWidgets(window.docks["search"]) == []
