"""Frames: titled areas that own their cards."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, repeat

from evidenceboard.commands.cards import check_frame, move_cards, whole_steps
from evidenceboard.commands.settling import let_go
from evidenceboard.model.records import Board, Card, Frame
from evidenceboard.model.transaction import Transaction


def add_frame(
    tx: Transaction,
    board_id: str,
    *,
    title: str,
    x: float,
    y: float,
    w: float,
    h: float,
    z: int = 0,
    cards: Iterable[str] = (),
) -> Frame:
    """Add a frame that owns the given cards."""
    board = tx.document.get(Board, board_id)
    frame = tx.make(Frame, board_id=board.id, title=title, x=x, y=y, w=w, h=h, z=z)
    put_into_frame(tx, cards, frame.id)
    return frame


def put_into_frame(tx: Transaction, card_ids: Iterable[str], frame_id: str | None) -> None:
    """Let a frame own cards, or no frame with None."""
    cards = [tx.document.get(Card, card_id) for card_id in dict.fromkeys(card_ids)]
    if frame_id is not None:
        for board_id in {card.board_id for card in cards}:
            check_frame(tx, frame_id, board_id)
    tx.change_all(cards, "frame_id", frame_id)


def move_frames(tx: Transaction, frame_ids: Iterable[str], dx: float, dy: float, *, also: Iterable[str] = ()) -> None:
    """Move frames with the cards that they own, and other cards along with them, each once."""
    frames = [tx.document.get(Frame, frame_id) for frame_id in dict.fromkeys(frame_ids)]
    owned = [card.id for frame in frames for card in tx.document.cards_in(frame.id)]
    dx, dy = whole_steps(dx), whole_steps(dy)
    tx.move(frames, repeat(dx), repeat(dy))
    move_cards(tx, chain(also, owned), dx, dy)


def resize_frame(tx: Transaction, frame_id: str, *, x: float, y: float, w: float, h: float) -> None:
    """Give a frame another place and size; its cards stay where they are."""
    tx.change(tx.document.get(Frame, frame_id), x=x, y=y, w=w, h=h)


def rename_frame(tx: Transaction, frame_id: str, title: str) -> None:
    """Give a frame another title."""
    tx.change(tx.document.get(Frame, frame_id), title=title)


def collapse_frame(tx: Transaction, frame_id: str, collapsed: bool) -> None:
    """Fold a frame's cards away, or show them again."""
    tx.change(tx.document.get(Frame, frame_id), collapsed=collapsed)


def remove_frame(tx: Transaction, frame_id: str) -> None:
    """Remove a frame; its cards stay on the board."""
    put_into_frame(tx, [card.id for card in tx.document.cards_in(frame_id)], None)
    let_go(tx, frame_id)
    tx.remove(tx.document.get(Frame, frame_id))
