"""Files of other programs that are dropped onto a window: they are imported as from the menu, or kept as they are."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from evidenceboard import Session, commands
from evidenceboard.formats import json
from evidenceboard.formats.format import ExportOptions
from evidenceboard.model.records import Attachment
from evidenceboard.model.transaction import HEAVY, Transaction
from evidenceboard.ui.board import drops
from evidenceboard.ui.window import Window, show_session

pytestmark = pytest.mark.qt
PEOPLE = "type,title,kind\nactor,Anna,person\nactor,Boris,person\n"


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    shown = show_session(Session.create(tmp_path / "board.db"))
    shown.resize(1000, 700)
    qtbot.waitUntil(shown.board.surface.is_settled, timeout=30_000)
    yield shown
    shown.close()


def drop(target: QWidget, at: QPoint, *paths: Path) -> bool:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    none, left, action = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    with warnings.catch_warnings():
        # Newer Qt would rather have the point as one of floats, which older Qt does not take.
        warnings.simplefilter("ignore", DeprecationWarning)
        enter = QDragEnterEvent(at, action, mime, left, none)
    QApplication.sendEvent(target, enter)
    if not enter.isAccepted():
        return False
    event = QDropEvent(QPointF(at), action, mime, left, none)
    event.setAccepted(False)
    QApplication.sendEvent(target, event)
    return event.isAccepted()


def people(tmp_path: Path, text: str = PEOPLE) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("where", ["board", "bars"])
def test_a_table_is_imported_as_from_the_menu(window: Window, tmp_path: Path, qtbot: QtBot, where: str) -> None:
    target = window.board.surface if where == "board" else window
    assert drop(target, QPoint(300, 300) if where == "board" else QPoint(5, 5), people(tmp_path))
    qtbot.waitUntil(lambda: window.document.size("entities") == 2)
    assert {entity.title for entity in window.document.entities} == {"Anna", "Boris"}
    assert "2 entities" in window.notices.text()
    assert window.document.size("attachments") == 0
    window.run("undo")
    assert window.document.size("entities") == 0


def test_a_board_as_json_is_imported_too(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    with Session.create(tmp_path / "other.db") as other:
        with other.transaction("Add a claim") as tx:
            entity = commands.add_entity(tx, "claim", title="Lorries left the depot")
            commands.place(tx, other.document.boards[0].id, entity.id, x=0, y=0)
        written = json.write(other, ExportOptions()).data
    assert isinstance(written, bytes)
    (tmp_path / "other.json").write_bytes(written)
    assert drop(window.board.surface, QPoint(300, 300), tmp_path / "other.json")
    qtbot.waitUntil(lambda: window.document.size("entities") == 1)
    assert window.document.entity("C1").title == "Lorries left the depot"


def test_on_a_card_it_is_kept_with_the_card(window: Window, tmp_path: Path) -> None:
    def add(tx: Transaction) -> str:
        entity = commands.add_entity(tx, "source", title="Register")
        return commands.place(tx, window.board_id, entity.id, x=0, y=0).id

    window.perform("Add a source", add)
    at = window.board.surface.rect_of("S1").center()
    assert drop(window.board.surface, at, people(tmp_path))
    (kept,) = window.document.table("attachments").values()
    assert isinstance(kept, Attachment)
    assert window.session.attachment(kept.sha256) == PEOPLE.encode()
    assert window.document.size("entities") == 1


def test_a_table_with_a_wrong_row_says_which_and_can_be_kept_as_it_is(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    wrong = people(tmp_path, "type,title\nstarship,Enterprise\n")
    assert drop(window.board.surface, QPoint(300, 300), wrong)
    qtbot.waitUntil(lambda: "Nothing was imported" in window.notices.text())
    assert window.document.size("entities") == 0
    (button,) = [one for one in window.notices.findChildren(QPushButton) if one.text() == "Keep it as a source"]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    (kept,) = window.document.table("attachments").values()
    assert isinstance(kept, Attachment)
    assert kept.name == "people.csv"


def test_the_hint_says_what_letting_go_would_do(tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(people(tmp_path)))])
    assert "import" in drops.preview(mime)
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "letter.pdf"))])
    assert "import" not in drops.preview(mime)


def test_a_large_file_is_read_and_kept_while_the_window_lives(window: Window, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"\x00\x01\x02\x03" * HEAVY)
    turns: list[bool] = []
    timer = QTimer(window)
    timer.timeout.connect(lambda: turns.append(window.session.busy))
    timer.start(1)
    assert drop(window.board.surface, QPoint(300, 300), film)
    assert turns.count(True) > 1
    (kept,) = window.document.table("attachments").values()
    assert isinstance(kept, Attachment)
    assert kept.size == 4 * HEAVY
    assert window.session.attachment(kept.sha256) == film.read_bytes()
