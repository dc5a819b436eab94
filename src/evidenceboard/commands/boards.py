"""Boards of a file, and what belongs to the file as a whole."""

from __future__ import annotations

from typing import Any

from evidenceboard.commands.values import plain
from evidenceboard.errors import InvalidValueError
from evidenceboard.model.records import Board, Setting
from evidenceboard.model.transaction import Transaction


def add_board(tx: Transaction, title: str) -> Board:
    """Add a board behind the others."""
    last = max((board.position for board in tx.document.boards), default=-1)
    return tx.make(Board, title=title, position=last + 1)


def rename_board(tx: Transaction, board_id: str, title: str) -> None:
    """Give a board another title."""
    tx.change(tx.document.get(Board, board_id), title=title)


def remove_board(tx: Transaction, board_id: str) -> None:
    """Remove a board with its frames and cards; the entities stay in the file. The last board stays."""
    if len(tx.document.boards) == 1:
        raise InvalidValueError("A file has at least one board; nothing was changed.")
    for card in tx.document.cards_on(board_id):
        tx.remove(card)
    for frame in tx.document.frames_on(board_id):
        tx.remove(frame)
    tx.remove(tx.document.get(Board, board_id))


def set_file(tx: Transaction, **values: Any) -> None:
    """Set what belongs to the file: title, marking."""
    own, rest = plain(values, ("title", "marking"))
    for name, value in {**own, **rest}.items():
        tx.put(Setting(name, value))
