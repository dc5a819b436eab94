"""Event: something that happens at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidenceboard.model.dates import shown
from evidenceboard.model.deception import first_of
from evidenceboard.model.entity_type import EntityType, Names, Props, PropText, Weight, YesNo, field
from evidenceboard.model.face import Chip
from evidenceboard.model.records import Entity

if TYPE_CHECKING:
    from evidenceboard.model.document import Document


class EventProps(Props):
    """What is recorded of an event."""

    happened: PropText = field("Happened", "When it happened, such as mid Oct 2024", date=True)
    weight: Weight = field("Weight", "In the matrix: high, medium, low; medium unless set")
    in_matrix: YesNo = field("In the matrix", "A row of the matrix, even before a cell is judged", default=False)
    twin_of: Names = field(
        "Deception twin of", "The event that this row reads as deception", refers_to="event", default=[], hidden=True
    )


def second_line(entity: Entity, document: Document) -> str:
    """Show when it happened."""
    return shown(str(entity.props.get("happened") or ""))


def chips(entity: Entity, document: Document) -> tuple[Chip, ...]:
    """Say of a deception twin which event it reads so."""
    first = first_of(document, entity)
    return () if first is None else (Chip(f"deception twin of {first.number}"),)


EVENT = EntityType(
    "event", "Event", "Events", "E", "event", "event", "E", EventProps, second_line, chips, hint="What happened"
)
