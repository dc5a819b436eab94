"""Judging whether two origins are independent of each other."""

from __future__ import annotations

from evidenceboard.commands.links import link, set_link
from evidenceboard.model.independence import INDEPENDENT_OF, pair_link
from evidenceboard.model.records import Entity, Link
from evidenceboard.model.transaction import Transaction


def judge_independence(tx: Transaction, one_id: str, other_id: str, value: str, reason: str = "") -> Link | None:
    """Judge whether two sources are independent: "yes" or "no" with the reason, "" takes this author's word back.

    The judgement stands on the link of the two, made where there is none yet. Returns that link; None where there is
    none and none is needed. Raises `InvalidValueError` without a reason or on a source and itself, `NotFoundError`.
    """
    one, other = tx.document.get(Entity, one_id), tx.document.get(Entity, other_id)
    found = pair_link(tx.document, one.id, other.id)
    if found is None:
        if not value.strip():
            return None
        props = {"independent": value, "reason": reason}
        return link(tx, INDEPENDENT_OF.id, one.id, other.id, props=props)
    set_link(tx, found.id, independent=value, **({"reason": reason} if reason.strip() else {}))
    return tx.document.get(Link, found.id)
