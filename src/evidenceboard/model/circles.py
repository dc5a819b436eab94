"""Circles in a graph: what leads back to itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from evidenceboard.model.giving_back import let_go
from evidenceboard.model.in_steps import Steps

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

_STEP: Final = 16
"""Sources that are looked at in one step."""
Graph = Mapping[str, Sequence[str]]
"""What each node leads to; what it leads to need not be in it."""


def circles(graph: Graph) -> list[list[str]]:
    """Return circles, none of them twice, so that every node that lies on any lies on one of them.

    Each is as short as can be and begins with the node that comes first in the graph; its first node is not repeated.
    """
    found = []
    order = {node: place for place, node in enumerate(graph)}
    for knot in knots(graph):
        covered: set[str] = set()
        for node in sorted(knot, key=order.__getitem__):
            if node not in covered:
                circle = _shortest(graph, node, knot)
                first = circle.index(min(circle, key=order.__getitem__))
                found.append(circle[first:] + circle[:first])
                covered.update(circle)
    return sorted(found, key=lambda circle: [order[node] for node in circle])


def citing_round(document: Document) -> Steps[dict[str, list[str]]]:
    """Return what sources cite, of those from which not all ways end: only on these there may be circles."""
    cites: dict[str, list[str]] = {}
    cited_by: dict[str, list[str]] = {}
    onward: dict[str, int] = {}
    ends: list[str] = []
    try:
        for place, source in enumerate(document.where("entities", "type", "source"), 1):
            links = (link for link in document.links_from(source.id) if link.type == "cites")
            cites[source.id] = list(dict.fromkeys(link.to_id for link in links))
            onward[source.id] = len(cites[source.id])
            if not cites[source.id]:
                ends.append(source.id)
            for cited in cites[source.id]:
                cited_by.setdefault(cited, []).append(source.id)
            if place % _STEP == 0:
                yield
        for place, cited in enumerate(cited_by, 1):
            if cited not in cites:
                ends.append(cited)
            if place % _STEP == 0:
                yield
        for place, end in enumerate(ends, 1):  # the list grows while it is gone through
            cites.pop(end, None)
            for citing in cited_by.get(end, ()):
                onward[citing] -= 1
                if not onward[citing]:
                    ends.append(citing)
            if place % _STEP == 0:
                yield
        return cites
    finally:
        let_go(cited_by, onward, ends)


def knots(graph: Graph) -> list[set[str]]:
    """Return the sets of nodes that all lead to one another, a node that leads to itself included (Tarjan 1972)."""
    low: dict[str, int] = {}
    place: dict[str, int] = {}
    path: list[str] = []
    on_path: set[str] = set()
    found = []
    for root in graph:
        if root in place:
            continue
        place[root] = low[root] = len(place)
        path.append(root)
        on_path.add(root)
        work = [(root, iter(graph[root]))]
        while work:
            node, rest = work[-1]
            for onward in rest:
                if onward not in place and onward in graph:
                    place[onward] = low[onward] = len(place)
                    path.append(onward)
                    on_path.add(onward)
                    work.append((onward, iter(graph[onward])))
                    break
                if onward in on_path:
                    low[node] = min(low[node], place[onward])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == place[node]:
                    knot = {path.pop()}
                    while node not in knot:
                        knot.add(path.pop())
                    on_path -= knot
                    if len(knot) > 1 or node in graph[node]:
                        found.append(knot)
    return found


def _shortest(graph: Graph, start: str, within: set[str]) -> list[str]:
    """Return the shortest way from a node back to itself."""
    before: dict[str, str] = {}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for onward in graph[node]:
            if onward == start:
                way = [node]
                while way[-1] != start:
                    way.append(before[way[-1]])
                return way[::-1]
            if onward in within and onward not in before:
                before[onward] = node
                queue.append(onward)
    return []
