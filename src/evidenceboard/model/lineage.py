"""The whole way by which a claim reached us: its reports, the citations behind them, and what stands at their ends."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from evidenceboard.model.in_steps import Steps, ended, once
from evidenceboard.model.numbers import natural
from evidenceboard.model.origins import Standing, chain_in_steps, standing_of_chain
from evidenceboard.model.reports import EACH
from evidenceboard.model.values import dataclass

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

ESTABLISHED: Final = "established"
RECORDED: Final = "recorded"
NOWHERE: Final = "not recorded"
_LINEAGE: Final = "lineage"


@dataclass(frozen=True, slots=True)
class End:
    """A source at which a lineage ends: what it counts as, and the rule that says so."""

    source_id: str
    kind: str
    why: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """What stands behind a claim, for drawing and for listing.

    `reports`: the sources that state it; `sources`: those and all that they lead to; `links`: the ids of the links
    that make the way; `circles`: the sources that cite each other in a circle; `circular`: the links of those.
    """

    claim_id: str
    standing: Standing
    reports: tuple[str, ...]
    sources: tuple[str, ...]
    links: frozenset[str]
    ends: tuple[End, ...]
    circles: tuple[tuple[str, ...], ...]
    circular: frozenset[str]

    def ends_of(self, kind: str) -> list[str]:
        """Return the ids of the sources that end as one kind."""
        return [end.source_id for end in self.ends if end.kind == kind]


def lineage_of(document: Document, claim_id: str) -> Lineage:
    """Return the lineage of a claim; everything in it comes in the order of numbers."""
    kept: Lineage | None = document.worked_out.get((_LINEAGE, claim_id))
    return kept or ended(_lineage_in_steps(document, claim_id))


def lineage_at_hand(document: Document, claim_id: str) -> Steps[Lineage]:
    """Work out the same in small steps and keep it, for a claim with very many reports."""
    return once(document, (_LINEAGE, claim_id), lambda: _lineage_in_steps(document, claim_id))


def _lineage_in_steps(document: Document, claim_id: str) -> Steps[Lineage]:
    chain = yield from chain_in_steps(document, claim_id)
    standing = yield from standing_of_chain(document, claim_id, chain)
    place = {}
    for count, one in enumerate(chain.leads, start=1):
        if not count % EACH:
            yield
        place[one] = natural("".join(document.numbers_of([one])))
    around = {step for circle in chain.circles for step in pairwise([*circle, circle[0]])}
    links = {link.id for link in document.links_into(claim_id) if link.type == "states"}
    circular: set[str] = set()
    for source_id, onward in chain.leads.items():
        if onward:
            cites = [link for link in document.links_from(source_id) if link.type == "cites"]
            links.update(link.id for link in cites)
            circular.update(link.id for link in cites if (link.from_id, link.to_id) in around)
    yield
    kinds = dict.fromkeys(chain.origins, RECORDED) | dict.fromkeys(standing.independent, ESTABLISHED)
    reports = tuple(sorted(chain.bases, key=place.__getitem__))
    yield
    sources = tuple(sorted(chain.leads, key=place.__getitem__))
    yield
    ends = []
    for count, one in enumerate(sorted(chain.whys, key=place.__getitem__), start=1):
        if not count % EACH:
            yield
        ends.append(End(one, kinds.get(one, NOWHERE), chain.whys[one]))
    return Lineage(
        claim_id,
        standing,
        reports,
        sources,
        frozenset(links),
        tuple(ends),
        tuple(tuple(circle) for circle in chain.circles),
        frozenset(circular),
    )
