"""What analysts say to each other about a card, a link or one field of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from evidenceboard.errors import InvalidValueError, NotFoundError
from evidenceboard.model.comments import Thread, comments_on, thread_of
from evidenceboard.model.records import Comment
from evidenceboard.model.transaction import Transaction

SUBJECTS: Final = ("entities", "links", "boards", "cards", "frames", "attachments")
"""The tables whose records can have comments."""


def add_comment(tx: Transaction, subject_id: str, text: str, field: str = "") -> Comment:
    """Say something about a record, or one field of it. Raises `InvalidValueError`, `NotFoundError`."""
    if not any(tx.document.find(table, subject_id) for table in SUBJECTS):
        raise NotFoundError("What this is about is no longer in the file; nothing was changed.")
    return _make(tx, subject_id, field, text)


def answer_comment(tx: Transaction, comment_id: str, text: str) -> Comment:
    """Answer a comment; the answer stands in its thread. Raises `InvalidValueError`, `NotFoundError`."""
    first = _thread(tx, comment_id).first
    return _make(tx, first.subject_id, first.field, text, first.id)


def resolve_comment(tx: Transaction, comment_id: str) -> None:
    """Close the thread of a comment."""
    first = _thread(tx, comment_id).first
    if not first.resolved_by:
        tx.change(first, resolved_by=tx.author_id, resolved_at=tx.seam.now())


def reopen_comment(tx: Transaction, comment_id: str) -> None:
    """Open the thread of a comment again."""
    tx.change(_thread(tx, comment_id).first, resolved_by="", resolved_at="")


def change_comment(tx: Transaction, comment_id: str, text: str) -> None:
    """Say one's own comment in other words. Raises `InvalidValueError` for that of another analyst."""
    tx.change(_own(tx, comment_id), text=_said(text))


def remove_comment(tx: Transaction, comment_id: str) -> None:
    """Remove one's own comment, with one's own answers to it. Raises `InvalidValueError` where others answered."""
    own = _own(tx, comment_id)
    thread = thread_of(tx.document, own)
    going = thread.all if own == thread.first else (own,)
    if any(one.author_id != tx.author_id for one in going):
        raise InvalidValueError(
            "Another analyst has answered this comment; nothing was changed.", "Resolve it, and it is out of the way."
        )
    for one in going:
        tx.remove(one)


def hand_comments_on(tx: Transaction, subject_id: str, new_id: str) -> None:
    """Put the comments on a record onto the one that stands in its place."""
    for comment in comments_on(tx.document, subject_id):
        tx.put(replace(comment, subject_id=new_id))


def _make(tx: Transaction, subject_id: str, field: str, text: str, reply_to: str = "") -> Comment:
    return tx.make(
        Comment, subject_id=subject_id, field=field, author_id=tx.author_id, text=_said(text), at=tx.seam.now(),
        reply_to=reply_to,
    )  # fmt: skip


def _said(text: str) -> str:
    if not text.strip():
        raise InvalidValueError("A comment has words; nothing was changed.")
    return text.strip()


def _thread(tx: Transaction, comment_id: str) -> Thread:
    return thread_of(tx.document, tx.document.get(Comment, comment_id))


def _own(tx: Transaction, comment_id: str) -> Comment:
    comment = tx.document.get(Comment, comment_id)
    if comment.author_id != tx.author_id:
        raise InvalidValueError("This is another analyst's comment; nothing was changed.", "Answer it instead.")
    return comment
