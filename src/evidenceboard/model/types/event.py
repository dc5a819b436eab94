"""Event: something that happens at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidenceboard.model.dates import shown
from evidenceboard.model.entity_type import EntityType, Props, PropText, Weight, YesNo, field, no_chips
from evidenceboard.model.records import Entity

if TYPE_CHECKING:
    from evidenceboard.model.document import Document


class EventProps(Props):
    """What is recorded of an event."""

    happened: PropText = field("Happened", "When it happened, such as mid Oct 2024", date=True)
    weight: Weight = field("Weight", "In the matrix: high, medium, low; medium unless set")
    in_matrix: YesNo = field("In the matrix", "A row of the matrix, even before a cell is judged", default=False)


def second_line(entity: Entity, document: Document) -> str:
    """Show when it happened."""
    return shown(str(entity.props.get("happened") or ""))


EVENT = EntityType(
    "event", "Event", "Events", "E", "event", "event", "E", EventProps, second_line, no_chips, hint="What happened"
)
