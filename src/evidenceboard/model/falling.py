"""What falls with what: the claims and events that nothing would carry any more if one source or origin were wrong."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from evidenceboard.model.circles import knots
from evidenceboard.model.in_steps import Steps, ended
from evidenceboard.model.origins import chain_of
from evidenceboard.model.records import Entity
from evidenceboard.model.reports import reports

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

_STEP: Final = 16
"""Rows that are looked at in one step."""
GROUND: Final = ""
"""What all that is not known through anything else hangs from."""


def with_sources(document: Document, row_ids: Iterable[str]) -> dict[str, list[str]]:
    """Return, by source, the rows that would fall with it and with all that is known only through it.

    A claim falls with the last source that states it, an event with the last claim about it, a source with the last
    of those that it is known through. A claim that no source states falls with none.
    """
    return ended(sources_in_steps(document, row_ids))


def sources_in_steps(document: Document, row_ids: Iterable[str]) -> Steps[dict[str, list[str]]]:
    """Find the same in small steps, each of which yields None; the document must not change between two."""
    carried: dict[str, list[str]] = {}
    for place, row_id in enumerate(row_ids, 1):
        carried[row_id] = _carriers(document, row_id)
        if place % _STEP == 0:
            yield
    ways = yield from ways_in_steps(document, {source for sources in carried.values() for source in sources})
    above, order = yield from _dominators(ways)
    found: dict[str, list[str]] = {}
    for place, (row_id, sources) in enumerate(carried.items(), 1):
        if place % _STEP == 0:
            yield
        if not sources:
            continue
        here = sources[0]
        for source in sources[1:]:
            here = _meeting(here, source, above, order)
        while here != GROUND:
            found.setdefault(here, []).append(row_id)
            here = above[here]
    return found


def with_origins(document: Document, row_ids: Iterable[str]) -> dict[str, list[str]]:
    """Return, by origin, the rows all of whose reports lead to it and to nothing else, recorded or not."""
    return ended(origins_in_steps(document, row_ids))


def origins_in_steps(document: Document, row_ids: Iterable[str]) -> Steps[dict[str, list[str]]]:
    """Find the same in small steps, each of which yields None; the document must not change between two."""
    found: dict[str, list[str]] = {}
    for place, row_id in enumerate(row_ids, 1):
        if place % _STEP == 0:
            yield
        ends = _ends(document, row_id)
        if len(ends) == 1 and (origin := ends.pop()):
            found.setdefault(origin, []).append(row_id)
    return found


def _claims(document: Document, row_id: str) -> list[str]:
    """Return the claims that a row stands on: a claim on itself, an event on what is said about it."""
    row = document.find("entities", row_id)
    if not isinstance(row, Entity) or row.type != "event":
        return [row_id]
    return list(dict.fromkeys(link.from_id for link in document.links_into(row_id) if link.type == "about"))


def _carriers(document: Document, row_id: str) -> list[str]:
    """Return the sources that carry a row, or none where a claim behind it has no source at all."""
    behind = [reports(document, claim_id) for claim_id in _claims(document, row_id)]
    return list(dict.fromkeys(source for sources in behind for source in sources)) if all(behind) else []


def _ends(document: Document, row_id: str) -> set[str]:
    """Return the origins behind a row; "" stands for every end that is none."""
    ends: set[str] = set()
    for claim_id in _claims(document, row_id):
        chain = chain_of(document, claim_id)
        ends.update(chain.origins)
        if chain.nowhere or not chain.bases:
            ends.add("")
    return ends


def ways_to(document: Document, sources: set[str]) -> dict[str, list[str]]:
    """Return what each source is known through, and so on upwards; `GROUND` where it is known by itself.

    A closed circle is known through nothing.
    """
    return ended(ways_in_steps(document, sources))


def ways_in_steps(document: Document, sources: set[str]) -> Steps[dict[str, list[str]]]:
    """Find the same in small steps, each of which yields None; the document must not change between two."""
    ways: dict[str, list[str]] = {}
    waiting = sorted(sources)
    while waiting:
        source_id = waiting.pop()
        if source_id not in ways:
            ways[source_id] = named_ways(document, source_id)
            waiting.extend(ways[source_id])
            if len(ways) % _STEP == 0:
                yield
    # What is known by itself lies on no circle; most sources are.
    through = {source_id: found for source_id, found in ways.items() if found}
    yield
    for knot in knots(through):
        if all(way in knot for source_id in knot for way in ways[source_id]):
            for source_id in knot:
                ways[source_id] = []
    for place, source_id in enumerate(ways, 1):
        ways[source_id] = ways[source_id] or [GROUND]
        if place % (64 * _STEP) == 0:
            yield
    return ways


def named_ways(document: Document, source_id: str) -> list[str]:
    """Return the sources that a source is said to be known through, as far as they are in the file."""
    source = document.find("entities", source_id)
    named = source.props.get("known_through") if isinstance(source, Entity) else None
    if not isinstance(named, (list, tuple)):
        return []
    return [one for one in dict.fromkeys(map(str, named)) if one != source_id and document.find("entities", one)]


def _dominators(ways: dict[str, list[str]]) -> Steps[tuple[dict[str, str], dict[str, int]]]:
    """Return the nearest source that each falls with, and an order in which that comes before it.

    Those are the immediate dominators of the graph of ways (Cooper, Harvey and Kennedy 2001).
    """
    onward: dict[str, list[str]] = {}
    for place, (source_id, found) in enumerate(ways.items(), 1):
        for way in found:
            onward.setdefault(way, []).append(source_id)
        if place % (64 * _STEP) == 0:
            yield
    after = yield from _after_walk(onward)
    order = {node: place for place, node in enumerate(reversed(after))}
    yield
    above = {GROUND: GROUND}
    unsettled = True
    while unsettled:
        unsettled = False
        for place, node in enumerate(order, 1):
            if place % (32 * _STEP) == 0:
                yield
            if node == GROUND:
                continue
            here, *others = [way for way in ways[node] if way in above]
            for way in others:
                here = _meeting(here, way, above, order)
            if above.get(node) != here:
                above[node] = here
                unsettled = True
    return above, order


def _after_walk(onward: dict[str, list[str]]) -> Steps[list[str]]:
    """Return all that is reached from the ground, each after what is reached through it."""
    after: list[str] = []
    seen = {GROUND}
    path = [(GROUND, iter(onward.get(GROUND, ())))]
    while path:
        node, rest = path[-1]
        following = next((one for one in rest if one not in seen), None)
        if following is None:
            after.append(node)
            path.pop()
            if len(after) % (64 * _STEP) == 0:
                yield
        else:
            seen.add(following)
            path.append((following, iter(onward.get(following, ()))))
    return after


def _meeting(one: str, other: str, above: dict[str, str], order: dict[str, int]) -> str:
    """Return the nearest that both fall with."""
    while one != other:
        if order[one] > order[other]:
            one = above[one]
        else:
            other = above[other]
    return one
