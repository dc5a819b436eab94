"""What the keys do while the board has the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from evidenceboard.ui.actions import ACTIONS, Action
from evidenceboard.ui.board import doings
from evidenceboard.ui.board.moving import drop_moved
from evidenceboard.ui.board.nearest import first, nearest
from evidenceboard.ui.board.physical import letter_of
from evidenceboard.ui.board.snapping import GRID

if TYPE_CHECKING:
    from evidenceboard.ui.board.surface import Surface

_ARROWS: Final = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
}
_MOVES: Final = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_IGNORED: Final = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier


def wants(surface: Surface, event: QKeyEvent) -> bool:
    """Tell whether the board needs a key for itself before a shortcut of the window takes it."""
    arrow = event.key() in _ARROWS and not event.modifiers() & Qt.KeyboardModifier.AltModifier
    return arrow or event.key() == Qt.Key.Key_Escape or _action(event) is not None


def press(surface: Surface, event: QKeyEvent) -> bool:
    """Do what a key is for; return whether it is for anything."""
    if surface.trial.press(event):
        return True
    key, held = event.key(), event.modifiers() & ~_IGNORED
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    if key == Qt.Key.Key_Space and not held:
        surface.space_held = True
        if not event.isAutoRepeat():
            surface.setCursor(Qt.CursorShape.OpenHandCursor)
        return True
    if key == Qt.Key.Key_Escape:
        # What is under way, then what was looked at last (a path, a focus, a search …), then what is selected.
        if not surface.cancel() and not surface.shell.sight.end_newest():
            surface.shell.selection.clear()
        return True
    if key in _ARROWS:
        return _arrow(surface, _ARROWS[Qt.Key(key)], held)
    if key in _ENTER and held in (Qt.KeyboardModifier.NoModifier, control):
        return _enter(surface, next_card=held == control)
    if held in (Qt.KeyboardModifier.NoModifier, shift) and (action := _action(event)) is not None:
        surface.shell.run(action.id)
        return True
    return False


def _action(event: QKeyEvent) -> Action | None:
    """Return the action of a key that counts on the board only: a letter, or Delete."""
    held = event.modifiers() & ~_IGNORED
    letter = letter_of(event) if held == Qt.KeyboardModifier.NoModifier else ""
    pressed = QKeySequence(event.keyCombination()) if not letter and event.key() < Qt.Key.Key_unknown else None
    for action in ACTIONS.values():
        if action.letter and (
            action.shortcut == letter or (pressed is not None and QKeySequence(action.shortcut) == pressed)
        ):
            return action
    return None


def _enter(surface: Surface, *, next_card: bool) -> bool:
    selection = surface.shell.selection
    if len(selection.cards) == 1:
        (card_id,) = selection.cards
        if next_card:
            doings.next_linked(surface, card_id)
        else:
            surface.edit(card_id)
        return True
    if len(selection.links) == 1 and not next_card:
        surface.link_edit_wanted.emit(next(iter(selection.links)))
        return True
    if len(selection.frames) == 1 and not next_card:
        surface.frame_edit_wanted.emit(next(iter(selection.frames)), "")
        return True
    return False


def _arrow(surface: Surface, direction: str, held: Qt.KeyboardModifier) -> bool:
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    if held & control:
        return _move(surface, direction, 1.0 if held & shift else GRID)
    if held & ~shift:
        return False
    _walk(surface, direction, more=bool(held & shift))
    return True


def _move(surface: Surface, direction: str, step: float) -> bool:
    selection = surface.shell.selection
    if not selection.cards and not selection.frames:
        return False
    if doings.may_change(surface):
        dx, dy = _MOVES[direction]
        drop_moved(surface, selection.cards, selection.frames, dx * step, dy * step)
    return True


def _walk(surface: Surface, direction: str, *, more: bool) -> None:
    slots = surface.selected_slots()
    if not slots:
        middle = surface.visible_area().center()
        target = first(surface.scene, middle.x(), middle.y())
    else:
        start = surface.walked_to if surface.walked_to in slots else slots[-1]
        target = nearest(surface.scene, start, direction)
    if target is None:
        return
    surface.walked_to = target
    card_id = surface.scene.card_ids[target]
    surface.shell.selection.set(cards=[*surface.shell.selection.cards, card_id] if more else [card_id])
    surface.reveal(card_id)
