"""What goes along, or is answered, when something is removed."""

from __future__ import annotations

from typing import Final

from evidenceboard.model.comments import comments_on
from evidenceboard.model.conflicts import DELETED
from evidenceboard.model.records import Conflict
from evidenceboard.model.transaction import Transaction

_ANSWER: Final = "deleted"


def let_go(tx: Transaction, record_id: str) -> None:
    """Remove every analyst's comments on something that goes, and answer the open question whether it is to go.

    Who removes a thing by hand has decided that question, and would otherwise be asked about what is no longer there.
    """
    for comment in comments_on(tx.document, record_id):
        tx.remove(comment)
    for asked in list(tx.document.where("conflicts", "record_id", record_id)):
        if isinstance(asked, Conflict) and asked.field == DELETED and not asked.decision:
            tx.change(asked, decision=_ANSWER, value=None, decided_by=tx.author_id, decided_at=tx.seam.now())
