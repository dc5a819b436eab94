"""Text from files, made safe for the places where Qt guesses rich text or reads `&` as a shortcut."""

from __future__ import annotations

import html
import unicodedata
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

_SHOWN: Final = 300


def plain_tip(text: str) -> str:
    """Return text for a tool tip, shown letter by letter, whatever it holds."""
    return f"<span>{html.escape(one_line(text))}</span>"


def menu_text(text: str) -> str:
    """Return text for a menu, tab or button: `&` stays a sign, a tab or line break becomes a space."""
    return one_line(text, 80).replace("&", "&&")


def one_line(text: str, limit: int = _SHOWN) -> str:
    """Return text on one line, shortened, without control signs and signs that turn the reading direction."""
    shown = text[: limit * 2]
    if not shown.isprintable():
        shown = "".join(" " if unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp") else sign for sign in shown)
    shown = " ".join(shown.split())
    return shown if len(shown) <= limit and len(text) <= limit * 2 else shown[: limit - 1] + "…"


def plain_label(text: str = "", parent: QWidget | None = None, *, name: str = "") -> QLabel:
    """Return a label that shows plain text only."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    if name:
        label.setObjectName(name)
    return label
