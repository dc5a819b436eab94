"""Deception twins: a second row of the matrix that asks how a claim or event would count if it were deception."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from evidenceboard.model.numbers import natural
from evidenceboard.model.records import Entity, Link

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

TWIN_OF: Final = "twin_of"
"""The property that ties a twin to its first row: a list of one id."""


def first_of(document: Document, entity: Entity) -> Entity | None:
    """Return the claim or event that an entity is the deception twin of, or None where it is no twin.

    A tie that says nothing clear (to itself, to a twin, to another type, to what is not there) makes no twin: such a
    row counts like any other, so that nothing drops out of the scores unseen.
    """
    named = entity.props.get(TWIN_OF)
    if not isinstance(named, (list, tuple)) or len(named) != 1:
        return None
    first = document.find("entities", str(named[0]))
    if not isinstance(first, Entity) or first.type != entity.type or first.id == entity.id or first.props.get(TWIN_OF):
        return None
    return first


def twins_by_first(document: Document) -> dict[str, list[Entity]]:
    """Return the deception twins of a file under the ids of their first rows, in the order of their numbers."""
    found: dict[str, list[Entity]] = {}
    for one in document.twins():
        if one.type in ("claim", "event") and (first := first_of(document, one)) is not None:
            found.setdefault(first.id, []).append(one)
    for twins in found.values():
        twins.sort(key=lambda one: natural(one.number))
    return found


def links_bearing(document: Document, scenario_id: str) -> list[Link]:
    """Return the “bears on” links of a scenario that count; the cells of deception twins do not."""
    links = [link for link in document.links_into(scenario_id) if link.type == "bears on"]
    return [link for link in links if not _is_twin(document, link.from_id)]


def _is_twin(document: Document, entity_id: str) -> bool:
    entity = document.find("entities", entity_id)
    return isinstance(entity, Entity) and bool(entity.props.get(TWIN_OF)) and first_of(document, entity) is not None
