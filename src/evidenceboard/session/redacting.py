"""Taking what was once said out of a file for good, from the record and from its history."""

from __future__ import annotations

from typing import Any

from evidenceboard.errors import NotFoundError
from evidenceboard.model.changes import Operation
from evidenceboard.model.conflicts import conflict_id
from evidenceboard.model.copied import changed
from evidenceboard.model.records import Redaction
from evidenceboard.session.session import Session


def redact(session: Session, table: str, record_id: str, field: str, reason: str = "") -> Operation:
    """Empty a field of text, or a property, and take every value it had out of the history. It cannot be undone.

    The hashes of the history still hold, and the redaction goes along with every merge: an older copy does not bring
    the value back. Raises `NotFoundError`, `SaveFailedError`.
    """
    record: Any = session.document.find(table, record_id)
    if record is None:
        raise NotFoundError("This is no longer in the file; nothing was changed.")
    name = field.removeprefix("props.")
    cleared: dict[str, Any] = {field: ""}
    if name != field:
        cleared = {"props": {key: value for key, value in record.props.items() if key != name}}
    conflict = session.document.find("conflicts", conflict_id(table, record_id, field))
    with session.transaction("Empty a field") as tx:
        if changed(record, **cleared) != record:
            tx.put(changed(record, **cleared))
        if conflict is not None:
            tx.remove(conflict)
    held = [(table, record_id, field), *([("conflicts", conflict.id, "candidates")] if conflict is not None else [])]
    told = [tuple(session.log.writers(*one[:2])) for one in held]
    with session.transaction("Take a value out of the history for good", kind="redact") as tx:
        for one, operations in zip(held, told, strict=True):
            tx.put(Redaction(tx.new_id(), *one, operations, tx.author_id, tx.seam.now(), reason))
    return session.history(1)[0][0]
