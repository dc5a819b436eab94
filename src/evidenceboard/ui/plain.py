"""Text from files, made safe for the places where Qt guesses rich text or reads `&` as a shortcut."""

from __future__ import annotations

import html
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QLabel, QLineEdit, QMessageBox, QProgressBar, QProgressDialog, QWidget

from evidenceboard.model.marks import marked, one_line

__all__ = ["ask_line", "menu_text", "one_line", "plain_label", "plain_tip", "progress_box", "question"]
_BAR: Final = 6
"""Pixels that a bar of progress is high."""


def plain_tip(text: str) -> str:
    """Return text for a tool tip, shown letter by letter, whatever it holds."""
    return f"<span>{html.escape(one_line(text))}</span>"


def menu_text(text: str) -> str:
    """Return text for a menu, tab or button: `&` stays a sign, a tab or line break becomes a space."""
    return one_line(text, 80).replace("&", "&&")


def plain_label(text: str = "", parent: QWidget | None = None, *, name: str = "") -> QLabel:
    """Return a label that shows plain text only."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    if name:
        label.setObjectName(name)
    return label


def progress_box(words: str, stop: str, steps: int, parent: QWidget) -> QProgressDialog:
    """Return a bar of progress with plain words above it and a button that stops the work."""
    box = QProgressDialog("", stop, 0, steps, parent)
    box.setLabel(plain_label(words, box))
    bar = QProgressBar(box)
    bar.setTextVisible(False)  # a number on two grounds, the done and the rest, can be read on one of them
    bar.setRange(0, steps)
    bar.setFixedHeight(_BAR)
    box.setBar(bar)
    return box


def ask_line(parent: QWidget, title: str, words: str, text: str) -> str | None:
    """Ask for one line of text, with plain words above it; None where it is put off."""
    box = QInputDialog(parent)
    box.setWindowTitle(title)
    box.setLabelText("")
    box.setTextEchoMode(QLineEdit.EchoMode.Normal)
    box.setTextValue(text)
    for label in box.findChildren(QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)
    box.setLabelText(words)
    done = box.exec()
    box.deleteLater()
    return box.textValue() if done else None


def question(parent: QWidget, title: str, words: str, more: str, do: str, leave: str) -> bool:
    """Ask a question in plain words, what it is about in full below them; Enter and Esc leave things as they are."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, title, "", QMessageBox.StandardButton.NoButton, parent)
    box.setObjectName("question")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(words)
    box.setInformativeText(marked(more))
    for label in box.findChildren(QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    yes = box.addButton(do, QMessageBox.ButtonRole.AcceptRole)
    no = box.addButton(leave, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    box.exec()
    box.deleteLater()
    return box.clickedButton() is yes
