"""Giving a thing a marking of its own: lowering it below what it would have without one takes a reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from evidenceboard.commands.cards import fit_cards
from evidenceboard.commands.values import plain
from evidenceboard.errors import InvalidValueError, NotFoundError
from evidenceboard.model.document import Document
from evidenceboard.model.markings import Marked, Marking, effective, inherited, of_file, rank
from evidenceboard.model.records import Attachment, Board, Entity, Link
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
    """Give an entity, link, board or attachment a marking of its own, or with "" the one it inherits.

    Raises `InvalidValueError`, `NotFoundError`.
    """
    own, _ = plain({"marking": marking, "marking_reason": reason}, OWN)
    record = marked_record(tx.document, record_id)
    made = tx.change(record, **settled(tx.document, record, own))
    if isinstance(made, Entity):
        fit_cards(tx, record_id)
    elif isinstance(made, Board):
        before, after = rank(effective(tx.document, record).word), rank(effective(tx.document, made).word)
        if before != after:
            _fit(tx, record_id, everything=min(before, after) < rank(of_file(tx.document)))


def set_markings(tx: Transaction, ids: Iterable[str], marking: str, reason: str = "") -> None:
    """Give several things one marking; the reason is kept with those of which it is lowered."""
    for record_id in ids:
        record = marked_record(tx.document, record_id)
        own, _ = plain({"marking": marking}, OWN)
        set_marking(tx, record_id, marking, reason if lowers(tx.document, record, own["marking"]) else "")


def marked_record(document: Document, record_id: str) -> Marked:
    """Return the entity, link, board or attachment with an id. Raises `NotFoundError`."""
    for table in ("entities", "links", "boards", "attachments"):
        record = document.find(table, record_id)
        if isinstance(record, Entity | Link | Board | Attachment):
            return record
    raise NotFoundError("This is no longer in the file; nothing was changed.")


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
