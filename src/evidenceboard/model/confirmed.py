"""What credibility 1 asks for: that other independent sources confirm a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from evidenceboard.model.origins import standing_of
from evidenceboard.model.records import Link

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

CONFIRMED: Final = "1"
ENOUGH: Final = 2
"""Origins established as independent that confirm a claim (AJP-2.1: “other independent sources”)."""


def is_confirmed(document: Document, link: Link) -> bool:
    """Tell whether two origins established as independent stand behind what a report states.

    Behind a denial stands none of them: they speak for the claim.
    """
    return link.type == "states" and standing_of(document, link.to_id).established >= ENOUGH


def asks_by_whom(document: Document, link: Link, credibility: str) -> bool:
    """Tell whether this credibility needs a reason: it says “confirmed”, and the board does not."""
    return credibility == CONFIRMED and link.type in ("states", "denies") and not is_confirmed(document, link)
