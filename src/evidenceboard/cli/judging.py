"""What `show` says of judgements: every analyst's value, which counts and why, and how each came to be so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from evidenceboard.model.gradings import ASSESSED
from evidenceboard.model.judged import Judged, JudgementChange, judged

if TYPE_CHECKING:
    from evidenceboard.session import Session

_FIELDS: Final = tuple(sorted(ASSESSED))


def judgements_told(session: Session, subject_id: str) -> list[dict[str, Any]]:
    """Return every analyst's judgements of an entity or link for JSON, those taken back with an empty value."""
    told = []
    for field in _FIELDS:
        now, was = judged(session.document, subject_id, field), session.judgement_history(subject_id, field)
        authors = [one.author_id for one in (now.made if now else ())] + [one.author_id for one in was]
        told += [_one(session, field, author_id, now, was) for author_id in dict.fromkeys(authors)]
    return told


def _one(
    session: Session, field: str, author_id: str, now: Judged | None, was: list[JudgementChange]
) -> dict[str, Any]:
    made = next((one for one in (now.made if now else ()) if one.author_id == author_id), None)
    counts = bool(now and made and made.value == now.counts.value)
    return {
        "field": field,
        "value": made.value if made else "",
        "author": _name(session, author_id),
        "at": made.at if made else "",
        "reason": made.reason if made else "",
        "counts": counts,
        "why": now.why if now and counts else "",
        "history": [
            {"at": one.at, "from": one.before, "to": one.after, "reason": one.reason, "kind": one.kind}
            for one in was
            if one.author_id == author_id
        ],
    }


def _name(session: Session, author_id: str) -> str:
    return session.author_name(author_id) or author_id
