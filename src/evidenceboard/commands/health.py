"""Silencing a finding of board health with a reason, and noting that attachments were verified."""

from __future__ import annotations

from collections.abc import Iterable

from evidenceboard.errors import InvalidValueError, NotFoundError
from evidenceboard.model.records import TEXT_LIMIT, Attachment, Setting
from evidenceboard.model.transaction import Transaction

_SUBJECTS = ("entities", "links", "attachments")


def silence(tx: Transaction, rule: str, subject_id: str, reason: str) -> Setting:
    """Silence a rule of board health for one entity, link or attachment; the reason is kept with the file."""
    from evidenceboard.model.health import RULES, silenced_id

    if rule not in RULES:
        raise InvalidValueError(
            "Board health has no such rule; nothing was changed.", "Rules: " + ", ".join(RULES) + "."
        )
    if not any(tx.document.find(table, subject_id) for table in _SUBJECTS):
        raise NotFoundError("This is no longer in the file; nothing was changed.")
    reason = reason.strip()
    if not reason or len(reason) > TEXT_LIMIT:
        raise InvalidValueError(
            "A finding is silenced with a reason; nothing was changed.", "Say why it need not be looked at."
        )
    value = {"rule": rule, "subject": subject_id, "reason": reason, "by": tx.author_id, "at": tx.seam.now()}
    return _put(tx, silenced_id(rule, subject_id), value)


def unsilence(tx: Transaction, rule: str, subject_id: str) -> None:
    """Let a finding be told again. One that is not silenced stays as it is."""
    from evidenceboard.model.health import silenced_id

    known = tx.document.find("settings", silenced_id(rule, subject_id))
    if isinstance(known, Setting):
        tx.remove(known)


def note_verified(tx: Transaction, attachment_ids: Iterable[str]) -> None:
    """Note that these attachments were hashed anew and are as they were taken in."""
    from evidenceboard.model.health import verified_id

    for attachment_id in dict.fromkeys(attachment_ids):
        kept = tx.document.get(Attachment, attachment_id)
        value = {"subject": kept.id, "sha256": kept.sha256, "by": tx.author_id, "at": tx.seam.now()}
        _put(tx, verified_id(kept.id), value)


def _put(tx: Transaction, name: str, value: dict[str, str]) -> Setting:
    known = tx.document.find("settings", name)
    return tx.change(known, value=value) if isinstance(known, Setting) else tx.make(Setting, id=name, value=value)
