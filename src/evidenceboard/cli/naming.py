"""What a word on the command line means: an entity by number or id, a link by its id, key=value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import click

from evidenceboard.cli.answers import plain
from evidenceboard.errors import InvalidValueError
from evidenceboard.formats import listing
from evidenceboard.model.document import Document
from evidenceboard.model.markings import Marked, derivation, effective
from evidenceboard.model.records import Attachment, Comment, Entity, Link
from evidenceboard.model.types import TYPES

if TYPE_CHECKING:
    from evidenceboard.session import Session

_FIXED: Final = ("id", "number", "type", "tx")
"""What a command takes beside fields; a field of this name could not be told from it."""


def entity(document: Document, word: str) -> Entity:
    """Return an entity by its number, in any case, or by its id. Raises `NotFoundError`."""
    for number in (word, word[:1].upper() + word[1:]):
        for found in document.where("entities", "number", number):
            return cast(Entity, found)
    return document.entity(word)


def thing(document: Document, word: str, also: tuple[str, ...] = ("frames", "cards")) -> str:
    """Return the id of what a word names: an entity, or a link or what else has a row by its id.

    Raises `NotFoundError`.
    """
    if any(document.find(table, word) for table in ("links", *also)):
        return word
    return entity(document, word).id


def pairs(words: tuple[str, ...]) -> dict[str, str]:
    """Return key=value words as a dict. Raises `click.UsageError` where one has no “=”."""
    found = {}
    for word in words:
        key, sign, value = word.partition("=")
        if not sign or not key.strip():
            raise click.UsageError(f"“{word[:60]}” is not of the form key=value.")
        if key.strip() in _FIXED:
            raise InvalidValueError(f"“{key.strip()}” cannot be set; nothing was changed.", "`show` has what can.")
        found[key.strip()] = value
    return found


def type_named(word: str) -> str:
    """Return a type by its id or word. Raises `InvalidValueError` with those that there are."""
    for kind in TYPES:
        if word.strip().lower() in (kind.id, kind.word.lower(), kind.plural.lower()):
            return kind.id
    listed = ", ".join(kind.id for kind in TYPES)
    raise InvalidValueError(f"There is no type “{word[:40]}”; nothing was changed.", f"Types: {listed}.")


def entity_told(document: Document, found: Entity) -> dict[str, Any]:
    """Return an entity for JSON: its columns, and each of its fields beside them."""
    fields = listing.fields(document, found)
    own = {"id": found.id, "number": found.number, "type": found.type, "title": found.title}
    rest = {"notes": found.notes, **marking_told(document, found), "tags": list(found.tags), "props": fields}
    return {**fields, **own, **rest}


def link_told(document: Document, found: Link) -> dict[str, Any]:
    """Return a link for JSON, its ends by number."""
    ends = document.numbers_of([found.from_id]), document.numbers_of([found.to_id])
    return {
        "id": found.id, "type": found.type, "from": ends[0][0], "to": ends[1][0], "notes": found.notes,
        **marking_told(document, found), "tags": list(found.tags), "props": listing.fields(document, found),
    }  # fmt: skip


def attachment_told(document: Document, found: Attachment) -> dict[str, Any]:
    """Return an attachment for JSON."""
    told = {name: getattr(found, name) for name in ("id", "name", "media_type", "size", "sha256", "captured_at")}
    return {**told, **marking_told(document, found)}


def comment_told(session: Session, found: Comment) -> dict[str, Any]:
    """Return a comment for JSON. `field` is "" for one on the whole; an answer names what it answers."""
    own = {name: getattr(found, name) for name in ("id", "field", "text", "at", "reply_to", "resolved_at")}
    by = session.author_name(found.resolved_by) or found.resolved_by
    return {**own, "author": session.author_name(found.author_id) or found.author_id, "resolved_by": by}


def comment_line(told: dict[str, Any]) -> str:
    """Return a comment on one line."""
    what = "answer" if told["reply_to"] else "resolved comment" if told["resolved_by"] else "comment"
    on = f" on {plain(told['field'])}" if told["field"] and not told["reply_to"] else ""
    return f"{what}{on} by {plain(told['author'], 60)}, {plain(told['at'][:10])}: {plain(told['text'], 400)}"


def marking_told(document: Document, found: Marked) -> dict[str, Any]:
    """Return a thing's own marking for JSON, and beside it the one that counts and where that comes from."""
    counts = effective(document, found)
    marked = {"marking": counts.word, "because": derivation(counts)}
    return {"marking": found.marking, "marking_reason": found.marking_reason, "marked": marked}
