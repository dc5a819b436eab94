"""What a file says that a clean copy must not say, and what the copy may say, both told apart from the copying."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from evidenceboard.formats.byte_search import Step, stepping, strings_of
from evidenceboard.formats.outgoing import strings_in, texts
from evidenceboard.model.document import Document
from evidenceboard.model.markings import Marked, allowed, effective
from evidenceboard.model.records import TABLE_OF, TABLES, Attachment, Board, Entity, Link, as_row
from evidenceboard.session import Session
from evidenceboard.sharing.choice import Choice, Cleaned
from evidenceboard.sharing.cleaned import NO_REASON

_READ: Final = 4 * 1024 * 1024
"""Bytes of an attachment that are looked through for words."""
_RUN: Final = re.compile(rb"[A-Za-z]{8,}")
"""Letters in a row that are no chance, in bytes that are no text."""
_SAYS: Final = {
    "boards": ("title",),
    "entities": ("number", "title", "tags", "type"),
    "frames": ("title", "colour"),
    "cards": ("colour",),
    "links": ("tags", "type"),
    "assessments": ("field", "value"),
    "attachments": ("name", "media_type", "url", "captured_at", "tool"),
    "settings": ("id", "value"),
}
"""The columns that say something in every copy, beside properties and markings."""


def withheld(session: Session, cleaned: Cleaned, choice: Choice, step: Step = lambda: None) -> set[str]:
    """Return every word of a file that no record says which goes along: of its records, its log, its authors, files.

    `step` is called again and again.
    """
    words: set[str] = set()
    for record in stepping((one for table in TABLES for one in session.document.table(table).values()), step):
        words |= strings_in(record)
    for said in stepping(session.log.texts(), step):
        words |= _words_of_json(said)
    if not choice.authors:
        words.update(word for _, name in session.log.authors() for word in strings_of(name))
    kept = {one.sha256 for one in cleaned.origins.values() if isinstance(one, Attachment)}
    for digest in session.log.attached():
        step()
        if digest not in kept:
            words |= words_in_file(session.attachment(digest))
    return words


def _words_of_json(said: str) -> set[str]:
    try:
        return {word for text in texts(json.loads(said)) for word in strings_of(text)}
    except (ValueError, RecursionError):
        return strings_of(said)


def words_in_file(data: bytes) -> set[str]:
    """Return the words of bytes that are text, else runs of letters as a name or a place is written into a picture."""
    part = data[:_READ]
    try:
        return strings_of(part.decode())
    except UnicodeDecodeError:
        return {run.decode() for run in _RUN.findall(part)}


def may_say(document: Document, cleaned: Cleaned, choice: Choice) -> Iterator[str]:
    """Yield every text that the copy may say: of what was chosen the columns that go along, and nothing else."""
    yield from (*TABLES, NO_REASON, choice.at_most)
    for record in cleaned.records:
        table = TABLE_OF[type(record)]
        origin = cleaned.origins[table, record.id]
        if isinstance(origin, Board | Entity | Link | Attachment) and not _may_go(document, origin, choice.at_most):
            continue
        row = as_row(record)
        columns = [*_SAYS[table], "marking", "props"]
        if choice.notes:
            columns += ["notes", "reason", "marking_reason"]
        if choice.authors:
            columns.append("at")
        for column in columns:
            if column in row:
                yield from texts(row[column])
        yield from (value for key, value in row.items() if isinstance(value, str) and _is_id(key))
    yield from cleaned.authors
    if choice.authors:
        yield from cleaned.authors.values()


def _may_go(document: Document, record: Marked, at_most: str) -> bool:
    return not at_most or allowed(effective(document, record).word, at_most)


def _is_id(key: str) -> bool:
    return key in ("id", "sha256") or key.endswith("_id")
