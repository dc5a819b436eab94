"""The class of one entity under each styling: how its grade, standing, origins or consistency is grouped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from evidenceboard.model import ach
from evidenceboard.model.origins import (
    CONTESTED,
    CORROBORATED,
    NOT_RECORDED,
    SEVERAL,
    SINGLE,
    UNSOURCED,
    standing_of,
)
from evidenceboard.model.records import Entity
from evidenceboard.model.reports import best_pair
from evidenceboard.model.types.claim import MARKS
from evidenceboard.model.values import dataclass

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

NOT_SET: Final = ""
"""The class of what nobody has judged."""
OUTSIDE: Final = "outside"
"""The class of what a styling says nothing of."""
STRANGE: Final = "strange"
"""The class of a value that is on no scale."""


@dataclass(frozen=True, slots=True)
class StyleClass:
    """One class. `colour` names a role of the palette; `sign` is what a card bears beside the colour.

    `unknown`: what cannot be judged or is not recorded; such a card is grey with a dashed border, and never bad.
    """

    id: str
    words: str
    colour: str
    sign: str = ""
    unknown: bool = False


GRADES: Final = (
    StyleClass("B2", "A1 to B2", "step1", "B2"),
    StyleClass("C3", "down to C3", "step2", "C3"),
    StyleClass("D4", "down to D4", "step4", "D4"),
    StyleClass("E5", "down to E5", "step5", "E5"),
    StyleClass("F6", "F or 6, cannot be judged", "unknown", "F6", unknown=True),
)
"""Best pairs in steps: a pair is in the first in which both its letter and its number fit. Nothing is averaged."""
STANDING: Final = (
    StyleClass(CONTESTED, CONTESTED, "alarm", MARKS[CONTESTED]),
    StyleClass(UNSOURCED, UNSOURCED, "bare", MARKS[UNSOURCED]),
    StyleClass(NOT_RECORDED, NOT_RECORDED, "unknown", MARKS[NOT_RECORDED], unknown=True),
    StyleClass(SINGLE, SINGLE, "few", MARKS[SINGLE]),
    StyleClass(SEVERAL, "several origins, not established", "some", MARKS[SEVERAL]),
    StyleClass(CORROBORATED, CORROBORATED, "many", MARKS[CORROBORATED]),
)
ORIGINS: Final = (
    StyleClass("0", "no origin recorded", "step5", "0"),
    StyleClass("1", "1 origin", "step4", "1"),
    StyleClass("2", "2 origins", "step2", "2"),
    StyleClass("3", "3 origins or more", "step1", "3+"),
)


def grade_of(document: Document, claim: Entity) -> str:
    """Return the step that the best pair of a claim is in."""
    pair = best_pair(document, claim.id)
    letter, number = pair[:1], pair[1:]
    if "–" in (letter, number) or not pair:
        return NOT_SET
    if letter not in "ABCDEF" or number not in "123456":
        return STRANGE
    return next((one.id for one in GRADES if letter <= one.id[0] and number <= one.id[1]), STRANGE)


def reliability_of(document: Document, entity: Entity) -> str:
    """Return the reliability of a source, or that of the best report of a claim."""
    if entity.type == "source":
        return document.judged(entity.id, "reliability")
    return best_pair(document, entity.id)[:1].replace("–", NOT_SET)


def credibility_of(document: Document, claim: Entity) -> str:
    """Return the credibility of the best report of a claim."""
    return best_pair(document, claim.id)[1:].replace("–", NOT_SET)


def standing_class(document: Document, claim: Entity) -> str:
    """Return the standing of a claim."""
    return standing_of(document, claim.id).standing


def origins_class(document: Document, claim: Entity) -> str:
    """Return the number of origins of a claim, from 0 to 3, 3 being many."""
    return str(min(standing_of(document, claim.id).origins, 3))


def consistency_of(document: Document, entity: Entity, scenario_id: str) -> str:
    """Return what a claim or event says of a scenario; a row that is blank there is not assessed."""
    cell = ach.cell_link(document, entity.id, scenario_id)
    if cell is not None:
        return document.judged(cell.id, "consistency")
    bears = any(link.type == "bears on" for link in document.links_from(entity.id))
    return NOT_SET if bears or entity.props.get("in_matrix") else OUTSIDE
