"""A file made anew from records: what is in memory where the file was spoilt, or what is to be handed on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from evidenceboard.errors import EvidenceBoardError, SaveFailedError
from evidenceboard.model.chain import Chain
from evidenceboard.model.changes import Change, Operation
from evidenceboard.model.document import Document, Swap
from evidenceboard.model.joined import Brought
from evidenceboard.model.pace import Pace
from evidenceboard.model.records import TABLES, Attachment, Record, as_row, table_of
from evidenceboard.store import boardfile, new_place


def save_copy(file: boardfile.BoardFile, path: Path, anew: Callable[[], None]) -> None:
    """Write a whole file to a place that holds nothing yet; `anew` writes it from memory where it cannot be read."""
    if not file.overwritten:
        try:
            file.copy_to(path)
            return
        except SaveFailedError:
            if os.path.lexists(path):
                raise
            # The disk that holds the file may be gone; what is in memory is as good.
    anew()


def write_anew(
    path: Path,
    document: Document,
    numbers: dict[str, int],
    chain: Chain,
    bytes_of: Callable[[str], bytes],
    label: str = "Keep what was on the screen",
) -> None:
    """Write the records of a document to a place that holds nothing yet, as the first operation of a new log.

    `bytes_of` returns the bytes of an attachment; those that are no longer what they were are left out.
    """
    held = [record for table in TABLES for record in document.table(table).values()]
    blobs: dict[str, bytes] = {}
    for record in held:
        if isinstance(record, Attachment):
            with suppress(EvidenceBoardError):
                blobs[record.sha256] = bytes_of(record.sha256)
    sound = {digest: data for digest, data in blobs.items() if sha256(data).hexdigest() == digest}
    made = chain.made(label, {}, "create", made_of(held))
    write_file(path, held, made, numbers, blobs=sound)


def made_of(records: Iterable[Record]) -> tuple[Change, ...]:
    """Return the changes that make some records."""
    return tuple(Change(table_of(record), record.id, None, as_row(record)) for record in records)


def write_file(
    path: Path,
    records: Iterable[Record],
    operation: Operation,
    numbers: dict[str, int],
    *,
    blobs: dict[str, bytes],
    author_name: str = "",
    brought: Brought | None = None,
    pace: Pace | None = None,
) -> None:
    """Write records under one operation, sealed, to a place that holds nothing yet; nothing is left if that fails.

    `brought` are rows of another log, names of authors and parts of attachments that go along. `pace` is told of each
    record.
    """
    swaps: list[Swap] = [(table_of(record), record.id, record) for record in records]
    file = boardfile.create(path)
    try:
        file.write(operation, swaps, numbers, blobs, author_name, pace=pace, brought=brought)
    except BaseException:
        file.close()
        new_place.discard(path)  # made a moment ago by this very function, and holding nothing
        raise
    file.close()
