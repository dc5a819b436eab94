"""Keeping files with an entity, byte for byte."""

from __future__ import annotations

import hashlib
import mimetypes
import stat
from pathlib import Path

from evidenceboard.errors import InvalidValueError
from evidenceboard.model.date_box import understood
from evidenceboard.model.edtf import parse
from evidenceboard.model.records import Attachment, Entity
from evidenceboard.model.transaction import Transaction

SIZE_LIMIT = 512 * 1024 * 1024
"""Bytes that one attachment may have."""


def read_file(path: Path) -> tuple[str, bytes]:
    """Return the name of a file, as text whatever its bytes, and what is in it. Raises `InvalidValueError`.

    A pipe or a device is refused and never waited for: it may have no end.
    """
    why = ""
    try:
        if path.is_dir():
            why = "this is a folder; take the files in it"
        elif not stat.S_ISREG((about := path.stat()).st_mode):
            why = "this is no ordinary file"
        elif about.st_size > SIZE_LIMIT:
            why = "it is larger than the 512 MB that a board keeps of one file"
        else:
            return path.name.encode("utf-8", "replace").decode(), path.read_bytes()
    except (OSError, ValueError) as error:
        why = str(getattr(error, "strerror", None) or "its name cannot be")
    raise InvalidValueError(f"A file could not be read: {why}. Nothing was changed.")


def attach(
    tx: Transaction, entity_id: str, name: str, data: bytes, *, media_type: str = "", url: str = ""
) -> Attachment:
    """Keep a file's bytes with an entity, with SHA-256, size and time. The same bytes again change nothing."""
    entity = tx.document.get(Entity, entity_id)
    if len(data) > SIZE_LIMIT:
        raise InvalidValueError("A file kept on a board may have 512 MB; this one is larger. Nothing was changed.")
    tx.make_room(len(data))
    digest = hashlib.sha256(data).hexdigest()
    for known in tx.document.attachments_of(entity.id):
        if known.sha256 == digest:
            return known
    tx.blobs[digest] = data
    return tx.make(
        Attachment,
        entity_id=entity.id,
        name=name[-200:],
        media_type=media_type or mimetypes.guess_type(name)[0] or "application/octet-stream",
        size=len(data),
        sha256=digest,
        url=url,
        captured_at=tx.seam.now(),
        tool="Evidenceboard",
    )


def set_captured(tx: Transaction, attachment_id: str, typed: str) -> None:
    """Say when a kept file was captured, as a person writes a day or a time. Raises `InvalidValueError`.

    It is the time at which the file was taken from where it lay, which may be long before it came into the board. The
    bytes stay as they are, and the log keeps what was said before.
    """
    attachment = tx.document.get(Attachment, attachment_id)
    found = understood(typed, parse(tx.seam.now()[:10]).earliest)
    if found.span.earliest is None or found.span.earliest != found.span.latest:
        raise InvalidValueError(
            "A file was captured on one day; nothing was changed.", "Write that day, such as 18 Oct 2024 at 14:30 UTC."
        )
    if found.span.approximate or found.span.uncertain:
        raise InvalidValueError(
            "When a file was captured is part of what it proves, so it is not written as about or perhaps; nothing was "
            "changed.",
            "Write the day that is known, such as 18 Oct 2024, and the doubt into the notes.",
        )
    tx.change(attachment, captured_at=found.text)
