"""Place: somewhere on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidenceboard.model.entity_type import EntityType, Names, Props, PropText, field, no_chips
from evidenceboard.model.records import Entity

if TYPE_CHECKING:
    from evidenceboard.model.document import Document


class PlaceProps(Props):
    """What is recorded of a place."""

    coordinates: PropText = field("Coordinates", "Latitude, longitude", search=True)
    aliases: Names = field("Also known as", "Other names, with ; between", search=True, default=[])


def second_line(entity: Entity, document: Document) -> str:
    """Show the coordinates, or else the first line of the notes."""
    return str(entity.props.get("coordinates") or entity.notes.partition("\n")[0])


PLACE = EntityType(
    "place", "Place", "Places", "P", "place", "place", "P", PlaceProps, second_line, no_chips, hint="Where"
)
