"""Reports that are lost with sources: those of a source that falls, and those that lead back to nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from evidenceboard.model.falling import GROUND, named_ways, ways_to
from evidenceboard.model.in_steps import ended
from evidenceboard.model.numbers import natural
from evidenceboard.model.origins import Chain
from evidenceboard.model.records import Entity

if TYPE_CHECKING:
    from evidenceboard.model.document import Document


class LostReports:
    """Find what is lost with sources. `links`: the ids of the states links that count no longer, once it was asked."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.links: set[str] = set()

    def sources(self, wrong: set[str], held: Iterable[str]) -> Iterator[tuple[Entity, list[str]]]:
        """Yield the sources that are known only through what is wrong, each with the ids of those it is known through.

        `held` are the sources that stand whatever falls. They come in the order of their numbers.
        """
        onward: dict[str, list[str]] = {}
        for record in self._document.where("entities", "type", "source"):
            for way in named_ways(self._document, record.id):
                onward.setdefault(way, []).append(record.id)
        behind = _reached(wrong, onward)
        if not behind:
            return
        ways = ways_to(self._document, behind | wrong)
        down: dict[str, list[str]] = {}
        for source_id, found in ways.items():
            for way in found:
                down.setdefault(way, []).append(source_id)
        standing = set(held) - wrong
        standing |= _reached({GROUND, *standing}, down, not_through=wrong)
        for source in _entities(self._document, behind - wrong - standing):
            yield source, named_ways(self._document, source.id)

    def reports(self, gone: set[str]) -> Iterator[tuple[Entity, bool, list[str], bool]]:
        """Yield each claim that loses a report with sources that are gone.

        With it come whether a report is kept, the ids of the gone sources behind the lost ones, and whether each of
        those states the claim itself.
        """
        cited_by: dict[str, list[str]] = {}
        waiting = list(gone)
        while waiting:
            source_id = waiting.pop()
            if source_id not in cited_by:
                citing = [link.from_id for link in self._document.links_into(source_id) if link.type == "cites"]
                cited_by[source_id] = citing
                waiting.extend(citing)
        claims: set[str] = set()
        for source_id in cited_by:
            claims.update(link.to_id for link in self._document.links_from(source_id) if link.type == "states")
        for claim in _entities(self._document, claims):
            lost = self._lost(claim.id, gone)
            if lost is not None:
                yield claim, *lost

    def _lost(self, claim_id: str, gone: set[str]) -> tuple[bool, list[str], bool] | None:
        stated = [link for link in self._document.links_into(claim_id) if link.type == "states"]
        bases: dict[str, set[str]] = {}
        for link in stated:
            bases.setdefault(link.from_id, set()).add(str(link.props.get("basis") or ""))
        chain = Chain(self._document, bases)
        ended(chain.walk())
        leads = chain.leads
        ends = {source_id: _ends(source_id, leads, gone) for source_id in bases}
        lost = {source_id: found for source_id, found in ends.items() if found}
        if not lost:
            return None
        self.links.update(link.id for link in stated if link.from_id in lost)
        behind = {end for found in lost.values() for end in found}
        return len(lost) < len(bases), sorted(behind), lost.keys() <= gone


def _entities(document: Document, ids: Iterable[str]) -> list[Entity]:
    found = (document.find("entities", one) for one in ids)
    return sorted((one for one in found if isinstance(one, Entity)), key=lambda one: natural(one.number))


def _ends(source_id: str, leads: dict[str, list[str]], gone: set[str]) -> set[str]:
    """Return the gone sources that a report leads back to, or none where it leads to anything else as well."""
    found: set[str] = set()
    seen = {source_id}
    waiting = [source_id]
    while waiting:
        here = waiting.pop()
        if here in gone:
            found.add(here)
            continue
        if not leads[here]:
            return set()
        waiting += [one for one in leads[here] if one not in seen]
        seen.update(leads[here])
    return found


def _reached(start: set[str], onward: dict[str, list[str]], *, not_through: Iterable[str] = ()) -> set[str]:
    """Return what is reached from a start, which itself is not counted unless it is reached again."""
    found: set[str] = set()
    closed = set(not_through)
    waiting = [one for key in start for one in onward.get(key, ())]
    while waiting:
        here = waiting.pop()
        if here not in found and here not in closed:
            found.add(here)
            waiting.extend(onward.get(here, ()))
    return found
