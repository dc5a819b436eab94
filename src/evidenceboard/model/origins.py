"""Where a claim comes from: how many origins stand behind its reports, and what standing that gives it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from evidenceboard.model.circles import circles, knots
from evidenceboard.model.cliques import largest_clique
from evidenceboard.model.in_steps import Steps, ended, once
from evidenceboard.model.independence import independent_pairs
from evidenceboard.model.numbers import natural
from evidenceboard.model.records import Entity, Link
from evidenceboard.model.reports import EACH, pairs_in_steps
from evidenceboard.model.values import dataclass

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

CONTESTED: Final = "contested"
UNSOURCED: Final = "unsourced"
NOT_RECORDED: Final = "origin not recorded"
SINGLE: Final = "single origin"
SEVERAL: Final = "several origins, independence not established"
CORROBORATED: Final = "corroborated"
STANDINGS: Final = (CONTESTED, UNSOURCED, NOT_RECORDED, SINGLE, SEVERAL, CORROBORATED)

SPEAKS: Final = "speaks for itself"
FIRST_HAND: Final = "at first hand"
CITED: Final = "named and cited"
UNNAMED: Final = "unnamed, with no reason to count"
NO_BASIS: Final = "gives no basis"
LOOSE: Final = "hands on another's words, and whose is not recorded"
CIRCULAR: Final = "goes round in a circle"

MANY: Final = 500
"""Reports of a claim from which on its standing is kept as long as the records stay as they are."""
_STANDING: Final = "standing"


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands behind a claim. `established`, `recorded` and `unrecorded` count apart: no origin is in two.

    `independent` holds the ids of the established origins; not `exact`: the search for the largest such set was
    given up, and there may be more.

    `cycles` holds the numbers of sources that cite each other in a circle, each source once; `known_through` is the
    number of the source through which alone every source of the claim is known.
    """

    reports: int
    established: int
    recorded: int
    unrecorded: int
    cycles: list[list[str]]
    standing: str
    grades: list[str]
    known_through: str | None
    independent: tuple[str, ...] = ()
    exact: bool = True

    @property
    def origins(self) -> int:
        """Return the number of origins, independent or not."""
        return self.established + self.recorded


def standing_of(document: Document, claim_id: str) -> Standing:
    """Return the origins and the standing of a claim, by the rule “Independent origins”.

    A report whose basis is *own* has its source as root; *none given* leads nowhere; any other is followed along the
    citations to their ends. On the way, a source that states the claim itself counts by its own basis, and one with
    first-hand access is an end. An end is an origin where it is first-hand, or named and cited; an unnamed source is
    none unless `counts_because` says why. A circle without a way out is one lineage that is not recorded.

    Origins are established where analysts judged them independent of each other, every pair of them: the largest
    such set counts, and one origin alone is no set. The others are recorded, however different their names are.
    """
    kept = document.worked_out
    found: Standing | None = kept.get((_STANDING, claim_id))
    if found is None:
        found = ended(_standing_in_steps(document, claim_id))
        if found.reports >= MANY:
            kept[_STANDING, claim_id] = found
    return found


def standing_at_hand(document: Document, claim_id: str) -> Steps[Standing]:
    """Work out the same in small steps and keep it: of a claim with very many reports it takes long."""
    return once(document, (_STANDING, claim_id), lambda: _standing_in_steps(document, claim_id))


def has_many_reports(document: Document, claim_id: str) -> bool:
    """Tell whether a claim may have so many reports that its standing is worked out in small steps."""
    return document.count("links", "to_id", claim_id) >= MANY


def _standing_in_steps(document: Document, claim_id: str) -> Steps[Standing]:
    chain = yield from chain_in_steps(document, claim_id)
    return (yield from standing_of_chain(document, claim_id, chain))


def chain_of(document: Document, claim_id: str) -> Chain:
    """Return the sources behind a claim, from those that state it up to the ends."""
    return ended(chain_in_steps(document, claim_id))


def chain_in_steps(document: Document, claim_id: str) -> Steps[Chain]:
    """Find the same in small steps."""
    bases: dict[str, set[str]] = {}
    for count, link in enumerate(document.each_link_into(claim_id), start=1):
        if not count % EACH:
            yield
        if link.type == "states":
            bases.setdefault(link.from_id, set()).add(str(link.props.get("basis") or ""))
    chain = Chain(document, bases)
    yield from chain.walk()
    return chain


def standing_of_chain(document: Document, claim_id: str, chain: Chain) -> Steps[Standing]:
    """Find the standing of a claim whose chain is known, in small steps."""
    independent, exact = yield from established(document, chain.origins)
    grades = yield from pairs_in_steps(
        document, (link for link in document.each_link_into(claim_id) if link.type == "states")
    )
    known_through = yield from _known_through(document, chain.bases)
    counts = (
        len(chain.bases),
        len(independent),
        len(chain.origins) - len(independent),
        len(chain.nowhere),
    )
    return Standing(
        *counts,
        [document.numbers_of(circle) for circle in chain.circles],
        _standing(_contested(document, document.each_link_into(claim_id), bool(chain.bases)), *counts),
        grades,
        known_through,
        tuple(independent),
        exact,
    )


def established(document: Document, origins: Iterable[str]) -> Steps[tuple[list[str], bool]]:
    """Find the largest set of origins that are pairwise judged independent, none for a single one; is it exact?"""
    known = yield from independent_pairs(document, origins)
    joined = {one: others for one, others in known.items() if others}
    if not joined:
        return [], True
    numbered = sorted(joined, key=lambda one: natural("".join(document.numbers_of([one]))))
    return largest_clique({one: joined[one] for one in numbered})


def _standing(contested: bool, reports: int, established: int, recorded: int, unrecorded: int) -> str:
    """Return the first word that fits, in the order of the rule."""
    if contested:
        return CONTESTED
    if not reports:
        return UNSOURCED
    if not established + recorded:
        return NOT_RECORDED
    if established + recorded == 1:
        return SINGLE
    return CORROBORATED if established >= 2 else SEVERAL


def _contested(document: Document, into: Iterable[Link], stated: bool) -> bool:
    for link in into:
        if link.type == "denies" and stated:
            return True
        if link.type == "contradicts" and any(up.type == "states" for up in document.links_into(link.from_id)):
            return True
    return False


class Chain:
    """The sources behind a claim: what each hands on from, and where that ends.

    `bases`: on what basis each source states the claim; `leads`: the sources each source of the chain follows;
    `origins`: the ends that count; `nowhere`: the ends that do not, a closed circle under the id of its first source;
    `whys`: the rule that makes each end one or the other.
    """

    def __init__(self, document: Document, bases: dict[str, set[str]]) -> None:
        self._document = document
        self.bases = bases
        self.leads: dict[str, list[str]] = {}
        self.origins: list[str] = []
        self.nowhere: list[str] = []
        self.whys: dict[str, str] = {}
        self.circles: list[list[str]] = []

    def walk(self) -> Steps[None]:
        """Follow every source to its ends, in small steps; before that nothing but `bases` is known."""
        waiting = list(reversed(self.bases))
        while waiting:
            source_id = waiting.pop()
            if source_id not in self.leads:
                if not (len(self.leads) + 1) % EACH:
                    yield
                self.leads[source_id] = self._follow(source_id)
                waiting.extend(reversed(self.leads[source_id]))
        if len(self.leads) > len(self.origins) + len(self.nowhere):
            self._find_circles()

    def _follow(self, source_id: str) -> list[str]:
        source = self._document.find("entities", source_id)
        props = source.props if isinstance(source, Entity) else {}
        silent = bool(props.get("unnamed")) and not str(props.get("counts_because") or "").strip()
        bases = self.bases.get(source_id)
        if "own" in bases if bases else props.get("first_hand"):
            return self._ends(source_id, UNNAMED if silent else SPEAKS if bases else FIRST_HAND, counts=not silent)
        if bases == {"none given"}:
            return self._ends(source_id, NO_BASIS, counts=False)
        cited = _cited(self._document.links_from(source_id))
        if cited:
            return cited
        why = FIRST_HAND if props.get("first_hand") else CITED
        if why == CITED and not _is_cited(self._document.links_into(source_id)):
            return self._ends(source_id, LOOSE, counts=False)
        return self._ends(source_id, UNNAMED if silent else why, counts=not silent)

    def _ends(self, source_id: str, why: str, *, counts: bool) -> list[str]:
        (self.origins if counts else self.nowhere).append(source_id)
        self.whys[source_id] = why
        return []

    def _place(self, source_id: str) -> tuple[str, int, str]:
        return natural("".join(self._document.numbers_of([source_id])))

    def _find_circles(self) -> None:
        knotted = knots(self.leads)
        if knotted:
            self.circles = circles(
                {source_id: self.leads[source_id] for source_id in sorted(self.leads, key=self._place)}
            )
        for knot in knotted:
            if all(onward in knot for source_id in knot for onward in self.leads[source_id]):
                first = min(knot, key=self._place)
                self.nowhere.append(first)
                self.whys[first] = CIRCULAR


def _cited(links: Iterable[Link]) -> list[str]:
    return list(dict.fromkeys(link.to_id for link in links if link.type == "cites"))


def _is_cited(links: Iterable[Link]) -> bool:
    return any(link.type == "cites" and link.from_id != link.to_id for link in links)


def _known_through(document: Document, sources: Iterable[str]) -> Steps[str | None]:
    """Find the number of the source without which nothing of the claim would have reached us, or None."""
    shared: list[str] | None = None
    needed = False
    for count, source_id in enumerate(sources, start=1):
        if not count % EACH:
            yield
        through = _necessary(document, source_id)
        needed = needed or bool(through)
        here = [*through, source_id]
        shared = here if shared is None else [one for one in shared if one in here]
    if not needed:
        return None
    return next(iter(document.numbers_of(shared)), None)


def _necessary(document: Document, source_id: str) -> list[str]:
    """Return the sources without which a source would not be known, the nearest first; two ways to it are no need."""
    found: list[str] = []
    here = source_id
    while True:
        source = document.find("entities", here)
        named = source.props.get("known_through") if isinstance(source, Entity) else None
        there = (
            [one for one in map(str, named) if document.find("entities", one)]
            if isinstance(named, (list, tuple))
            else []
        )
        ways = {*there} - {here}
        if len(ways) != 1 or ways <= {source_id, *found}:
            return found
        here = ways.pop()
        found.append(here)
