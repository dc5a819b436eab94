"""Cards: placing entities on boards, moving and sizing them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import repeat

from evidenceboard.commands.settling import let_go
from evidenceboard.errors import InvalidValueError
from evidenceboard.model.card_size import fitted_height
from evidenceboard.model.many_by_id import each_once
from evidenceboard.model.records import Board, Card, Entity, Frame, on_grid
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.types import entity_type


def place(
    tx: Transaction,
    board_id: str,
    entity_id: str,
    *,
    x: float,
    y: float,
    w: float | None = None,
    h: float | None = None,
    z: int | None = None,
    frame_id: str | None = None,
) -> Card:
    """Put an entity on a board as a card, its upper left corner at x, y in board units.

    Without a height the card is as high as its text needs. An entity has at most one card on a board.
    """
    board = tx.document.get(Board, board_id)
    entity = tx.document.get(Entity, entity_id)
    if tx.document.card_on(board.id, entity.id):
        raise InvalidValueError(
            f"{entity.number} is on this board already; nothing was changed.", "Move its card instead."
        )
    if frame_id is not None:
        check_frame(tx, frame_id, board.id)
    kind = entity_type(entity.type)
    width = w if w is not None else kind.width
    height = h if h is not None else fitted_height(kind.face(entity, tx.document, board.id), width)
    return tx.make(
        Card, board_id=board.id, entity_id=entity.id, x=x, y=y, w=width, h=height, z=z or 0, frame_id=frame_id,
        fitted=h is None,
    )  # fmt: skip


def move_cards(tx: Transaction, ids: Iterable[str], dx: float, dy: float) -> None:
    """Move cards by dx, dy board units, each once."""
    cards = (tx.document.get(Card, card_id) for card_id in each_once(ids))
    tx.move(cards, repeat(whole_steps(dx)), repeat(whole_steps(dy)))


def resize_card(tx: Transaction, card_id: str, *, x: float, y: float, w: float, h: float | None = None) -> None:
    """Give a card another place and size; without a height it follows the text again."""
    card = tx.document.get(Card, card_id)
    entity = tx.document.get(Entity, card.entity_id)
    height = h if h is not None else _height(tx, card, entity, w)
    tx.change(card, x=x, y=y, w=w, h=height, fitted=h is None)


def whole_steps(distance: float) -> float:
    """Return the nearest distance that keeps cards on the grid of places, so that all that move together keep together.

    What is no number is left as it is: the record then refuses it in words.
    """
    return on_grid(distance) if math.isfinite(distance) else distance


def check_frame(tx: Transaction, frame_id: str, board_id: str) -> None:
    """Check that a frame is there, and on the board of the cards that it is to own. Raises an error in words."""
    if tx.document.get(Frame, frame_id).board_id != board_id:
        raise InvalidValueError("A frame owns only cards of its own board; nothing was changed.")


def fit_cards(tx: Transaction, entity_id: str) -> None:
    """Let the cards of an entity be as high as its text needs, where no hand has set their height."""
    entity = tx.document.get(Entity, entity_id)
    for card in tx.document.cards_of(entity_id):
        if card.fitted:
            tx.change(card, h=_height(tx, card, entity, card.w))


def _height(tx: Transaction, card: Card, entity: Entity, width: float) -> float:
    return fitted_height(entity_type(entity.type).face(entity, tx.document, card.board_id), width)


def take_off(tx: Transaction, card_ids: Iterable[str]) -> None:
    """Take cards off their board; the entities stay in the file."""
    for card_id in card_ids:
        let_go(tx, card_id)
        tx.remove(tx.document.get(Card, card_id))


def set_colour(tx: Transaction, card_ids: Iterable[str], colour: str) -> None:
    """Give cards a colour by hand (a token of the palette), or "" for the colour of their type."""
    for card_id in card_ids:
        tx.change(tx.document.get(Card, card_id), colour=colour)
