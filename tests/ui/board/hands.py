"""A hand on the board of a real window: it presses, drags, types and looks, with the events that Qt delivers."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage, QInputMethodEvent, QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from evidenceboard.model.changes import Operation
from evidenceboard.model.document import Document
from evidenceboard.model.records import TABLES, Card, Entity, Frame, Link
from evidenceboard.ui.window import Window

LEFT = Qt.MouseButton.LeftButton
MIDDLE = Qt.MouseButton.MiddleButton
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key
ROUNDING = 20
"""Steps of 255 by which Qt paints a smooth line differently when its clip cuts the line elsewhere."""


def records(document: Document) -> dict[str, dict[str, Any]]:
    """Return every record of a file as it is now."""
    return {table: dict(document.table(table)) for table in TABLES}


class Hand:
    """Work on the board of a window. Points are pixels of the surface."""

    def __init__(self, window: Window, qtbot: QtBot) -> None:
        self.window = window
        self.surface = window.board.surface
        self.editor = window.board.editor
        self.chooser = window.board.chooser
        self.qtbot = qtbot

    # -- looking -----------------------------------------------------------------------------------------------

    @property
    def document(self) -> Document:
        return self.window.document

    def of(self, number: str) -> Entity:
        return self.document.entity(number)

    def card(self, number: str) -> Card:
        """Return the card of an entity on the board that is shown."""
        found = self.document.card_on(self.window.board_id, self.of(number).id)
        assert found is not None
        return found

    def frame(self, title: str = "Front") -> Frame:
        return next(frame for frame in self.document.frames_on(self.window.board_id) if frame.title == title)

    def link(self, start: str, end: str) -> Link:
        """Return the link between two entities, named by their numbers."""
        return self.links(start, end)[0]

    def links(self, start: str, end: str) -> list[Link]:
        to_id = self.of(end).id
        return [link for link in self.document.links_from(self.of(start).id) if link.to_id == to_id]

    def numbers(self) -> set[str]:
        """Return the numbers of all entities."""
        return {entity.number for entity in self.document.entities}

    def selected(self) -> set[str]:
        """Return the numbers of the entities whose cards are selected."""
        cards = (self.document.find("cards", card_id) for card_id in self.window.selection.cards)
        return {self.of(card.entity_id).number for card in cards if isinstance(card, Card)}

    def said(self) -> str:
        """Return what the banner says."""
        return self.window.notices.text()

    def newest(self) -> Operation:
        """Return the newest operation with its changes."""
        return self.window.session.operation(self.window.session.history(1)[0][0].id)

    def at(self, number: str) -> QPoint:
        """Return a place on the title of a card."""
        rect = self.surface.rect_of(number)
        return QPoint(rect.left() + 60, rect.top() + 36)

    def handle(self, number: str, side: str = "right") -> QPoint:
        """Return the round handle on a side of a card."""
        rect = self.surface.rect_of(number)
        middle = rect.center()
        points = {"right": (rect.right(), middle.y()), "left": (rect.left(), middle.y()),
                  "top": (middle.x(), rect.top()), "bottom": (middle.x(), rect.bottom())}  # fmt: skip
        return QPoint(*points[side])

    def spot(self, x: float, y: float) -> QPoint:
        """Return the pixel over a point of the board."""
        return self.surface.to_screen(x, y).toPoint()

    def middle_of(self, link: Link) -> QPoint:
        """Return a pixel on the line of a link, away from its words."""
        index = self.surface.scene.index_of[link.id]
        return self.spot(*self.surface.routes.label_at(index))

    def settled(self) -> QImage:
        """Wait until the picture is sharp, and return it."""
        self.qtbot.waitUntil(self.surface.is_settled)
        return self.surface.grab().toImage()

    # -- the mouse ---------------------------------------------------------------------------------------------

    def click(self, at: QPoint, held: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseMove(self.surface, at)
        QTest.mouseClick(self.surface, LEFT, held, at)

    def double_click(self, at: QPoint) -> None:
        QTest.mouseClick(self.surface, LEFT, NONE, at)
        QTest.mouseDClick(self.surface, LEFT, NONE, at)
        # Two clicks in a row of two tests are not one of three.
        QTest.qWait(1)

    def press(self, at: QPoint, held: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT) -> None:
        self.move(at, held, Qt.MouseButton.NoButton)
        QTest.mousePress(self.surface, button, held, at)

    def move(self, at: QPoint, held: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT) -> None:
        far = self.surface.mapToGlobal(at)
        event = QMouseEvent(
            QEvent.Type.MouseMove, QPointF(at), QPointF(far), Qt.MouseButton.NoButton, button, held
        )  # fmt: skip
        QApplication.sendEvent(self.surface, event)

    def release(self, at: QPoint, held: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT) -> None:
        QTest.mouseRelease(self.surface, button, held, at)

    def drag(
        self,
        start: QPoint,
        end: QPoint,
        held: Qt.KeyboardModifier = NONE,
        *,
        button: Qt.MouseButton = LEFT,
        pressed: Qt.KeyboardModifier | None = None,
    ) -> None:
        """Press, move in a few steps, let go. `held` while moving, `pressed` at the press where that differs."""
        self.press(start, held if pressed is None else pressed, button)
        for step in range(1, 5):
            self.move(start + (end - start) * (step / 4), held, button)
        self.release(end, held, button)

    # -- the keys ----------------------------------------------------------------------------------------------

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE, to: QWidget | None = None) -> None:
        QTest.keyClick(to or QApplication.focusWidget() or self.surface, key, held)

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget(), text)

    def foreign_key(self, key: int, scan_code: int, text: str, to: QWidget | None = None) -> None:
        """Press a key of a layout without Latin letters, as the platform reports it."""
        target = to or QApplication.focusWidget()
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, key, NONE, scan_code, 0, 0, text))

    def compose(self, preedit: str, commit: str = "") -> None:
        """Let an input method show what is being composed, or hand over what is done."""
        event = QInputMethodEvent(preedit, [])
        if commit:
            event.setCommitString(commit)
        QApplication.sendEvent(QApplication.focusWidget(), event)

    # -- drops -------------------------------------------------------------------------------------------------

    def drop(self, mime: QMimeData, at: QPoint) -> bool:
        """Drag something in from outside and let it go; return whether the board took it."""
        copy, place = Qt.DropAction.CopyAction, QPointF(at)
        with warnings.catch_warnings():
            # Newer Qt would rather have the point as one of floats, which older Qt does not take.
            warnings.simplefilter("ignore", DeprecationWarning)
            enter = QDragEnterEvent(at, copy, mime, LEFT, NONE)
            move = QDragMoveEvent(at, copy, mime, LEFT, NONE)
        QApplication.sendEvent(self.surface, enter)
        QApplication.sendEvent(self.surface, move)
        event = QDropEvent(place, copy, mime, LEFT, NONE)
        event.setAccepted(False)
        if enter.isAccepted():
            QApplication.sendEvent(self.surface, event)
        return event.isAccepted()

    # -- what a gesture did ------------------------------------------------------------------------------------

    @contextmanager
    def one_step(self) -> Iterator[None]:
        """Check that what happens inside is one step: undo brings everything back, redo does it again."""
        before = records(self.document)
        yield
        after = records(self.document)
        assert after != before, "nothing was changed"
        self.window.run("undo")
        assert records(self.document) == before
        self.window.run("redo")
        assert records(self.document) == after

    @contextmanager
    def nothing_changes(self) -> Iterator[None]:
        """Check that what happens inside changes no record and writes no operation."""
        before, written = records(self.document), self.window.session.operation_count()
        yield
        assert records(self.document) == before
        assert self.window.session.operation_count() == written


def differing(one: QImage, other: QImage, within: QRect | None = None) -> int:
    """Return how many pixels of two pictures of one size differ, by more than the rounding of a clipped line."""
    assert one.size() == other.size()
    first, second = (_pixels(picture.copy(within or picture.rect())) for picture in (one, other))
    return int((np.abs(first - second).max(axis=2) > ROUNDING).sum())


def _pixels(picture: QImage) -> np.ndarray:
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    return np.array(plain.constBits(), np.int16).reshape(plain.height(), plain.width(), 4)[:, :, :3]
