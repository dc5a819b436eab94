"""Whether two sources are independent of each other: what the analysts judged, pair by pair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from evidenceboard.model.in_steps import Steps
from evidenceboard.model.link_types import link_type
from evidenceboard.model.records import Link
from evidenceboard.model.reports import EACH

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

INDEPENDENT_OF: Final = link_type("independent of")


def pair_link(document: Document, one_id: str, other_id: str) -> Link | None:
    """Return the link that holds the judgement of a pair of sources, in whatever direction it was drawn, or None."""
    found = [link for link in judgements_at(document, one_id) if {link.from_id, link.to_id} == {one_id, other_id}]
    return min(found, key=_derived_first, default=None)


def judgements_at(document: Document, source_id: str) -> Iterator[Link]:
    """Yield the links by which a source is judged together with another, one for each other."""
    found: dict[str, Link] = {}
    for link in document.links_of(source_id):
        if link.type == INDEPENDENT_OF.id and link.from_id != link.to_id:
            other = link.to_id if link.from_id == source_id else link.from_id
            found[other] = min(found.get(other, link), link, key=_derived_first)
    yield from found.values()


def independent_pairs(document: Document, sources: Iterable[str]) -> Steps[dict[str, set[str]]]:
    """Find, for each of some sources, those among them that it is judged independent of, in small steps.

    Shape: both ways.
    """
    joined: dict[str, set[str]] = {source_id: set() for source_id in sources}
    links: dict[frozenset[str], Link] = {}
    for count, source_id in enumerate(joined, start=1):
        if not count % EACH:
            yield
        for link in document.links_from(source_id):
            if link.type == INDEPENDENT_OF.id and link.to_id in joined and link.to_id != source_id:
                pair = frozenset((source_id, link.to_id))
                other = links.setdefault(pair, link)
                if other is not link:
                    links[pair] = min(other, link, key=_derived_first)
    for link in links.values():
        if document.judged(link.id, "independent") == "yes":
            joined[link.from_id].add(link.to_id)
            joined[link.to_id].add(link.from_id)
    return joined


def _derived_first(link: Link) -> tuple[bool, str]:
    # There is one link for a pair; of two that another program left, the same one counts in every copy.
    return (link.id != INDEPENDENT_OF.pair_id(link.from_id, link.to_id), link.id)
