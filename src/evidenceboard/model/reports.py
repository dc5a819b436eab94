"""Who states a claim, and the best grade that stands behind it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from evidenceboard.model.in_steps import Steps, ended
from evidenceboard.model.records import Link

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

EACH: Final = 32
"""Reports, or sources, that are looked at in one step."""


def reports(document: Document, claim_id: str) -> list[str]:
    """Return the ids of the sources that state a claim; several links of one source are one report."""
    return list(dict.fromkeys(link.from_id for link in document.links_into(claim_id) if link.type == "states"))


def grade(document: Document, link_id: str, source_id: str) -> str:
    """Return reliability and credibility of one report as a pair such as “B2”; what is not graded is a “–”."""
    letter = document.judged(source_id, "reliability")
    number = document.judged(link_id, "credibility")
    return f"{letter or '–'}{number or '–'}" if letter or number else ""


def pairs(document: Document, stated: Iterable[Link]) -> list[str]:
    """Return the pair of each report that is graded, best first; several links of one source give its best."""
    return ended(pairs_in_steps(document, stated))


def pairs_in_steps(document: Document, stated: Iterable[Link]) -> Steps[list[str]]:
    """Find the same in small steps."""
    best: dict[str, str] = {}
    for count, link in enumerate(stated, start=1):
        if not count % EACH:
            yield
        pair = grade(document, link.id, link.from_id)
        if pair:
            best[link.from_id] = min(pair, best.get(link.from_id, pair), key=_rank)
    return sorted(best.values(), key=_rank)


def best_pair(document: Document, claim_id: str) -> str:
    """Return a claim's best pair: lowest credibility number, then letter, with 6 and F (unknown) last."""
    found = pairs(document, (link for link in document.links_into(claim_id) if link.type == "states"))
    return found[0] if found else ""


def _rank(pair: str) -> tuple[int, int]:
    # A file may hold a grade that is on no scale; such a pair comes last, and is shown as it stands.
    letter, number = pair[0], pair[1:]
    ranks = "ABCDEF–".find(letter), "123456–".find(number)
    return (99, 99) if -1 in ranks else (ranks[1], ranks[0])
