"""A poisoned board in a real window: labels, tips, menus, tabs, lists, spoken names show plain text, load nothing."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from benchmarks.promises.poison import MARKUP, poisoned
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLabel, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from evidenceboard import Session
from evidenceboard.model.marks import marked
from evidenceboard.ui.panels import PANELS
from evidenceboard.ui.window import Window

pytestmark = pytest.mark.qt
ROWS = 60
"""Rows of a list that are looked at: each poison is among them."""
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_MARKUP = re.compile(r"<(img|a|b|html|table|object|script|svg|body|link)\b", re.IGNORECASE)

_heard: list[tuple[str, Any]] = []
_listening = False


def _hear(event: str, args: tuple[Any, ...]) -> None:
    if _listening and (event.startswith(("socket.", "urllib.", "http.", "ftplib.", "webbrowser.")) or event == "open"):
        _heard.append((event, args[0] if args else None))


@pytest.fixture
def heard() -> Iterator[list[tuple[str, Any]]]:
    """Return what Python opened and asked for meanwhile."""
    global _listening
    if not _heard:
        sys.addaudithook(_hear)
    _heard.clear()
    _listening = True
    yield _heard
    _listening = False


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    path = poisoned(tmp_path / "board.db", tmp_path / "planted.png")
    made = Window(Session.open(path))
    qtbot.addWidget(made)
    made.resize(1400, 900)
    made.show()
    for panel in PANELS:
        made.docks[panel.id].bring()
    qtbot.wait(200)
    yield made
    made.close()


def sockets() -> set[str]:
    """Return the sockets that this process has, where the system tells."""
    folder = Path("/proc/self/fd")
    found = set()
    for one in folder.iterdir() if folder.is_dir() else ():
        try:
            target = str(one.readlink())
        except OSError:
            continue
        if target.startswith("socket:"):
            found.add(target)
    return found


def tips(widget: QWidget, tables: bool) -> Iterator[str]:
    yield widget.toolTip()
    yield widget.whatsThis()
    if isinstance(widget, QTabBar):
        yield from (widget.tabToolTip(place) for place in range(widget.count()))
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        for index in indexes(widget.model(), tables):
            yield str(index.data(Qt.ItemDataRole.ToolTipRole) or "")


def indexes(model: QAbstractItemModel, tables: bool) -> Iterator[QModelIndex]:
    if not tables and isinstance(model, QAbstractTableModel):
        return
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for row in range(min(model.rowCount(QModelIndex()), ROWS)):
        yield from (model.index(row, column) for column in range(columns))


def shown(widget: QWidget, tables: bool) -> Iterator[str]:
    """Yield what a widget shows or says to a screen reader, as far as it can be asked."""
    yield widget.windowTitle()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    if isinstance(widget, (QLabel, QAbstractButton)):
        yield widget.text()
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(place) for place in range(widget.count()))
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        for index in indexes(widget.model(), tables):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                said = index.data(role)
                if isinstance(said, str):
                    yield said


def look_over(window: Window, *, tables: bool = True) -> None:
    """Look at all that the window shows; `tables`: also at their cells, which are the same whatever is chosen."""
    for widget in QApplication.allWidgets():
        what = f"{type(widget).__name__} {widget.objectName()}"
        if isinstance(widget, QLabel) and widget.text():
            assert widget.textFormat() == Qt.TextFormat.PlainText, f"{what}: {widget.text()[:60]!r} may be rich text"
        for tip in tips(widget, tables):
            body = tip.removeprefix("<span>").removesuffix("</span>")
            assert not _MARKUP.search(body), f"{what} has a tip with markup: {tip[:80]!r}"
            assert "<" not in body or not Qt.mightBeRichText(tip), f"{what}: {tip[:80]!r}"
            assert not _CONTROLS.search(tip), f"{what} has a tip with hidden signs: {tip[:80]!r}"
        for text in shown(widget, tables):
            assert not _CONTROLS.search(text), f"{what} shows hidden signs: {text[:80]!r}"
        for action in widget.actions():
            check_action(action, what)


def check_action(action: QAction, what: str) -> None:
    text = action.text().partition("\t")[0]
    assert not re.search(r"(?<!&)&(?!&)", text.replace("&&", "")), f"{what}: {text!r} has a shortcut by chance"
    assert not _CONTROLS.search(text), f"{what}: {text!r}"


@pytest.mark.qt_log_level_fail("CRITICAL")
def test_nothing_in_the_window_reads_a_text_as_more_than_text(
    window: Window, qtbot: QtBot, heard: list[tuple[str, Any]], tmp_path: Path
) -> None:
    planted = (tmp_path / "planted.png").stat()
    had = sockets()
    look_over(window)
    entities = list(window.document.table("entities").values())
    for entity in [*entities[:18], *entities[-18:]]:
        window.show_entity(entity.id)
        qtbot.wait(15)
        look_over(window, tables=False)
    for link in list(window.document.table("links").values())[:13]:
        window.selection.set(links=[link.id])
        qtbot.wait(15)
        look_over(window, tables=False)
    for board in window.document.boards[:4]:
        window.show_board(board.id)
        qtbot.wait(30)
    look_over(window)
    asked = [(event, what) for event, what in heard if event != "open" or "planted" in str(what)]
    assert not asked, f"asked for {asked[:3]}"
    assert sockets() == had
    now = (tmp_path / "planted.png").stat()
    assert now.st_atime_ns == planted.st_atime_ns, "the planted file was read"


def test_the_tip_of_a_card_and_every_poison_is_shown_letter_by_letter(window: Window) -> None:
    from evidenceboard.ui.plain import menu_text, plain_tip

    for entity in window.document.table("entities").values():
        title = entity.title  # type: ignore[union-attr]
        tip = plain_tip(title)
        assert not _MARKUP.search(tip.removeprefix("<span>"))
        assert not _CONTROLS.search(menu_text(title))
    assert all(marked(one) == one for one in MARKUP), "markup is ordinary text, shown as it is"
