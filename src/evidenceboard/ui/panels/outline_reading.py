"""All entities of a document by type and in the order of their numbers, read bit by bit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from evidenceboard.model.document import Document
from evidenceboard.model.in_steps import in_order
from evidenceboard.model.numbers import natural
from evidenceboard.model.records import Entity

STEP: Final = 32
"""Entities that are looked at in one step."""

Key = tuple[tuple[str, int, str], str]
"""What entities are sorted by, and their id."""
Read = tuple[dict[str, list[Key]], dict[str, tuple[str, Key]]]
"""The keys of each type in their order, and the type and key of each entity."""


def reading(document: Document) -> Iterator[Read | None]:
    """Yield None at each step and everything at the end; of what changes meanwhile it may hold what was or what is."""
    everything: dict[str, list[Key]] = {}
    known: dict[str, tuple[str, Key]] = {}
    mixed: set[str] = set()
    for place, entity in enumerate(document.each("entities"), 1):
        if isinstance(entity, Entity):
            key = (natural(entity.number), entity.id)
            keys = everything.setdefault(entity.type, [])
            if keys and key < keys[-1]:
                mixed.add(entity.type)
            keys.append(key)
            known[entity.id] = (entity.type, key)
        if place % STEP == 0:
            yield None
    # Most were made in the order of their numbers.
    for type_id in mixed:
        everything[type_id] = yield from in_order(everything[type_id], lambda key: key)
    yield everything, known
