"""What is done with the selection on the board."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, QPointF

from evidenceboard import commands
from evidenceboard.commands.entities import left_hanging
from evidenceboard.model.boxes import once
from evidenceboard.model.link_types import LinkType, fits, link_type
from evidenceboard.model.records import Card, Entity, Frame, Link
from evidenceboard.model.transaction import Transaction
from evidenceboard.ui.board import doings, motion, offers

if TYPE_CHECKING:
    from evidenceboard.ui.board.surface import Surface

_PADDING: Final = 24.0
_TITLE: Final = 16.0
_NEW_FRAME: Final = (480.0, 320.0)
_NAMED: Final = 6
_say = QCoreApplication.translate
_Offer = Callable[..., None]


def where(surface: Surface) -> QPointF:
    """Return the board point for something new: under the pointer, else the middle of what is seen."""
    pointer = surface.last_pointer
    if pointer is not None and surface.underMouse():
        # Asked anew: the board may have moved under a pointer that rests.
        return surface.to_board(pointer.at)
    return surface.visible_area().center()


def write(surface: Surface) -> None:
    """Write the selected thing in place."""
    selection = surface.shell.selection
    if selection.cards:
        surface.edit(next(iter(selection.cards)))
    elif selection.frames:
        surface.frame_edit_wanted.emit(next(iter(selection.frames)), "")
    elif selection.links:
        surface.link_edit_wanted.emit(next(iter(selection.links)))


def frame_selection(surface: Surface) -> None:
    """Put a frame around the selected cards, or an empty one where the pointer is, and write its title."""
    shell = surface.shell
    cards = shell.selection.cards
    box = motion.box_of(surface, surface.selected_array())
    if box is None:
        at = where(surface)
        wide, high = _NEW_FRAME
        box = (at.x() - wide / 2, at.y() - high / 2, at.x() + wide / 2, at.y() + high / 2)
    left, top = box[0] - _PADDING, box[1] - _PADDING - _TITLE
    wide, high = box[2] - box[0] + 2 * _PADDING, box[3] - box[1] + 2 * _PADDING + _TITLE
    group = uuid.uuid4().hex
    made = shell.perform(
        "Add a frame",
        lambda tx: commands.add_frame(
            tx, shell.board_id, title=_say("Board", "New frame"), x=left, y=top, w=wide, h=high, cards=cards
        ),
        group=group,
    )
    if made is not None:
        shell.selection.set(frames=[made.id])
        surface.frame_edit_wanted.emit(made.id, group)


def link_selected(surface: Surface) -> None:
    """Ask what the link between the two selected cards says, and make it; from the left one to the right one."""
    slots = sorted(surface.selected_slots(), key=lambda slot: float(surface.scene.box[0, slot]))
    if len(slots) != 2:
        return
    document = surface.shell.document
    start, end = (document.get(Entity, surface.scene.entity_ids[slot]) for slot in slots)

    def take(chosen: tuple[LinkType, bool] | None) -> None:
        if chosen is not None:
            kind, turned = chosen
            doings.connect(surface, kind, *((end.id, start.id) if turned else (start.id, end.id)))

    offers.ask_link(surface, surface.rect_on_screen(slots[1]).topLeft(), start, end, take)


def select_linked(surface: Surface) -> None:
    """Select the cards at the other ends of the links of the selected cards, beside them."""
    scene = surface.scene
    ends = once(scene.ends[:, scene.links_at(surface.selected_array())].ravel())
    surface.shell.selection.set(cards=surface.shell.selection.cards | scene.named(ends[scene.shown[ends]]))


def select_in_frame(surface: Surface) -> None:
    """Select the cards that the selected frames own, but none that is left out."""
    document, scene = surface.shell.document, surface.scene
    owned = [card.id for frame_id in surface.shell.selection.frames for card in document.cards_in(frame_id)]
    surface.shell.selection.set(cards=[scene.card_ids[slot] for slot in scene.slots(owned) if not scene.left_out[slot]])


def take_off(surface: Surface) -> None:
    """Take the selected cards off the board; what they stand for stays in the file."""
    cards = surface.shell.selection.cards
    surface.shell.perform("Take {n} cards off a board", lambda tx: commands.take_off(tx, cards), n=len(cards))


def cut(surface: Surface) -> None:
    """Take the selected cards off the board, and the selected frames with the cards that they own."""
    shell = surface.shell
    frames = shell.selection.frames
    owned = {card.id for frame_id in frames for card in shell.document.cards_in(frame_id)}
    cards = shell.selection.cards | owned

    def take(tx: Transaction) -> None:
        commands.take_off(tx, cards)
        commands.remove(tx, frames)

    shell.perform("Cut {n} cards" if cards else "Cut {n} frames", take, n=len(cards or frames))


def delete(surface: Surface, offer: _Offer) -> None:
    """Remove the selection from the file, and say what hangs in the air without it."""
    shell = surface.shell
    selection = shell.selection
    cards, links, frames = selection.cards, selection.links, selection.frames
    alone = [selection.entity] if selection.entity and not cards else []
    if not (cards or links or frames or alone):
        return

    def remove(tx: Transaction) -> str:
        found = (tx.document.find("cards", card_id) for card_id in cards)
        entities = [card.entity_id for card in found if isinstance(card, Card)] or alone
        said = _what_goes(tx.document, entities, list(links))
        commands.remove(tx, [*entities, *links, *frames])
        return said

    said = shell.perform(
        _label(cards or alone, links, frames), remove, n=len(cards or alone) + len(links) + len(frames)
    )
    if said:
        offer(said, "", (_say("Board", "Undo"), lambda: shell.run("undo")))


def _label(entities: Any, links: Any, frames: Any) -> str:
    kinds = [word for word, found in (("cards", entities), ("links", links), ("frames", frames)) if found]
    return f"Remove {{n}} {kinds[0]}" if len(kinds) == 1 else "Remove {n} things"


def _what_goes(document: Any, entities: list[str], links: list[str]) -> str:
    """Say which links go along and which claims have no source left."""
    along = {link.id for entity_id in entities for link in document.links_of(entity_id)} - set(links)
    hanging = [entity.number for entity in left_hanging(document, [*entities, *links])]
    parts = []
    if entities and along:
        parts.append(_say("Board", "{n} links went with what was removed.").format(n=f"{len(along):,}"))
    if hanging:
        named = ", ".join(hanging[:_NAMED])
        if len(hanging) > _NAMED:
            named = _say("Board", "{numbers} and {n} more").format(numbers=named, n=f"{len(hanging) - _NAMED:,}")
        parts.append(_say("Board", "Without a source now: {numbers}.").format(numbers=named))
    return " ".join(parts)


def collapse_says(window: Any) -> str:
    """Return what the action would do now."""
    return _say("Action", "Open the frame") if _all_closed(window) else _say("Action", "Fold the frame")


def _all_closed(shell: Any) -> bool:
    found = [shell.document.find("frames", frame_id) for frame_id in shell.selection.frames]
    return bool(found) and all(isinstance(frame, Frame) and frame.collapsed for frame in found)


def collapse(surface: Surface) -> None:
    """Fold the selected frames, or open them where all are folded."""
    shell = surface.shell
    frames, fold = shell.selection.frames, not _all_closed(shell)

    def change(tx: Transaction) -> None:
        for frame_id in frames:
            commands.collapse_frame(tx, frame_id, fold)

    shell.perform("Fold {n} frames" if fold else "Open {n} frames", change, n=len(frames))
    if fold:
        # What is not seen is not chosen: the next key would change it unseen.
        hidden = {card.id for frame_id in frames for card in shell.document.cards_in(frame_id)}
        shell.selection.set(cards=shell.selection.cards - hidden, frames=frames, links=shell.selection.links)


def turn_links(surface: Surface) -> None:
    """Let the ends of the selected links change places; one that cannot be read so stays, and that is said."""
    shell, document = surface.shell, surface.shell.document
    found = [link for link_id in shell.selection.links if isinstance(link := document.find("links", link_id), Link)]
    able = [link for link in found if _can_turn(document, link)]
    if len(able) < len(found):
        said = _say("Board", "A link such as “{word}” leads in one direction only; it stays as it is.")
        stays = next(link for link in found if link not in able)
        shell.banner(said.format(word=link_type(stays.type).word))

    def turn(tx: Transaction) -> list[str]:
        return [commands.relink(tx, link, link.type, link.to_id, link.from_id).id for link in able]

    if able:
        made = shell.perform("Turn {n} links round", turn, n=len(able))
        if made is not None:
            shell.selection.set(links=made)


def _can_turn(document: Any, link: Link) -> bool:
    start, end = document.get(Entity, link.from_id), document.get(Entity, link.to_id)
    return fits(link_type(link.type), end.type, start.type)
