"""The order in which records are listed: the same for the same state, however it came about."""

from __future__ import annotations

import re
from typing import Any

from evidenceboard.errors import NotFoundError
from evidenceboard.model.document import Document
from evidenceboard.model.entity_type import extra
from evidenceboard.model.link_types import link_type
from evidenceboard.model.records import Board, Entity, Link
from evidenceboard.model.types import TYPES, entity_type

_PLACES = {kind.id: place for place, kind in enumerate(TYPES)}


def by_number(entity: Entity) -> tuple[int, str, int, str, str]:
    """Return a key that sorts entities by type, then C2 before C10 before C10b."""
    found = re.match(r"(\D*)(\d{0,9})", entity.number)
    prefix, digits = found.groups() if found else ("", "")
    place = _PLACES.get(entity.type, len(TYPES))
    return (place, prefix if place < len(TYPES) else entity.type + prefix, int(digits or 0), entity.number, entity.id)


def entities(document: Document, type_id: str = "") -> list[Entity]:
    """Return the entities by type and number, or those of one type."""
    return sorted((one for one in document.entities if type_id in ("", one.type)), key=by_number)


def links(document: Document, found: list[Link]) -> list[Link]:
    """Return links by their type, then by the numbers of their ends."""

    def key(link: Link) -> tuple[Any, ...]:
        ends = [document.find("entities", end) for end in (link.from_id, link.to_id)]
        return (link.type, *(by_number(end) for end in ends if isinstance(end, Entity)), link.id)

    return sorted(found, key=key)


def fields(document: Document, record: Entity | Link) -> dict[str, Any]:
    """Return what a record's type adds, judgements included; ids of other entities as the numbers people use."""
    model = (link_type if isinstance(record, Link) else entity_type)(record.type).props
    values = document.values(record)
    for key, value in values.items():
        if extra(model, key).get("refers_to") and isinstance(value, list):
            values[key] = document.numbers_of(value)
    return values


def board(document: Document, named: str = "") -> Board:
    """Return a board by its id or title, or the first one. Raises `NotFoundError`."""
    boards = document.boards
    for found in boards:
        if named in ("", found.id):
            return found
    titled = [found for found in boards if found.title == named]
    if not titled:
        raise NotFoundError("There is no board of this name or id; nothing was changed.", "`info` shows every board.")
    return titled[0]
