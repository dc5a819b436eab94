"""What gestures and keys do to the file: each is one transaction with a name that undo can show."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from evidenceboard import commands
from evidenceboard.model.link_types import LinkType, fitting
from evidenceboard.model.records import Card, Entity
from evidenceboard.model.scene import FRAME_TITLE
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.types import entity_type
from evidenceboard.ui.board.free_place import free_place

if TYPE_CHECKING:
    from evidenceboard.ui.board.surface import Surface
    from evidenceboard.ui.board.tools.tool import Pointer

NEW_HEIGHT = 92.0
"""Board units that are kept free for a card whose text is still to come."""
_say = QCoreApplication.translate


def refuse_read_only(surface: Surface) -> None:
    """Say why nothing can be changed."""
    if surface.shell.session.reading is not None:
        surface.shell.banner(
            _say("Board", "This board is still being read, so it cannot be changed yet."),
            _say("Board", "The line below says how far it is; it takes a few seconds."),
        )
        return
    if surface.shell.session.hold.entry.left_off:
        surface.shell.banner(
            _say("Board", "This file was not looked over, so it cannot be changed."),
            _say("Board", "“Look the file over now” in the menu File begins that again; or save a copy."),
        )
        return
    if surface.shell.session.hold.entry.waits:
        surface.shell.banner(
            _say("Board", "This file is still being looked over, so it cannot be changed yet."),
            _say("Board", "This program did not leave it as it is; it takes a few seconds."),
        )
        return
    surface.shell.banner(
        _say("Board", "This board is open for reading only: {why}. Nothing was changed.").format(
            why=surface.shell.session.read_only
        ),
        _say("Board", "Save a copy to work on."),
    )


def may_change(surface: Surface) -> bool:
    """Tell whether the file can be changed, and say why where it cannot."""
    if surface.shell.session.read_only:
        refuse_read_only(surface)
        return False
    return True


def frame_under(surface: Surface, x: float, y: float) -> str | None:
    """Return the id of the open frame at a board point."""
    index = surface.frame_at(x, y)
    if index is None or surface.scene.frames[index].collapsed:
        return None
    return surface.scene.frames[index].id


def new_card(surface: Surface, type_id: str, x: float, y: float, *, edit: bool = True) -> str | None:
    """Make a card of a type around a board point, where it lies on no other, and open its title for writing."""
    if not may_change(surface):
        return None
    shell, kind = surface.shell, entity_type(type_id)
    left, top = free_place(surface.scene, x - kind.width / 2, y - NEW_HEIGHT / 2, kind.width, NEW_HEIGHT)
    group = uuid.uuid4().hex

    def add(tx: Transaction) -> str:
        entity = commands.add_entity(tx, type_id)
        home = frame_under(surface, left + kind.width / 2, top + NEW_HEIGHT / 2)
        return commands.place(tx, shell.board_id, entity.id, x=left, y=top, frame_id=home).id

    made = shell.perform("Add {a} {type}", add, group=group, a=article(kind.word), type=kind.word.lower())
    return _show_new(surface, made, group, edit)


def new_linked(
    surface: Surface, from_entity: str, type_id: str, x: float, y: float, *, link: tuple[LinkType, bool] | None = None
) -> str | None:
    """Make a card of a type at a board point, linked from an entity, and open its title for writing."""
    if not may_change(surface):
        return None
    shell, kind = surface.shell, entity_type(type_id)
    start = shell.document.get(Entity, from_entity)
    chosen, turned = link or fitting(start.type, type_id)[0]
    left, top = free_place(surface.scene, x - kind.width / 2, y - NEW_HEIGHT / 2, kind.width, NEW_HEIGHT)
    group = uuid.uuid4().hex

    def add(tx: Transaction) -> str:
        entity = commands.add_entity(tx, type_id)
        ends = (entity.id, start.id) if turned else (start.id, entity.id)
        commands.link(tx, chosen.id, *ends)
        home = frame_under(surface, left + kind.width / 2, top + NEW_HEIGHT / 2)
        return commands.place(tx, shell.board_id, entity.id, x=left, y=top, frame_id=home).id

    made = shell.perform("Add a linked {type}", add, group=group, type=kind.word.lower())
    return _show_new(surface, made, group, True)


def next_linked(surface: Surface, card_id: str) -> str | None:
    """Make the next card beside a card, of the same type, linked in the likeliest way."""
    card = surface.shell.document.find("cards", card_id)
    entity = surface.shell.document.find("entities", card.entity_id) if isinstance(card, Card) else None
    if not isinstance(card, Card) or not isinstance(entity, Entity):
        return None
    type_id = "claim" if entity.type in ("source", "actor") else entity.type
    wide = entity_type(type_id).width
    return new_linked(surface, entity.id, type_id, card.x + card.w + 96 + wide / 2, card.y + NEW_HEIGHT / 2)


def _show_new(surface: Surface, card_id: str | None, group: str, edit: bool) -> str | None:
    if card_id is None:
        return None
    surface.shell.selection.set(cards=[card_id])
    surface.reveal(card_id)
    if edit:
        surface.edit_new(card_id, group)
    return card_id


def connect(surface: Surface, kind: LinkType, from_id: str, to_id: str) -> str | None:
    """Link two entities and select the link."""

    def add(tx: Transaction) -> str:
        return commands.link(tx, kind.id, from_id, to_id).id

    made = surface.shell.perform("Link: {type}", add, type=kind.word)
    if made is not None:
        surface.shell.selection.set(links=[made])
    return made


def double_click(surface: Surface, pointer: Pointer) -> None:
    """Write in place: a card's title, a frame's title, a link's label; on empty board make a card."""
    slot = surface.slot_at(pointer.x, pointer.y)
    if slot is not None:
        surface.edit(surface.scene.card_ids[slot])
        return
    link_id = surface.link_at(pointer.x, pointer.y)
    if link_id is not None:
        surface.link_edit_wanted.emit(link_id)
        return
    index = surface.frame_at(pointer.x, pointer.y)
    if index is not None:
        frame = surface.scene.frames[index]
        if frame.collapsed or pointer.y < frame.y + max(FRAME_TITLE, 16 / surface.zoom):
            surface.frame_edit_wanted.emit(frame.id, "")
            return
    if may_change(surface):
        surface.type_wanted.emit(pointer.at)


def article(word: str) -> str:
    """Return “a” or “an”."""
    return "an" if word[:1].lower() in "aeiou" else "a"
