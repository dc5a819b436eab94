"""Laying out, on trial first, and pinning what is to stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from evidenceboard import commands
from evidenceboard.model.layouts import METHODS, Method
from evidenceboard.model.records import Card
from evidenceboard.ui.actions import action

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window


def _lay_out(method: Method) -> None:
    @action(f"layout_{method.id}", f"Lay out: {method.word}", "Arrange", writes=True,
            enabled=lambda window: window.board.surface.trial.can_begin,
            help=f"{method.hint}; the selection, or the whole board. Looked at before it is kept")  # fmt: skip
    def lay_out(window: Window) -> None:
        window.board.surface.trial.begin(method.id)


for _method in METHODS:
    _lay_out(_method)


def _are_pinned(window: Window) -> bool:
    cards = [window.document.find("cards", card_id) for card_id in window.selection.cards]
    return bool(cards) and all(isinstance(card, Card) and card.pinned for card in cards)


@action("pin", "Pin in place", "Arrange", shortcut="Ctrl+Alt+P", writes=True,
        enabled=lambda window: bool(window.selection.cards),
        says=lambda window: QCoreApplication.translate("Layout", "Unpin" if _are_pinned(window) else "Pin in place"),
        help="Laying out leaves a pinned card where it is")  # fmt: skip
def pin(window: Window) -> None:
    cards, pinned = window.selection.cards, not _are_pinned(window)
    label = "Pin {n} cards" if pinned else "Unpin {n} cards"
    window.perform(label, lambda tx: commands.pin(tx, cards, pinned), n=len(cards))
