"""Claim: a sentence that is true or false, and that stands on who said it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidenceboard.model.entity_type import Confidence, EntityType, Likelihood, Props, PropText, Weight, YesNo, field
from evidenceboard.model.face import Chip
from evidenceboard.model.records import Entity
from evidenceboard.model.reports import best_pair, reports

if TYPE_CHECKING:
    from evidenceboard.model.document import Document


class ClaimProps(Props):
    """What is recorded of a claim."""

    happened: PropText = field("Happened", "When it happened (EDTF)")
    where: PropText = field("Where", "Where it happened", search=True)
    likelihood: Likelihood = field("Likelihood", "ICD 203, in words")
    confidence: Confidence = field("Confidence", "In the judgement: low, moderate, high")
    weight: Weight = field("Weight", "In the matrix: high, medium, low; medium unless set")
    in_matrix: YesNo = field("In the matrix", "A row of the matrix, even before a cell is judged", default=False)


def second_line(entity: Entity, document: Document) -> str:
    """Show nothing: a claim reads as a sentence, and its standing is on the chips."""
    return ""


def chips(entity: Entity, document: Document) -> tuple[Chip, ...]:
    """Show the best grade, the number of reports and the likelihood."""
    stated = reports(document, entity.id)
    shown = []
    pair = best_pair(document, entity.id)
    if pair:
        shown.append(Chip(pair))
    if stated:
        shown.append(Chip(f"{len(stated)} report" + ("" if len(stated) == 1 else "s")))
    else:
        shown.append(Chip("unsourced", "doubt"))
    likelihood = document.judged(entity.id, "likelihood")
    if likelihood:
        shown.append(Chip(likelihood))
    return tuple(shown)


CLAIM = EntityType(
    "claim",
    "Claim",
    "Claims",
    "C",
    "claim",
    "claim",
    "C",
    ClaimProps,
    second_line,
    chips,
    title_is_sentence=True,
    width=250.0,
    hint="What is said",
)
