"""Boards of a file, and what belongs to the file as a whole."""

from __future__ import annotations

from typing import Any

from evidenceboard.commands.lowering import fit_all_marked
from evidenceboard.commands.settling import let_go
from evidenceboard.commands.values import plain
from evidenceboard.errors import InvalidValueError
from evidenceboard.model.records import TITLE_LIMIT, Board, Setting
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.yardsticks import ICD203, YARDSTICKS


def add_board(tx: Transaction, title: str) -> Board:
    """Add a board behind the others."""
    last = max((board.position for board in tx.document.boards), default=-1)
    return tx.make(Board, title=title, position=last + 1)


def rename_board(tx: Transaction, board_id: str, title: str) -> None:
    """Give a board another title."""
    tx.change(tx.document.get(Board, board_id), title=title)


def remove_board(tx: Transaction, board_id: str) -> None:
    """Remove a board with its frames and cards; the entities stay in the file. The last board stays."""
    board = tx.document.get(Board, board_id)
    if len(tx.document.boards) == 1:
        raise InvalidValueError("A file has at least one board; nothing was changed.")
    for card in tx.document.cards_on(board_id):
        let_go(tx, card.id)
        tx.remove(card)
    for frame in tx.document.frames_on(board_id):
        let_go(tx, frame.id)
        tx.remove(frame)
    let_go(tx, board.id)
    tx.remove(board)


def set_file(tx: Transaction, **values: Any) -> None:
    """Set what belongs to the file: title, marking, yardstick. Raises `InvalidValueError`."""
    own, rest = plain(values, ("title", "marking"))
    title = own.get("title", "")
    if not isinstance(title, str) or len(title) > TITLE_LIMIT:
        raise InvalidValueError(
            f"The title of a file is text of at most {TITLE_LIMIT:,} characters; nothing was changed."
        )
    if values.get("yardstick", ICD203.id) not in YARDSTICKS:
        raise InvalidValueError(
            "There is no such yardstick; nothing was changed.", "Yardsticks: " + ", ".join(YARDSTICKS) + "."
        )
    for name, value in {**own, **rest}.items():
        known = tx.document.find("settings", name)
        if isinstance(known, Setting):
            tx.change(known, value=value)
        else:
            tx.make(Setting, id=name, value=value)
    if "marking" in own:
        fit_all_marked(tx)
