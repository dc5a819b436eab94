"""Writing one analyst's judgements, which stand apart from the record that they judge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from evidenceboard.errors import InvalidValueError
from evidenceboard.model.confirmed import asks_by_whom
from evidenceboard.model.records import Assessment, Link
from evidenceboard.model.seam import derived_id
from evidenceboard.model.transaction import Transaction


def judge(tx: Transaction, subject_id: str, judged: dict[str, str], reason: str = "") -> None:
    """Set this author's judgements of an entity or link; an empty value takes the judgement back.

    A reason belongs to the value that it was given for: another value without one has none, the same value keeps its.
    """
    for field, value in judged.items():
        record_id = derived_id(subject_id, field, tx.author_id)
        known = tx.document.find("assessments", record_id)
        if isinstance(known, Assessment):
            if not value:
                tx.remove(known)
            elif known.value != value or (reason and reason != known.reason):
                tx.change(known, value=value, reason=reason, at=tx.seam.now())
        elif value:
            tx.make(
                Assessment,
                id=record_id,
                subject_id=subject_id,
                field=field,
                author_id=tx.author_id,
                value=value,
                reason=reason,
                at=tx.seam.now(),
            )


def explain(tx: Transaction, subject_id: str, field: str, reason: str) -> None:
    """Say why this author's present judgement is as it is. Raises `InvalidValueError` where there is none."""
    known = tx.document.find("assessments", derived_id(subject_id, field, tx.author_id))
    if not isinstance(known, Assessment):
        raise InvalidValueError("A reason stands beside a judgement, and you have made none; nothing was changed.")
    link = tx.document.find("links", subject_id)
    if field == "credibility" and isinstance(link, Link):
        _refuse_bare(tx, link, known.value, reason)
    tx.change(known, reason=reason)


def check_confirmed(tx: Transaction, link: Link, judged: dict[str, str], reason: str) -> None:
    """Refuse “confirmed by other independent sources” where nobody says by whom (AJP-2.1, credibility 1).

    Two origins established as independent say it; else a reason does, which is kept. Raises `InvalidValueError`.
    """
    value = judged.get("credibility", "")
    known = tx.document.find("assessments", derived_id(link.id, "credibility", tx.author_id))
    if not isinstance(known, Assessment) or known.value != value:
        _refuse_bare(tx, link, value, reason)


def _refuse_bare(tx: Transaction, link: Link, credibility: str, reason: str) -> None:
    if not reason.strip() and asks_by_whom(tx.document, link, credibility):
        raise InvalidValueError(
            "Credibility 1 says “confirmed by other independent sources”, and two independent origins are not"
            " established here; nothing was changed.",
            "Say by whom it is confirmed, as a reason beside it (reason=…), or choose 2.",
        )


def hand_on(tx: Transaction, judged: Iterable[Assessment], subject_id: str) -> None:
    """Put judgements onto another subject, each as that of the analyst who made it; one that is there stays."""
    for one in judged:
        record_id = derived_id(subject_id, one.field, one.author_id)
        if not tx.document.find("assessments", record_id):
            tx.put(replace(one, id=record_id, subject_id=subject_id))


def drop_judgements(tx: Transaction, subject_id: str) -> None:
    """Remove every analyst's judgements of something that goes."""
    for assessment in tx.document.assessments_of(subject_id):
        tx.remove(assessment)
