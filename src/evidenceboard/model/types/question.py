"""Question: something to find out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidenceboard.model.entity_type import EntityType, Names, Props, YesNo, field, no_chips
from evidenceboard.model.records import Entity

if TYPE_CHECKING:
    from evidenceboard.model.document import Document


class QuestionProps(Props):
    """What is recorded of a question."""

    about: Names = field("About", "Claims that it asks about", refers_to="claim", default=[])
    answered: YesNo = field("Answered", "", default=False)


def second_line(entity: Entity, document: Document) -> str:
    """Say whether it is open, and what it asks about."""
    state = "answered" if entity.props.get("answered") else "open"
    about = document.numbers_of(entity.props.get("about") or [])
    return f"{state} · about {', '.join(about)}" if about else state


QUESTION = EntityType(
    "question",
    "Question",
    "Questions",
    "Q",
    "question",
    "question",
    "Q",
    QuestionProps,
    second_line,
    no_chips,
    hint="To find out",
)
