"""Writing one analyst's judgements, which stand apart from the record that they judge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from evidenceboard.model.records import Assessment
from evidenceboard.model.seam import derived_id
from evidenceboard.model.transaction import Transaction


def judge(tx: Transaction, subject_id: str, judged: dict[str, str], reason: str = "") -> None:
    """Set this author's judgements of an entity or link; an empty value takes the judgement back."""
    for field, value in judged.items():
        record_id = derived_id(subject_id, field, tx.author_id)
        known = tx.document.find("assessments", record_id)
        if isinstance(known, Assessment):
            if not value:
                tx.remove(known)
            elif known.value != value or (reason and reason != known.reason):
                tx.change(known, value=value, reason=reason or known.reason, at=tx.seam.now())
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
