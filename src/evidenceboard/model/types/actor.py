"""Actor: a person, organisation, government, group or unit that acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidenceboard.model.entity_type import EntityType, Names, Props, PropText, field, no_chips
from evidenceboard.model.records import Entity

if TYPE_CHECKING:
    from evidenceboard.model.document import Document


class ActorProps(Props):
    """What is recorded of an actor."""

    kind: PropText = field("Kind", "person, organisation, government, group, military unit", search=True)
    role: PropText = field("Role", "What the actor is or does here", search=True)
    aliases: Names = field("Also known as", "Other names, with ; between", search=True, default=[])


def second_line(entity: Entity, document: Document) -> str:
    """Show the role, or else the kind."""
    return str(entity.props.get("role") or entity.props.get("kind") or "")


ACTOR = EntityType(
    "actor", "Actor", "Actors", "A", "actor", "actor", "A", ActorProps, second_line, no_chips, hint="Who acts"
)
