"""What can be done on the board: new cards and frames, the clipboard, choosing, arranging, removing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from evidenceboard import commands
from evidenceboard.model.entity_type import EntityType
from evidenceboard.model.types import TYPES
from evidenceboard.ui import settings
from evidenceboard.ui.actions import action
from evidenceboard.ui.board import chosen, doings, grading, pasting

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window


def _cards(window: Window) -> bool:
    return bool(window.selection.cards)


def _things(window: Window) -> bool:
    return bool(window.selection.cards or window.selection.frames)


def _several(window: Window) -> bool:
    return len(window.selection.cards) > 1


# -- new things ------------------------------------------------------------------------------------------------


def _adder(kind: EntityType) -> None:
    @action(
        f"add_{kind.id}",
        kind.word,
        "Insert",
        shortcut=kind.key,
        icon=kind.glyph,
        writes=True,
        letter=True,
        help=f"A new card: {kind.hint.lower()}" if kind.hint else "A new card",
    )
    def add(window: Window) -> None:
        place = chosen.where(window.board.surface)
        doings.new_card(window.board.surface, kind.id, place.x(), place.y())


for _kind in TYPES:
    _adder(_kind)


@action("add_frame", "Frame", "Insert", shortcut="F", writes=True, letter=True, help="A titled area with cards")
def add_frame(window: Window) -> None:
    chosen.frame_selection(window.board.surface)


@action("link_selected", "Link the two selected cards…", "Insert", shortcut="L", letter=True,
        enabled=lambda window: len(window.selection.cards) == 2, writes=True,
        help="Choose what the link between them says")  # fmt: skip
def link_selected(window: Window) -> None:
    chosen.link_selected(window.board.surface)


# -- the clipboard ---------------------------------------------------------------------------------------------


@action("cut", "Cut", "Edit", shortcut="Ctrl+X", enabled=_things, writes=True, help="Copy, and take off this board")
def cut(window: Window) -> None:
    if pasting.copy(window.board.surface):
        chosen.cut(window.board.surface)


@action("copy", "Copy", "Edit", shortcut="Ctrl+C", enabled=_things, help="For boards as cards, elsewhere as text")
def copy(window: Window) -> None:
    pasting.copy(window.board.surface)


@action("paste", "Paste", "Edit", shortcut="Ctrl+V", writes=True, help="Cards, text, an address or a picture")
def paste(window: Window) -> None:
    pasting.paste(window.board.surface)


@action("duplicate", "Duplicate", "Edit", shortcut="Ctrl+D", enabled=_things, writes=True)
def duplicate(window: Window) -> None:
    pasting.duplicate(window.board.surface)


@action("copy_picture", "Copy as a picture", "Edit", shortcut="Ctrl+Shift+C",
        help="The selected cards, or the whole board where none is selected")  # fmt: skip
def copy_picture(window: Window) -> None:
    if pasting.copy_picture(window.board.surface):
        window.banner(window.tr("A picture is on the clipboard."))


# -- choosing and writing --------------------------------------------------------------------------------------


@action("select_all", "Select all", "Edit", shortcut="Ctrl+A", help="All cards that show on this board")
def select_all(window: Window) -> None:
    scene = window.board.surface.scene
    window.selection.set(cards=scene.named(np.flatnonzero(scene.shown)))


@action("select_none", "Select nothing", "Edit", shortcut="Ctrl+Shift+A", enabled=lambda w: bool(w.selection))
def select_none(window: Window) -> None:
    window.selection.clear()


@action("select_linked", "Select what is linked", "Edit", shortcut="Ctrl+L", enabled=_cards,
        help="The cards at the other ends of the links")  # fmt: skip
def select_linked(window: Window) -> None:
    chosen.select_linked(window.board.surface)


@action("select_in_frame", "Select the cards in it", "Edit", enabled=lambda w: bool(w.selection.frames))
def select_in_frame(window: Window) -> None:
    chosen.select_in_frame(window.board.surface)


@action("edit_title", "Write in place", "Edit", shortcut="F2",
        enabled=lambda w: bool(w.selection.cards or w.selection.frames or w.selection.links), writes=True,
        help="The title of the card or frame, the words of the link")  # fmt: skip
def edit_title(window: Window) -> None:
    chosen.write(window.board.surface)


@action("grade", "Grade…", "Edit", shortcut="G", writes=True, letter=True,
        enabled=lambda w: grading.can_grade(w.document, w.selection),
        help="A report: 1 to 6, and A to F for its source; a cell of the matrix: CC to II")  # fmt: skip
def grade(window: Window) -> None:
    grading.ask(window.board.surface)


# -- removing --------------------------------------------------------------------------------------------------


@action("delete", "Delete", "Edit", shortcut="Del", enabled=lambda w: bool(w.selection), writes=True, letter=True,
        help="Remove the selection from the file, with all its links; undo brings it back")  # fmt: skip
def delete(window: Window) -> None:
    chosen.delete(window.board.surface, window.offer)


@action("take_off", "Take off this board", "Edit", shortcut="Shift+Del", enabled=_cards, writes=True, letter=True,
        help="The cards go; what they stand for stays in the file")  # fmt: skip
def take_off(window: Window) -> None:
    chosen.take_off(window.board.surface)


# -- arranging -------------------------------------------------------------------------------------------------


def _aligner(side: str, text: str) -> None:
    @action(f"align_{side}", text, "Arrange", enabled=_several, writes=True, help="Line the selected cards up")
    def align(window: Window) -> None:
        cards = window.selection.cards
        window.perform("Align {n} cards", lambda tx: commands.align(tx, cards, side), n=len(cards))


for _side, _text in (
    ("left", "Align left edges"),
    ("centre", "Align middles, one above the other"),
    ("right", "Align right edges"),
    ("top", "Align upper edges"),
    ("middle", "Align middles, side by side"),
    ("bottom", "Align lower edges"),
):
    _aligner(_side, _text)


def _distributor(axis: str, text: str) -> None:
    @action(f"distribute_{axis}", text, "Arrange", enabled=lambda w: len(w.selection.cards) > 2, writes=True,
            help="Make the gaps between the selected cards equal")  # fmt: skip
    def distribute(window: Window) -> None:
        cards = window.selection.cards
        window.perform("Distribute {n} cards", lambda tx: commands.distribute(tx, cards, axis), n=len(cards))


_distributor("x", "Equal gaps from left to right")
_distributor("y", "Equal gaps from top to bottom")


@action("raise", "Bring to the front", "Arrange", shortcut="Ctrl+]", enabled=_cards, writes=True)
def raise_(window: Window) -> None:
    cards = window.selection.cards
    window.perform("Bring {n} cards to the front", lambda tx: commands.raise_(tx, cards), n=len(cards))


@action("lower", "Send to the back", "Arrange", shortcut="Ctrl+[", enabled=_cards, writes=True)
def lower(window: Window) -> None:
    cards = window.selection.cards
    window.perform("Send {n} cards to the back", lambda tx: commands.lower(tx, cards), n=len(cards))


@action("frame_selection", "Frame around the selection", "Arrange", shortcut="Ctrl+G", enabled=_cards, writes=True)
def frame_selection(window: Window) -> None:
    chosen.frame_selection(window.board.surface)


@action("collapse", "Fold or open the frame", "Arrange", shortcut="Ctrl+.", says=lambda w: chosen.collapse_says(w),
        enabled=lambda w: bool(w.selection.frames), writes=True)  # fmt: skip
def collapse(window: Window) -> None:
    chosen.collapse(window.board.surface)


@action("turn_link", "Turn the link round", "Arrange", enabled=lambda w: bool(w.selection.links), writes=True,
        help="Its ends change places, where what it says allows that")  # fmt: skip
def turn_link(window: Window) -> None:
    chosen.turn_links(window.board.surface)


@action("minimap", "Map of the board", "View", checked=lambda window: bool(settings.get("minimap", True)))
def minimap(window: Window) -> None:
    window.board.show_minimap(not settings.get("minimap", True))
