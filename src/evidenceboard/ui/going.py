"""Going to the card of an entity, wherever it is: on another board, left out, or in a folded frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from evidenceboard import commands
from evidenceboard.model.records import Card, Frame

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window

_say: Final = QCoreApplication.translate


def go_to(window: Window, entity_id: str) -> None:
    """Select an entity and fly to its card, on the board that is shown or the first other that has one."""
    document = window.document
    cards = document.cards_of(entity_id)
    card = next((card for card in cards if card.board_id == window.board_id), cards[0] if cards else None)
    if card is None:
        window.selection.set(entity=entity_id)
        return
    window.show_board(card.board_id)
    if window.sight.admit(entity_id):
        window.banner(_say("Window", "This card was left out of the board; it is shown now as well."))
    frame = document.find("frames", card.frame_id) if card.frame_id else None
    if isinstance(frame, Frame) and frame.collapsed:
        _stand_before(window, card, frame)
        return
    window.selection.set(cards=[card.id])
    window.board.surface.fly_to([card.id])


def _stand_before(window: Window, card: Card, frame: Frame) -> None:
    """Show the folded frame in which a card lies, and offer to open it: that changes the file."""
    # The card is not selected: the next key would change it unseen.
    window.selection.set(entity=card.entity_id)
    window.board.surface.fly_to_frame(frame.id)
    said = _say("Window", "This card lies in a folded frame.")
    if window.session.read_only:
        window.banner(said, _say("Window", "The board is open for reading only, so the frame stays folded."))
        return

    def open_it() -> None:
        window.perform("Open {n} frames", lambda tx: commands.collapse_frame(tx, frame.id, False), n=1)
        go_to(window, card.entity_id)

    window.offer(said, "", (_say("Window", "Open the frame"), open_it))
