"""Claim: a sentence that is true or false, and that stands on who said it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from evidenceboard.model.deception import first_of
from evidenceboard.model.definitions import pair_definition
from evidenceboard.model.entity_type import (
    Confidence,
    EntityType,
    Likelihood,
    Names,
    Props,
    PropText,
    Weight,
    YesNo,
    field,
    likelihood_chip,
)
from evidenceboard.model.face import APART, DOT, EMPTY, JOINED, OPEN, SPLIT, Chip
from evidenceboard.model.origins import (
    CONTESTED,
    CORROBORATED,
    NOT_RECORDED,
    SEVERAL,
    SINGLE,
    UNSOURCED,
    Standing,
    standing_of,
)
from evidenceboard.model.records import Entity

if TYPE_CHECKING:
    from evidenceboard.model.document import Document


MARKS: Final = {
    CONTESTED: SPLIT,
    UNSOURCED: EMPTY,
    NOT_RECORDED: OPEN,
    SINGLE: DOT,
    SEVERAL: APART,
    CORROBORATED: JOINED,
}
"""The shape of each standing, so that it is told without colour."""


class ClaimProps(Props):
    """What is recorded of a claim."""

    happened: PropText = field("Happened", "When it happened, such as mid Oct 2024", date=True)
    where: PropText = field("Where", "Where it happened", search=True)
    likelihood: Likelihood = field("Likelihood", "In words of the yardstick of the file")
    confidence: Confidence = field("Confidence", "In the judgement: low, moderate, high")
    weight: Weight = field("Weight", "In the matrix: high, medium, low; medium unless set")
    in_matrix: YesNo = field("In the matrix", "A row of the matrix, even before a cell is judged", default=False)
    twin_of: Names = field(
        "Deception twin of", "The claim that this row reads as deception", refers_to="claim", default=[], hidden=True
    )


def second_line(entity: Entity, document: Document) -> str:
    """Show nothing: a claim reads as a sentence, and its standing is on the chips."""
    return ""


def chips(entity: Entity, document: Document) -> tuple[Chip, ...]:
    """Show the best grade, the reports with their origins, and the likelihood."""
    first = first_of(document, entity)
    if first is not None:
        return (Chip(f"deception twin of {first.number}"),)  # a way to read it, which nobody states
    found = standing_of(document, entity.id)
    shown = [Chip(found.grades[0], means=pair_definition(found.grades[0]))] if found.grades else []
    mark = MARKS[found.standing]
    if found.standing == CONTESTED:
        shown.append(Chip(CONTESTED, "alarm", mark, leads=True))
        mark = ""
    if found.reports:
        shown.append(Chip(origins_said(found), "plain" if found.origins else "doubt", mark, leads=True))
    else:
        shown.append(Chip(UNSOURCED, "doubt", mark, leads=True))
    if found.cycles:
        shown.append(Chip("circular", "alarm", leads=True))
    return (*shown, *likelihood_chip(entity, document))


def origins_said(found: Standing) -> str:
    """Return the reports and origins of a claim in short, such as “4 reports · 1 origin”."""
    if found.reports == 1 and not found.origins:
        return NOT_RECORDED
    if found.established:
        return f"{counted(found.reports, 'report')} · {found.established} independent"
    origins = counted(found.origins, "origin") if found.origins else "no origin"
    return f"{counted(found.reports, 'report')} · {origins}"


def counted(number: int, word: str) -> str:
    """Return a number with its word, such as “1 report” or “3 reports”."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


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
