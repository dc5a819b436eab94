"""Source: a document, statement or report, and what is known of how far it can be relied on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidenceboard.model.dates import shown
from evidenceboard.model.definitions import definition
from evidenceboard.model.entity_type import EntityType, Names, Props, PropText, Reliability, YesNo, field
from evidenceboard.model.face import Chip
from evidenceboard.model.records import Entity

if TYPE_CHECKING:
    from evidenceboard.model.document import Document


class SourceProps(Props):
    """What is recorded of a source."""

    kind: PropText = field("Kind", "article, official statement, interview, document", search=True)
    author: PropText = field("Author", "", search=True)
    published: PropText = field("Published", "When, such as 18 Oct 2024", date=True)
    url: PropText = field("Address", "", search=True)
    reliability: Reliability = field("Reliability", "AJP-2.1, A to F")
    unnamed: YesNo = field("Unnamed", "Nobody says who it is", default=False)
    counts_because: PropText = field("Counts because", "Why an unnamed source is an origin nevertheless", search=True)
    first_hand: YesNo = field("First-hand", "Saw or heard it itself", default=False)
    reach: PropText = field("Reach", "in hand, quoted in …, mentioned in …")
    known_through: Names = field("Known through", "Sources through which it reached us", refers_to="source", default=[])
    aliases: Names = field("Also known as", "Other names, with ; between", search=True, default=[])


def second_line(entity: Entity, document: Document) -> str:
    """Show who wrote it and when."""
    who = str(entity.props.get("author") or entity.props.get("kind") or "")
    if entity.props.get("unnamed") and not entity.props.get("author"):
        who = "unnamed"
    return " · ".join(part for part in (who, shown(str(entity.props.get("published") or ""))) if part)


def chips(entity: Entity, document: Document) -> tuple[Chip, ...]:
    """Show the reliability and how the source is reached."""
    letter = document.judged(entity.id, "reliability")
    made = [Chip(letter, means=definition(document, "reliability", letter)) if letter else Chip("not graded", "doubt")]
    through = document.numbers_of(entity.props.get("known_through") or [])
    reach = f"known through {', '.join(through)}" if through else str(entity.props.get("reach") or "")
    if reach:
        made.append(Chip(reach))
    return tuple(made)


SOURCE = EntityType(
    "source", "Source", "Sources", "S", "source", "source", "S", SourceProps, second_line, chips, hint="Who says it"
)
