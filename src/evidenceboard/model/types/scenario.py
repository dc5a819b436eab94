"""Scenario: one way in which things may be, or may go on, weighed against the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidenceboard.model.deception import links_bearing
from evidenceboard.model.entity_type import Confidence, EntityType, Likelihood, Props, PropText, field, likelihood_chip
from evidenceboard.model.face import Chip
from evidenceboard.model.records import Entity

if TYPE_CHECKING:
    from evidenceboard.model.document import Document


class ScenarioProps(Props):
    """What is recorded of a scenario."""

    statement: PropText = field("Statement", "What would be the case", long=True, search=True)
    likelihood: Likelihood = field("Likelihood", "In words of the yardstick of the file")
    confidence: Confidence = field("Confidence", "In the judgement: low, moderate, high")
    sources_basis: PropText = field("Sources", "What sources the confidence rests on", long=True, search=True)
    assumptions: PropText = field("Assumptions", "What is taken for granted", long=True, search=True)
    gaps: PropText = field("Gaps", "What is not known and would matter", long=True, search=True)


def second_line(entity: Entity, document: Document) -> str:
    """Show the statement."""
    return str(entity.props.get("statement") or "")


def chips(entity: Entity, document: Document) -> tuple[Chip, ...]:
    """Count the claims and events that were weighed against it, and show the likelihood."""
    cells = [document.judged(link.id, "consistency") for link in links_bearing(document, entity.id)]
    weighed = [value for value in cells if value]
    against = sum(value in ("I", "II") for value in weighed)
    made = [Chip(f"{against} of {len(weighed)} against")] if weighed else [Chip("nothing weighed", "doubt")]
    return (*made, *likelihood_chip(entity, document))


SCENARIO = EntityType(
    "scenario",
    "Scenario",
    "Scenarios",
    "H",
    "scenario",
    "scenario",
    "H",
    ScenarioProps,
    second_line,
    chips,
    hint="What may be",
)
