"""Filters by links and comments: what is linked to a card, bears on a scenario, or is talked about."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from evidenceboard.model.ach import ROW_TYPES
from evidenceboard.model.filters.filter import FilterKind, Read, begun, either
from evidenceboard.model.filters.named import entity_of
from evidenceboard.model.records import Entity

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

_FOR: Final = ("C", "CC")
_AGAINST: Final = ("I", "II")


def _linked(values: list[str], document: Document) -> Read:
    ends = [entity_of(value, document) for value in values]
    ids = {end.id for end in ends}
    near = {other for one in ids for link in document.links_of(one) for other in (link.from_id, link.to_id)}
    found = frozenset(near - ids if len(ids) == 1 else near)
    return Read(f"linked to {either([end.number for end in ends])}", lambda entity: entity.id in found)


def _bearing(said: str, wanted: tuple[str, ...]) -> Callable[[list[str], Document], Read]:
    """Return the reader for rows whose cell of a scenario holds one of some values; none: whatever it holds."""

    def read(values: list[str], document: Document) -> Read:
        scenarios = [entity_of(value, document) for value in values]
        if any(scenario.type != "scenario" for scenario in scenarios):
            raise ValueError("is no scenario")
        found = frozenset(
            link.from_id
            for scenario in scenarios
            for link in document.links_into(scenario.id)
            if link.type == "bears on" and (not wanted or document.judged(link.id, "consistency") in wanted)
        )
        return Read(f"{said} {either([scenario.number for scenario in scenarios])}", lambda entity: entity.id in found)

    return read


def _in(values: list[str], document: Document) -> Read:
    if any(not begun(value, ("matrix",)) for value in values):
        raise ValueError("is nothing that a card is in")

    def bears(entity: Entity) -> bool:
        # Asked of one entity at a time, as what is searched is gone through: there may be very many scenarios.
        links = (link for link in document.links_from(entity.id) if link.type == "bears on")
        ends = (document.find("entities", link.to_id) for link in links)
        return any(isinstance(end, Entity) and end.type == "scenario" for end in ends)

    return Read(
        "in the matrix",
        lambda entity: entity.type in ROW_TYPES and (bool(entity.props.get("in_matrix")) or bears(entity)),
    )


_SCENARIO: Final = "It takes the number of a scenario, such as H1."
KINDS: Final = (
    FilterKind("linked", "It takes numbers such as C12 or S4.", _linked, 0, (), "a card it is linked to"),
    FilterKind("bears", _SCENARIO, _bearing("bearing on", ()), 0, (), "a scenario it bears on"),
    FilterKind("for", _SCENARIO, _bearing("consistent with", _FOR), 0, (), "a scenario it is consistent with"),
    FilterKind("against", _SCENARIO, _bearing("inconsistent with", _AGAINST), 0, (), "a scenario it speaks against"),
    FilterKind("in", "It takes matrix.", _in, 1, ("matrix",), "in the matrix"),
)
