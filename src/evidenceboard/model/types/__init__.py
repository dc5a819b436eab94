"""The types of entities. To add one: write its file here and put its name into TYPES."""

from __future__ import annotations

from typing import Final

from evidenceboard.model.entity_type import EntityType, Props, no_chips
from evidenceboard.model.types.actor import ACTOR
from evidenceboard.model.types.claim import CLAIM
from evidenceboard.model.types.event import EVENT
from evidenceboard.model.types.note import NOTE
from evidenceboard.model.types.place import PLACE
from evidenceboard.model.types.question import QUESTION
from evidenceboard.model.types.scenario import SCENARIO
from evidenceboard.model.types.source import SOURCE

TYPES: Final[tuple[EntityType, ...]] = (ACTOR, CLAIM, SOURCE, SCENARIO, EVENT, PLACE, NOTE, QUESTION)
BY_ID: Final = {kind.id: kind for kind in TYPES}


def entity_type(type_id: str) -> EntityType:
    """Return a type; one that this version does not know is shown plainly under its own name and kept."""
    known = BY_ID.get(type_id)
    if known:
        return known
    return EntityType(
        type_id,
        type_id.capitalize() or "Unknown",
        f"{type_id}s",
        "X",
        "unknown",
        "note",
        "",
        Props,
        lambda entity, document: "a type that this version does not know",
        no_chips,
    )
