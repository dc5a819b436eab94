"""Giving a thing a marking of its own: lowering it below what it would have without one takes a reason."""

from __future__ import annotations

from typing import Any

from evidenceboard.commands.cards import fit_cards
from evidenceboard.commands.values import plain
from evidenceboard.errors import InvalidValueError
from evidenceboard.model.document import Document
from evidenceboard.model.markings import Marked, Marking, effective, inherited, of_file, rank
from evidenceboard.model.records import Attachment, Board, Entity
from evidenceboard.model.transaction import Transaction

OWN = ("marking", "marking_reason")


def lowers(document: Document, record: Marked, word: str) -> bool:
    """Tell whether a marking is lower than what a thing would have without one of its own."""
    return bool(word) and rank(word) < rank(inherited(document, record).word)


def settled(document: Document, record: Marked, own: dict[str, Any]) -> dict[str, Any]:
    """Return a record's new values with the reason that belongs to its marking, and with none where it lowers nothing.

    Raises `InvalidValueError` where a marking is lowered without a reason, or a reason is given for none that is.
    """
    if not own.keys() & set(OWN):
        return own
    word = str(own.get("marking", record.marking))
    kept = record.marking_reason if word == record.marking else ""
    given = str(own.get("marking_reason", kept)).strip()
    if lowers(document, record, word):
        if not given:
            above = inherited(document, record)
            raise InvalidValueError(
                f"{_name(record)} is {above.word} {_whence(above)}; lowering it needs a reason. Nothing was changed.",
                "Say beside the marking why it may be lower (marking_reason).",
            )
        return {**own, "marking_reason": given}
    if own.get("marking_reason"):
        raise InvalidValueError(
            "A reason stands beside a marking that is lower than the one inherited, and this one is not. "
            "Nothing was changed."
        )
    return {**own, "marking_reason": ""}


def set_marking(tx: Transaction, record_id: str, marking: str, reason: str = "") -> None:
    """Give a board or a kept file a marking of its own, or with "" the one it inherits.

    Raises `InvalidValueError`, `NotFoundError`.
    """
    own, _ = plain({"marking": marking, "marking_reason": reason}, OWN)
    record = tx.document.find("boards", record_id)
    if isinstance(record, Board):
        before = effective(tx.document, record).word
        made = tx.change(record, **settled(tx.document, record, own))
        after = effective(tx.document, made).word
        if before != after:
            low = min(rank(before), rank(after)) < rank(of_file(tx.document))
            _fit(tx, record_id, everything=low)
        return
    found = tx.document.get(Attachment, record_id)
    tx.change(found, **settled(tx.document, found, own))


def fit_all_marked(tx: Transaction) -> None:
    """Let cards be as high as they need where the file's marking has changed, and with it what they show at their foot.

    On a board below the file's marking every card shows one.
    """
    for board in tx.document.boards:
        _fit(tx, board.id, everything=bool(board.marking_reason))


def _fit(tx: Transaction, board_id: str, *, everything: bool) -> None:
    if everything:
        for card in tx.document.cards_on(board_id):
            fit_cards(tx, card.entity_id)
        return
    for record in tx.document.marked("entities"):
        if tx.document.card_on(board_id, record.id):
            fit_cards(tx, record.id)


def _name(record: Marked) -> str:
    if isinstance(record, Entity):
        return record.number
    return {"Board": "This board", "Link": "This link", "Attachment": "This file"}[type(record).__name__]


def _whence(above: Marking) -> str:
    return f"by {' and '.join(above.numbers)}" if above.numbers else "from the file"
