"""Laying cards out: by layers, by their links, in a grid, by time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from evidenceboard.model.records import Card, Frame
from evidenceboard.model.transaction import Transaction

if TYPE_CHECKING:
    from evidenceboard.model.layouts.laying import Laid


def layout(
    tx: Transaction,
    board_id: str,
    method: str,
    *,
    card_ids: Iterable[str] | None = None,
    frame_id: str | None = None,
    pinned: Iterable[str] = (),
    seed: int = 0,
) -> Laid:
    """Lay out some cards, or the cards of one frame, or the whole board, and return what moved how far.

    `method`: layered, force, grid or time. `pinned` cards stay, and so do those that say so themselves. Cards of a
    frame stay with it: it moves as one, unless it is what is laid out, and then it fits what it holds.
    Raises `NotFoundError`, `InvalidValueError`.
    """
    # Loaded when something is laid out: no window waits for it.
    from evidenceboard.model.layouts import method as method_named
    from evidenceboard.model.layouts.gathering import content
    from evidenceboard.model.layouts.laying import Wish, laid

    chosen = None if card_ids is None else frozenset(card_ids)
    wish = Wish(method_named(method), chosen, frame_id, frozenset(pinned), seed)
    made = laid(content(tx.document, board_id), wish)
    put_laid(tx, made)
    return made


def put_laid(tx: Transaction, made: Laid) -> None:
    """Move cards and frames to where a layout puts them. Raises `NotFoundError`, `InvalidValueError`."""
    tx.move((tx.document.get(Card, card_id) for card_id in made.card_ids), *made.by.tolist())
    for frame_id, (x, y, w, h) in made.frames.items():
        tx.change(tx.document.get(Frame, frame_id), x=x, y=y, w=w, h=h)


def pin(tx: Transaction, card_ids: Iterable[str], pinned: bool = True) -> None:
    """Let cards stay where they are when others are laid out, or let them go again."""
    for card_id in card_ids:
        tx.change(tx.document.get(Card, card_id), pinned=pinned)
