"""Undo, redo and finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from evidenceboard.ui import beside
from evidenceboard.ui.actions import action

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window


def _undo_says(window: Window) -> str:
    label = window.session.undo_label()
    return QCoreApplication.translate("Edit", "Undo: {label}").format(label=label) if label else _NOTHING_TO_UNDO


def _redo_says(window: Window) -> str:
    label = window.session.redo_label()
    return QCoreApplication.translate("Edit", "Redo: {label}").format(label=label) if label else _NOTHING_TO_REDO


_NOTHING_TO_UNDO = "Undo"
_NOTHING_TO_REDO = "Redo"


@action(
    "undo",
    "Undo",
    "Edit",
    shortcut="Ctrl+Z",
    enabled=lambda window: bool(window.session.undo_label()),
    says=_undo_says,
    help="Take back what was done last; this goes on after the file was closed",
)
def undo(window: Window) -> None:
    beside.step(window, "undo")


@action(
    "redo",
    "Redo",
    "Edit",
    shortcut="Ctrl+Shift+Z",
    enabled=lambda window: bool(window.session.redo_label()),
    says=_redo_says,
    help="Do again what was taken back",
)
def redo(window: Window) -> None:
    beside.step(window, "redo")


@action("command_palette", "Find a card or run a command…", "Edit", shortcut="Ctrl+K", help="Everything, by its name")
def command_palette(window: Window) -> None:
    window.palette_box.open()


@action("find", "Find in this file", "Edit", shortcut="Ctrl+F", help="Find in all text, notes and quotes")
def find(window: Window) -> None:
    window.docks["search"].bring()
