"""Keeping files with an entity, byte for byte."""

from __future__ import annotations

import hashlib
import mimetypes

from evidenceboard.errors import InvalidValueError
from evidenceboard.model.records import Attachment, Entity
from evidenceboard.model.transaction import Transaction

SIZE_LIMIT = 512 * 1024 * 1024
"""Bytes that one attachment may have."""


def attach(
    tx: Transaction, entity_id: str, name: str, data: bytes, *, media_type: str = "", url: str = ""
) -> Attachment:
    """Keep a file's bytes with an entity, with SHA-256, size and time. The same bytes again change nothing."""
    entity = tx.document.get(Entity, entity_id)
    if len(data) > SIZE_LIMIT:
        raise InvalidValueError("A file kept on a board may have 512 MB; this one is larger. Nothing was changed.")
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
