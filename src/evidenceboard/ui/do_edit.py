"""Undo, redo and finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QCoreApplication

from evidenceboard.ui import beside
from evidenceboard.ui.actions import action

if TYPE_CHECKING:
    from evidenceboard.ui.panels.inspector import Inspector
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


_FEW: Final = 20
"""Cards that may be of one entity."""


def _about(window: Window) -> bool:
    """Tell whether one card or one link is selected, which a comment can be about."""
    selection = window.selection
    if len(selection.cards) > _FEW or len(selection.links) > 1:
        return False
    links = [one for one in selection.links if window.document.find("links", one)]
    return len(selection.entities(window.document)) + len(links) == 1


@action(
    "comment",
    "Comment…",
    "Edit",
    shortcut="Ctrl+Alt+M",
    writes=True,
    enabled=_about,
    help="Say something to the others about this card or link, or the field that has the keyboard",
)
def comment(window: Window) -> None:
    dock = window.docks["inspector"]
    if dock.isHidden():
        dock.bring()
    cast("Inspector", dock.fill()).comment()


@action("command_palette", "Find a card or run a command…", "Edit", shortcut="Ctrl+K", help="Everything, by its name")
def command_palette(window: Window) -> None:
    window.palette_box.open()


@action("find", "Find in this file", "Edit", shortcut="Ctrl+F", help="Find in all text, notes and quotes")
def find(window: Window) -> None:
    window.docks["search"].bring()
