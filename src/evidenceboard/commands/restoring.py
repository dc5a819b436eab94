"""Going back to an earlier state of a board, as one operation that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from evidenceboard.commands.backups import BACKUPS
from evidenceboard.model.document import Document
from evidenceboard.model.markings import of_file, rank
from evidenceboard.model.records import TABLES, Attachment, Entity, Setting
from evidenceboard.model.transaction import Transaction

_STAYING: Final = frozenset({"snapshots", "custody", "redactions"})
"""Tables that tell of the file and its history, which stay."""


def become(tx: Transaction, wanted: Document, bytes_of: Callable[[str], bytes] = lambda digest: b"") -> int:
    """Make the board what it is in another document; return how many records differ.

    The history stays, and so do the names of states in it, the choice whether snapshots are made, and the marking of
    the file where it is higher now. `bytes_of` gives the bytes of an attachment that is not in the file.
    """
    count = 0
    for table in TABLES:
        if table in _STAYING:
            continue
        now, then = dict(tx.document.table(table)), wanted.table(table)
        for record in then.values():
            if now.get(record.id) == record or (isinstance(record, Setting) and _stays(tx, record, wanted)):
                continue
            if isinstance(record, Attachment) and record.id not in now and (data := bytes_of(record.sha256)):
                tx.blobs[record.sha256] = data
            if isinstance(record, Entity):
                tx.keep_number(record.number)
            tx.put(record)
            count += 1
        for record_id, old in now.items():
            if record_id not in then and not (isinstance(old, Setting) and record_id in (BACKUPS, "marking")):
                tx.remove(old)
                count += 1
    return count


def _stays(tx: Transaction, then: Setting, wanted: Document) -> bool:
    higher = rank(of_file(tx.document)) > rank(of_file(wanted))
    return then.id == BACKUPS or (then.id == "marking" and higher)
