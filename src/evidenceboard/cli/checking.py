"""Looking a file over: pages, rows, references, the chain of its log, the bytes of its attachments."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Final, cast

from evidenceboard.errors import EvidenceBoardError, FileRefusedError
from evidenceboard.model.pace import Tick, from_to, unheard
from evidenceboard.model.records import Attachment
from evidenceboard.session import Session
from evidenceboard.store import gate
from evidenceboard.store.examination import FIRST, THEN, looked_over


def checked(path: Path, tick: Tick = unheard) -> dict[str, Any]:
    """Return what `check` answers; nothing is written to the file or near it. `tick` is told how far it is."""
    told: dict[str, Any] = {"ok": False, "refused": None, "problems": [], "sidecars": []}
    notes: list[str] = []
    try:
        gate.check_bytes(path)
        told["sidecars"] = gate.sidecars(path.resolve())
        with Session.open(path, read_only=True, look="never", staged=True) as session:
            session.read_all(from_to(tick, 0.0, _READ))
            told["problems"] += [_part(said) for said in session.problems]
            # Where a crash of ours left the file in the middle of a change, a copy that was rolled back is looked at.
            for stages, patience, start, end in ((FIRST, 1.0, _READ, _FIRST), (THEN, _PATIENCE, _FIRST, 1.0)):
                far = from_to(tick, start, end)
                found = looked_over(session.hold.file.read_path, stages, patience, notes, far)
                told["problems"] += [{"where": where, "what": what} for where, what in found]
    except EvidenceBoardError as error:
        told["refused"] = error.code if isinstance(error, FileRefusedError) else None
        told["problems"].append({"where": "file", "what": str(error)})
        told["error"] = error.message
    if notes:
        told["notes"] = notes
    told["ok"] = not told["problems"]
    return told


_READ: Final = 0.3
_FIRST: Final = 0.5
"""The shares of the work at which a file of many cards is read, and its pages and rows are looked over."""
_PATIENCE: Final = 20.0
"""How much longer than the pages and rows the log and the attachments may take."""


def _part(said: str) -> dict[str, str]:
    where, colon, what = said.partition(": ")
    return {"where": where, "what": what} if colon else {"where": "file", "what": said}


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
