"""What the table computes of an entity: what stands behind a claim, when it was reported, how many links it has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from evidenceboard.model.dates import shown
from evidenceboard.model.deception import first_of, links_bearing
from evidenceboard.model.document import Document
from evidenceboard.model.edtf import readable
from evidenceboard.model.origins import STANDINGS, Standing, standing_of
from evidenceboard.model.records import Entity
from evidenceboard.model.timeline import moment
from evidenceboard.ui.panels.facts import standing_said

_KEPT: Final = 2000
"""Standings that are kept until the next operation."""
_GRADES: Final = ("123456–", "ABCDEF–")
Figure = tuple[str, str, Callable[[Entity], str], Callable[[Entity], Any], str]
"""Key, label, words, what it is sorted by, and where it leads to."""


class Figures:
    """Compute figures of the file, each standing once for all columns that tell of it."""

    def __init__(self, document: Callable[[], Document]) -> None:
        self._document = document
        self._standings: dict[str, Standing] = {}

    def forget(self) -> None:
        """Compute anew from now on: the file has changed."""
        self._standings.clear()

    def of(self, type_id: str) -> list[Figure]:
        """Return the figures of a type."""
        reported: Figure = ("reported", _say("First reported"), self._reported_said, self._reported, "chain")
        if type_id == "claim":
            return [
                ("standing", _say("Standing"), self._standing_said, self._standing_order, "chain"),
                ("grade", _say("Best grade"), self._grade, self._grade_order, "chain"),
                ("reports", _say("Reports"), self._reports_said, self._reports, "chain"),
                ("origins", _say("Origins"), self._origins_said, self._origins, "chain"),
                reported,
            ]
        if type_id == "event":
            return [(*reported[:4], "links")]
        if type_id == "scenario":
            return [("against", _say("Against it"), self._against_said, self._against, "links")]
        return []

    # -- claims ------------------------------------------------------------------------------------------------

    def standing(self, entity: Entity) -> Standing | None:
        """Return what stands behind a claim; None of a deception twin, which nobody states."""
        document = self._document()
        if first_of(document, entity) is not None:
            return None
        known = self._standings.get(entity.id)
        if known is None:
            if len(self._standings) >= _KEPT:
                self._standings.clear()
            known = self._standings[entity.id] = standing_of(document, entity.id)
        return known

    def _standing_said(self, entity: Entity) -> str:
        found = self.standing(entity)
        if found is not None:
            return standing_said(found.standing)
        first = first_of(self._document(), entity)
        return _say("deception twin of {number}").format(number=first.number if first else "")

    def _standing_order(self, entity: Entity) -> Any:
        found = self.standing(entity)
        return STANDINGS.index(found.standing) if found else None

    def _grade(self, entity: Entity) -> str:
        found = self.standing(entity)
        return found.grades[0] if found and found.grades else ""

    def _grade_order(self, entity: Entity) -> Any:
        pair = self._grade(entity)
        if not pair:
            return None
        number, letter = _GRADES[0].find(pair[1:]), _GRADES[1].find(pair[0])
        return (number, letter, "") if number >= 0 and letter >= 0 else (99, 99, pair)

    def _reports(self, entity: Entity) -> Any:
        found = self.standing(entity)
        return found.reports if found else None

    def _reports_said(self, entity: Entity) -> str:
        found = self.standing(entity)
        return str(found.reports) if found else ""

    def _origins(self, entity: Entity) -> Any:
        found = self.standing(entity)
        return found.origins if found else None

    def _origins_said(self, entity: Entity) -> str:
        found = self.standing(entity)
        return str(found.origins) if found else ""

    # -- all ---------------------------------------------------------------------------------------------------

    def _first(self, entity: Entity) -> str:
        return moment(self._document(), entity).reported

    def _reported_said(self, entity: Entity) -> str:
        return shown(self._first(entity))

    def _reported(self, entity: Entity) -> Any:
        date = self._first(entity)
        span = readable(date)
        if not date:
            return None
        if span is None:
            return (1, 0.0, date)
        return (0, float(span.earliest.number) if span.earliest else float("-inf"), date)

    def _cells(self, entity: Entity) -> tuple[int, int]:
        document = self._document()
        judged = [document.judged(link.id, "consistency") for link in links_bearing(document, entity.id)]
        return sum(value in ("I", "II") for value in judged), sum(map(bool, judged))

    def _against(self, entity: Entity) -> Any:
        against, weighed = self._cells(entity)
        return (against, weighed) if weighed else None

    def _against_said(self, entity: Entity) -> str:
        against, weighed = self._cells(entity)
        return _say("{n} of {all}").format(n=against, all=weighed) if weighed else ""

    def links(self, entity: Entity) -> int:
        """Return how many links an entity has."""
        return len(self._document().links_of(entity.id))

    def links_said(self, entity: Entity) -> str:
        """Return how many links an entity has, as it is shown."""
        return f"{self.links(entity):,}"


def _say(text: str) -> str:
    return QCoreApplication.translate("Table", text)
