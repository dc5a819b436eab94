"""A file for reading only: every gesture says why it is refused, and nothing changes; looking works as ever."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hands import ALT, CONTROL, NONE, SHIFT, Hand, Key
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from evidenceboard.session import Session
from evidenceboard.ui.board import context_menu
from evidenceboard.ui.rail import MIME
from evidenceboard.ui.window import show_file

EMPTY = QPoint(300, 680)
WHY = "it is open in the other window"
Gesture = Callable[[Hand], object]


@pytest.fixture
def held(path: Path, qtbot: QtBot) -> Iterator[Hand]:
    """Return a hand on a board that another window holds."""
    QGuiApplication.clipboard().setText("Trains left")
    with Session.open(path, holder="the other window"):
        shown = show_file(path)
        with qtbot.waitActive(shown):
            shown.activateWindow()
        shown.board.surface.put_camera(1.0, 0.0, 0.0)
        shown.board.setFocus()
        yield Hand(shown, qtbot)
        shown.close()


def type_mime() -> QMimeData:
    mime = QMimeData()
    mime.setData(MIME, QByteArray(b"claim"))
    return mime


def file_mime() -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(__file__)])
    return mime


GESTURES: dict[str, Gesture] = {
    "drag a card": lambda hand: hand.drag(hand.at("C1"), hand.at("C1") + QPoint(0, 160)),
    "drag a card freely": lambda hand: hand.drag(hand.at("C1"), hand.at("C1") + QPoint(0, 160), ALT),
    "drag a frame": lambda hand: hand.drag(hand.spot(860, 92), hand.spot(860, 192)),
    "draw a link": lambda hand: hand.drag(hand.handle("S1", "bottom"), hand.at("C2")),
    "drop a type": lambda hand: hand.drop(type_mime(), EMPTY),
    "drop a file": lambda hand: hand.drop(file_mime(), EMPTY),
    "drop a file on a card": lambda hand: hand.drop(file_mime(), hand.at("C1")),
    "click the rail": lambda hand: hand.window.rail.buttons[0].click(),
    "press a letter": lambda hand: hand.key(Key.Key_N),
    "press a letter of a frame": lambda hand: hand.key(Key.Key_F),
    "double-click the board": lambda hand: hand.double_click(EMPTY),
    "double-click a card": lambda hand: hand.double_click(hand.at("C1")),
    "double-click a link": lambda hand: hand.double_click(hand.middle_of(hand.link("C1", "C2"))),
    "double-click a frame": lambda hand: hand.double_click(hand.spot(860, 92)),
    "paste": lambda hand: hand.key(Key.Key_V, CONTROL),
    "undo": lambda hand: hand.key(Key.Key_Z, CONTROL),
    "fold": lambda hand: (hand.window.selection.set(frames=[hand.frame().id]), hand.key(Key.Key_Period, CONTROL)),
}
ON_A_CARD = {
    "Enter": (Key.Key_Return, NONE),
    "F2": (Key.Key_F2, NONE),
    "next card": (Key.Key_Return, CONTROL),
    "delete": (Key.Key_Delete, NONE),
    "take off": (Key.Key_Delete, SHIFT),
    "cut": (Key.Key_X, CONTROL),
    "duplicate": (Key.Key_D, CONTROL),
    "move": (Key.Key_Right, CONTROL),
    "to the front": (Key.Key_BracketRight, CONTROL),
    "frame": (Key.Key_G, CONTROL),
}


def refuses(hand: Hand) -> None:
    said = hand.said()
    assert WHY in said and "Nothing was changed" in said and "Save a copy" in said, said
    assert not hand.editor.isVisible() and not hand.chooser.isVisible()


@pytest.mark.parametrize("name", GESTURES)
def test_every_gesture_is_refused_and_says_why(held: Hand, name: str) -> None:
    held.window.notices.dismiss()
    file = held.window.session.path.read_bytes()
    with held.nothing_changes():
        GESTURES[name](held)
        QTest.qWait(1)
    refuses(held)
    assert held.window.session.path.read_bytes() == file


@pytest.mark.parametrize("name", ON_A_CARD)
def test_every_key_that_would_change_a_card_is_refused_and_says_why(held: Hand, name: str) -> None:
    key, modifiers = ON_A_CARD[name]
    held.click(held.at("C1"))
    with held.nothing_changes():
        held.key(key, modifiers)
    refuses(held)


def test_sizing_and_hanging_an_end_elsewhere_are_refused(held: Hand) -> None:
    held.click(held.at("C1"))
    rect = held.surface.rect_of("C1")
    with held.nothing_changes():
        held.drag(QPoint(rect.right(), rect.bottom()), QPoint(rect.right() + 80, rect.bottom() + 80))
        refuses(held)
        held.window.selection.set(links=[held.link("S1", "C1").id])
        held.drag(held.handle("C1"), held.at("C2"))
        refuses(held)


def test_menus_show_what_cannot_be_done_as_such(held: Hand) -> None:
    menu = context_menu.make(held.surface, held.surface.pointer(QPointF(held.at("C1"))))
    able = {item.objectName() for item in menu.actions() if item.isEnabled() and item.objectName()}
    assert able == {"select_linked", "focus", "chain", "copy", "copy_picture", "suppose_false", "suppose_true"}
    menu.deleteLater()


def test_looking_choosing_and_copying_work(held: Hand) -> None:
    with held.nothing_changes():
        held.key(Key.Key_A, CONTROL)
        assert len(held.selected()) == 6
        held.key(Key.Key_C, CONTROL)
        held.drag(QPoint(20, 130), QPoint(660, 60))
        assert held.selected() == {"C1", "S1"}
        held.key(Key.Key_9, CONTROL)
        held.click(EMPTY)
    assert QGuiApplication.clipboard().text().startswith("C1")
