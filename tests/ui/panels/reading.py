"""What the tests of the inspector do with it: show a card, find a row, click, type."""

from __future__ import annotations

import pytest
from desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
)
from pytestqt.qtbot import QtBot

from evidenceboard.ui.panels.editors import Line, Lines
from evidenceboard.ui.panels.entity_page import EntityPage
from evidenceboard.ui.panels.field_row import FieldRow
from evidenceboard.ui.panels.inspector import Inspector
from evidenceboard.ui.panels.prose import Prose, ProseButton
from evidenceboard.ui.panels.sections import Leading

NO_GRAB = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)
"""What the offscreen platform says when a list or menu opens."""


def show(inspector: Inspector, desk: Desk, number: str) -> EntityPage:
    desk.show_entity(desk.of(number).id)
    inspector.show_selected()
    assert isinstance(inspector.page, EntityPage)
    return inspector.page


def row(inspector: Inspector, key: str) -> FieldRow:
    assert inspector.page is not None
    found = inspector.page.form.row(key)
    assert found is not None
    return found


def words(inspector: Inspector) -> str:
    """Return everything that can be read in the inspector."""
    shown = [w.words for w in inspector.findChildren(Prose) if w.isVisible()]
    shown += [w.words for w in inspector.findChildren(ProseButton) if w.isVisible()]
    return "\n".join(shown)


def click(qtbot: QtBot, button: QAbstractButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def type_into(qtbot: QtBot, field: FieldRow, text: str) -> None:
    click(qtbot, field.value)
    assert isinstance(field.editor, Line | Lines)
    field.editor.selectAll()
    if text.isascii():
        qtbot.keyClicks(field.editor, text)
        return
    # Letters that no key of the test's keyboard bears come as they do from an input method.
    composed = QInputMethodEvent()
    composed.setCommitString(text)
    QApplication.sendEvent(field.editor, composed)


def line_to(inspector: Inspector, number: str) -> Leading:
    assert isinstance(inspector.page, EntityPage)
    return next(line for line in inspector.page.links.lines if line.number.words == number)


# -- in words ------------------------------------------------------------------------------------------------------
