"""Windows at the edge: a title that never ends in every part of it, hardly any room, more pixels than a screen has."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QMenuBar, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from evidenceboard import Session, commands
from evidenceboard.model.records import TITLE_LIMIT
from evidenceboard.ui.panels import PANELS
from evidenceboard.ui.window import Window, show_file

pytestmark = pytest.mark.qt
ENDLESS = "Ж" * TITLE_LIMIT
SIDE, HIGH = 1600, 1000


@pytest.fixture
def endless(tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    """Return a window in which every title is as long as one can be, without a blank."""
    path = tmp_path / "board.db"
    with Session.create(path, title=ENDLESS) as session, session.transaction(ENDLESS[:200]) as tx:
        board = session.document.boards[0].id
        made = {kind: commands.add_entity(tx, kind, title=ENDLESS).id for kind in ("claim", "source", "scenario")}
        for place, entity_id in enumerate(made.values()):
            commands.place(tx, board, entity_id, x=0, y=place * 250)
        commands.set_fields(tx, made["claim"], happened="2024-10-12")
        commands.link(tx, "states", made["source"], made["claim"], props={"quote": ENDLESS[:5000]})
        commands.link(tx, "bears on", made["claim"], made["scenario"], props={"consistency": "C"})
        commands.add_frame(tx, board, title=ENDLESS, x=500, y=0, w=300, h=300)
    shown = show_file(path)
    shown.resize(SIDE, HIGH)
    qtbot.waitExposed(shown)
    qtbot.waitUntil(shown.board.surface.is_settled)
    yield shown
    shown.close()


def ready(window: Window, panel: str, qtbot: QtBot) -> QWidget:
    dock = window.docks[panel]
    if not dock.isVisible():
        window.run(f"panel_{panel}")
    qtbot.waitUntil(lambda: dock.widget() is not None and dock.widget().isVisible())
    return dock.widget()


@pytest.mark.parametrize("panel", [panel.id for panel in PANELS])
def test_a_title_that_never_ends_leaves_window_and_panel_as_wide_as_they_are(
    endless: Window, qtbot: QtBot, panel: str
) -> None:
    shown = ready(endless, panel, qtbot)
    endless.selection.set(cards=[endless.document.cards[0].id])
    if panel == "search":
        shown.findChild(QLineEdit).setText(ENDLESS[:300])
    qtbot.waitUntil(endless.board.surface.is_settled)
    for view in shown.findChildren(QAbstractItemView):
        if view.model() is not None and view.isVisible():
            qtbot.waitUntil(lambda view=view: view.model().rowCount() > 0)
            tips = [view.model().index(row, 0).data(Qt.ItemDataRole.ToolTipRole) for row in range(3)]
            assert all(len(str(tip)) < 20_000 for tip in tips)
    assert (endless.width(), endless.height()) == (SIDE, HIGH)
    assert shown.width() < SIDE and endless.board.surface.width() > SIDE / 3


def test_a_title_that_never_ends_can_be_written_on_and_stays(endless: Window, qtbot: QtBot) -> None:
    card = endless.document.cards[0]
    endless.board.surface.edit(card.id)
    editor = endless.board.editor
    qtbot.waitUntil(editor.isVisible)
    assert endless.board.rect().contains(editor.geometry())
    assert endless.board.finish()
    assert endless.document.entity("C1").title == ENDLESS


@pytest.mark.parametrize("panels", [(), ("outline", "timeline"), ("search", "matrix", "history")])
def test_a_window_with_hardly_any_room_is_as_small_as_its_parts_allow_and_none_lies_on_another(
    board_path: Path, qtbot: QtBot, panels: tuple[str, ...]
) -> None:
    window = show_file(board_path)
    for panel in panels:
        ready(window, panel, qtbot)
    window.resize(200, 100)
    qtbot.waitUntil(window.board.surface.is_settled)
    menus = window.findChild(QMenuBar)
    parts = [window.board, window.menuWidget(), window.statusBar(), *window.docks.values()]
    boxes = [QRect(part.mapTo(window, part.rect().topLeft()), part.size()) for part in parts if part.isVisible()]
    assert all(window.rect().contains(box) for box in boxes)
    assert not any(one.intersects(other) for one, other in combinations(boxes, 2))
    more = menus.findChild(QToolButton, "qt_menubar_ext_button")
    fit = all(menus.rect().contains(menus.actionGeometry(action)) for action in menus.actions())
    assert fit or (more.isVisible() and menus.rect().contains(more.geometry()))
    assert window.board.rect().contains(window.board.minimap.geometry())


PROGRAM = """
import resource, sys
from pathlib import Path
from PySide6.QtTest import QTest
from evidenceboard.ui import program
from evidenceboard.ui.window import show_file
program.application()
window = show_file(Path(sys.argv[1]))
surface = window.board.surface
def settled():
    QTest.qWait(50)
    while not surface.is_settled():
        QTest.qWait(5)
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
settled()
before = settled()
window.resize(3840, 2160)
settled()
surface.zoom_by(1.3)
settled()
surface.pan_by(100, 50)
print(surface.devicePixelRatioF(), (settled() - before) / (7680 * 4320 * 4))
window.close()
"""


def test_a_screen_of_8k_takes_no_more_than_four_pictures_of_it(board_path: Path) -> None:
    # In a process of its own: how large a pixel is cannot be changed in this one. What it takes is the window's own
    # picture, the board's, the one that is being painted, and one whose memory waits for the next.
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(board_path)],
        capture_output=True, text=True, check=False, env={**os.environ, "QT_SCALE_FACTOR": "2"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-600:]
    ratio, pictures = map(float, done.stdout.split())
    assert ratio == 2.0 and pictures < 4.3
