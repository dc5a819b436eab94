"""The menus of the right button: what can be done with this card, link or frame, or with the board here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPoint, QPointF
from PySide6.QtWidgets import QMenu

from evidenceboard import commands
from evidenceboard.model.layouts import METHODS
from evidenceboard.model.link_types import fitting
from evidenceboard.model.records import Entity, Link
from evidenceboard.render.icons import icon
from evidenceboard.render.palette import CHOICES
from evidenceboard.ui.actions import ACTIONS
from evidenceboard.ui.board import doings, pasting
from evidenceboard.ui.plain import menu_text

if TYPE_CHECKING:
    from evidenceboard.ui.board.surface import Surface
    from evidenceboard.ui.board.tools.tool import Pointer

_CARD: Final = (
    "edit_title", "grade", "comment", "link_selected", "select_linked", "focus", "path", "chain", "",
    "cut", "copy", "copy_picture", "duplicate", "", "frame_selection", "raise", "lower", "pin", "",
    "suppose_false", "suppose_true", "suppose_no_longer", "", "add_deception_twin", "",
    "marking", "take_off", "delete",
)  # fmt: skip
_SEVERAL: Final = ("align_left", "align_centre", "align_right", "align_top", "align_middle", "align_bottom", "",
                   "distribute_x", "distribute_y")  # fmt: skip
_LAYOUTS: Final = tuple(f"layout_{method.id}" for method in METHODS)
_LINK: Final = ("edit_title", "grade", "comment", "turn_link", "marking", "delete")
_FRAME: Final = ("edit_title", "collapse", "select_in_frame", "", "duplicate", "copy_picture", "delete")
_BOARD: Final = ("paste", "select_all", "", "zoom_fit", "zoom_100", "", "add_board", "rename_board",
                 "board_marking", "", "copy_picture", "export", "print", "save_copy")  # fmt: skip
_say = QCoreApplication.translate


def show(surface: Surface, pointer: Pointer) -> None:
    """Open the menu of what lies under the pointer."""
    menu = make(surface, pointer)
    menu.popup(surface.mapToGlobal(pointer.at.toPoint() + QPoint(1, 1)))


def make(surface: Surface, pointer: Pointer) -> QMenu:
    """Return the menu of what lies under the pointer, which becomes the selection unless it is part of it."""
    menu = QMenu(surface)
    menu.setObjectName("contextMenu")
    menu.aboutToHide.connect(menu.deleteLater)
    selection = surface.shell.selection
    slot = surface.slot_at(pointer.x, pointer.y)
    if slot is not None:
        card_id = surface.scene.card_ids[slot]
        if card_id not in selection.cards:
            selection.set(cards=[card_id])
        _add(surface, menu, _CARD)
        _add_arranging(surface, menu)
        _add_colours(surface, menu)
        return menu
    link_id = surface.link_at(pointer.x, pointer.y)
    if link_id is not None:
        if link_id not in selection.links:
            selection.set(links=[link_id])
        _add(surface, menu, _LINK)
        _add_link_types(surface, menu, link_id)
        return menu
    index = surface.frame_at(pointer.x, pointer.y)
    if index is not None:
        frame = surface.scene.frames[index]
        if frame.id not in selection.frames:
            selection.set(frames=[frame.id])
        _add(surface, menu, _FRAME)
        _add_layouts(surface, menu)
    else:
        selection.clear()
    _add_types(surface, menu, pointer)
    # The pointer is in the menu by then: what is pasted belongs to where that was opened.
    paste = partial(pasting.paste, surface, QPointF(pointer.x, pointer.y))
    _add(surface, menu, _BOARD, {"paste": paste})
    return menu


def _add(
    surface: Surface, menu: QMenu, ids: tuple[str, ...], instead: dict[str, Callable[[], None]] | None = None
) -> None:
    shell = surface.shell
    for action_id in ids:
        if not action_id:
            menu.addSeparator()
            continue
        action = ACTIONS[action_id]
        text = action.says(shell) if action.says else _say("Action", action.text)
        keys = f"\t{action.shortcut}" if action.shortcut else ""
        item = menu.addAction(menu_text(text) + keys, (instead or {}).get(action_id) or partial(shell.run, action_id))
        item.setObjectName(action_id)
        item.setEnabled(action.can_run(shell))


def _add_arranging(surface: Surface, menu: QMenu) -> None:
    if len(surface.shell.selection.cards) > 1:
        more = QMenu(_say("Menu", "Align and distribute"), menu)
        _add(surface, more, _SEVERAL)
        menu.addMenu(more)
        _add_layouts(surface, menu)


def _add_layouts(surface: Surface, menu: QMenu) -> None:
    more = QMenu(_say("Menu", "Lay out"), menu)
    _add(surface, more, _LAYOUTS)
    menu.addMenu(more)


def _add_colours(surface: Surface, menu: QMenu) -> None:
    more = QMenu(_say("Menu", "Colour"), menu)
    more.addAction(_say("Menu", "As its type"), partial(_colour, surface, ""))
    more.addSeparator()
    for role in CHOICES:
        shown = icon("dot", surface.shell.palette_.type_colour(role))
        more.addAction(shown, _say("Colour", role.capitalize()), partial(_colour, surface, role))
    more.setEnabled(not surface.shell.session.read_only)
    menu.insertMenu(next(item for item in menu.actions() if item.objectName() == "take_off"), more)


def _colour(surface: Surface, role: str) -> None:
    chosen = surface.shell.selection.cards
    surface.shell.perform("Colour {n} cards", lambda tx: commands.set_colour(tx, chosen, role), n=len(chosen))


def _add_types(surface: Surface, menu: QMenu, pointer: Pointer) -> None:
    more = QMenu(_say("Menu", "New card here"), menu)
    for action in ACTIONS.values():
        if action.id.startswith("add_") and action.letter and action.icon:
            type_id = action.id.removeprefix("add_")
            text = menu_text(_say("Action", action.text)) + f"\t{action.shortcut}"
            more.addAction(text, partial(doings.new_card, surface, type_id, pointer.x, pointer.y))
    more.setEnabled(not surface.shell.session.read_only)
    menu.addMenu(more)
    menu.addSeparator()


def _add_link_types(surface: Surface, menu: QMenu, link_id: str) -> None:
    document = surface.shell.document
    link = document.get(Link, link_id)
    start, end = document.get(Entity, link.from_id), document.get(Entity, link.to_id)
    more = QMenu(_say("Menu", "Change what it says"), menu)
    for kind, turned in fitting(start.type, end.type):
        ends = (end.id, start.id) if turned else (start.id, end.id)
        item = more.addAction(
            menu_text(kind.reverse if turned else kind.word), partial(_retype, surface, link, kind.id, ends)
        )
        item.setCheckable(True)
        item.setChecked(kind.id == link.type and not turned)
    more.setEnabled(not surface.shell.session.read_only)
    menu.addMenu(more)


def _retype(surface: Surface, link: Link, type_id: str, ends: tuple[str, str]) -> None:
    made = surface.shell.perform("Change what a link says", lambda tx: commands.relink(tx, link, type_id, *ends))
    if made is not None:
        surface.shell.selection.set(links=[made.id])
