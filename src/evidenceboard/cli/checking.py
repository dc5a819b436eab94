"""Looking a file over: pages, rows, references, the chain of its log, the bytes of its attachments."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, cast

from evidenceboard.errors import EvidenceBoardError, FileRefusedError
from evidenceboard.model.packing import sealed
from evidenceboard.model.records import Attachment
from evidenceboard.session import Session
from evidenceboard.store import gate


def checked(path: Path) -> dict[str, Any]:
    """Return what `check` answers; nothing is written to the file or near it."""
    told: dict[str, Any] = {"ok": False, "refused": None, "problems": [], "sidecars": []}
    try:
        gate.check_bytes(path)
        told["sidecars"] = gate.sidecars(path.resolve())
        with Session.open(path, read_only=True) as session:
            told["problems"] += [_part(said) for said in session.problems]
            if session.sidecars == told["sidecars"]:
                # Else a crash of ours left the file in the middle of a change, and a copy rolled back was looked at.
                told["problems"] += [{"where": "pages", "what": said} for said in gate.quick_check(path)]
            told["problems"] += [{"where": "history", "what": said} for said in _chain(session)]
    except EvidenceBoardError as error:
        told["refused"] = error.code if isinstance(error, FileRefusedError) else None
        told["problems"].append({"where": "file", "what": str(error)})
        told["error"] = error.message
    told["ok"] = not told["problems"]
    return told


def _part(said: str) -> dict[str, str]:
    where, colon, what = said.partition(": ")
    return {"where": where, "what": what} if colon else {"where": "file", "what": said}


def _chain(session: Session) -> list[str]:
    """Return what does not hold in the log: hashes over each operation, and the operations that they name."""
    known: set[str] = set()
    wrong = lost = 0
    for header, _ in reversed(session.history(session.operation_count())):
        operation = session.operation(header.id)
        wrong += sealed(operation).hash != operation.hash
        lost += bool(set(operation.parents) - known)
        known.add(operation.hash)
    said = [f"{wrong} operations are not as they were written"] if wrong else []
    return said + ([f"{lost} operations come after one that is not there"] if lost else [])


def verified(path: Path) -> dict[str, Any]:
    """Return what `verify` answers: every attachment hashed anew."""
    told: dict[str, Any] = {"ok": True, "checked": 0, "changed": [], "missing": []}
    with Session.open(path, read_only=True) as session:
        for record in session.document.table("attachments").values():
            kept = cast(Attachment, record)
            data = session.attachment(kept.sha256)
            told["checked"] += 1
            if not data and kept.size:
                told["missing"].append({"sha256": kept.sha256, "name": kept.name})
            elif len(data) != kept.size or hashlib.sha256(data).hexdigest() != kept.sha256:
                told["changed"].append({"sha256": kept.sha256, "name": kept.name})
    told["ok"] = not told["changed"] and not told["missing"]
    return told
