"""Going back to an earlier state of a board, as one operation that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from evidenceboard.commands.backups import BACKUPS
from evidenceboard.errors import EvidenceBoardError
from evidenceboard.model.changes import inverted
from evidenceboard.model.document import Document
from evidenceboard.model.markings import of_file, rank
from evidenceboard.model.records import TABLES, Attachment, Entity, Setting
from evidenceboard.model.transaction import Draft, Transaction
from evidenceboard.session import Session

_STAYING: Final = frozenset({"snapshots", "custody", "redactions"})
"""Tables that tell of the file and its history, which stay."""
_STEPS: Final = 200
"""Operations that are read at a time."""


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


def state_after(session: Session, operation_id: str) -> Document:
    """Return what the board was after one operation of its history, worked out backwards from what it is now.

    What a merge brought was done in another copy, so this board never was as that left it. Raises `EvidenceBoardError`
    for such a one, and where the history does not lead back.
    """
    if session.log.came_with([operation_id]):
        raise EvidenceBoardError(
            "This was done in another copy, so this board never was as it left that one; nothing was changed.",
            "Choose the merge that brought it.",
        )
    earlier = Draft(session.document)
    skip = 0
    while several := session.history(_STEPS, skip):
        brought = session.log.came_with(header.id for header, _ in several)
        for header, _ in several:
            if header.id == operation_id:
                return earlier
            if header.id in brought:
                continue  # the merge itself holds what that changed here
            swaps = earlier.resolve(inverted(session.operation(header.id).changes))
            earlier.touched.update(((table, record_id), None) for table, record_id, _ in swaps)
            earlier.apply(swaps)
        skip += len(several)
    session.operation(operation_id)  # says that it is not there
    return earlier
