"""The matrix of competing hypotheses (Heuer): claims and events against scenarios, its scores and their terms."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace
from itertools import chain, groupby, islice
from typing import TYPE_CHECKING, Final, cast

from evidenceboard.model.deception import first_of
from evidenceboard.model.giving_back import let_go
from evidenceboard.model.gradings import CONSISTENCY, WEIGHT
from evidenceboard.model.link_types import link_type
from evidenceboard.model.numbers import natural
from evidenceboard.model.records import Entity, Link
from evidenceboard.model.values import dataclass

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

POINTS: Final = {"I": 1, "II": 2}
"""What a cell adds to the inconsistency of its scenario; every other value adds nothing."""
FACTORS: Final = {"high": 2.0, "medium": 1.0, "low": 0.5}
STEPS: Final = {"II": 1, "I": 2, "N": 3, "NA": 3, "C": 4, "CC": 5}
"""Where a value stands on the scale that diagnosticity is computed on."""
ROW_TYPES: Final = ("claim", "event")
_STEP: Final = 64
"""Entities that are looked at in one step."""
_FEW: Final = 16
"""What is looked up in one step: it may have to be made first."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One judgement: the “bears on” link of a row and a scenario, and its value; "" is not assessed, never N."""

    link_id: str
    value: str

    @property
    def points(self) -> int:
        """Return what the cell adds to the inconsistency before the weight of its row."""
        return POINTS.get(self.value, 0)


BLANK: Final = Cell("", "")


@dataclass(frozen=True, slots=True)
class Row:
    """A claim or event in the matrix, with a cell for each scenario that it was linked to.

    `twin_of` is the id of the row that this one is the deception twin of; a twin adds nothing to any score.
    """

    entity: Entity
    weight: str
    cells: dict[str, Cell]
    diagnosticity: float
    twin_of: str = ""

    @property
    def factor(self) -> float:
        """Return what the weight multiplies the points of the row with."""
        return FACTORS[self.weight]

    def value(self, scenario_id: str) -> str:
        """Return the value against a scenario; "" where it is not assessed."""
        return self.cells.get(scenario_id, BLANK).value


@dataclass(frozen=True, slots=True)
class Term:
    """One addend of a score: the number of a row, its value, the points of the value and the factor of its weight."""

    number: str
    value: str
    points: int
    factor: float

    @property
    def weighted(self) -> float:
        """Return what the term adds to the weighted inconsistency."""
        return self.points * self.factor


@dataclass(frozen=True, slots=True)
class Score:
    """What speaks against a scenario. `terms` add up to the figures.

    `numbers` are those of all rows that count, the same tuple for every scenario; `assessed` the places in it with a
    value. `rank` counts from 1 (fewest contradictions); scenarios that are tied have the same.
    """

    entity: Entity
    inconsistency: int
    weighted: float
    terms: tuple[Term, ...]
    numbers: tuple[str, ...]
    assessed: frozenset[int]
    rank: int

    @property
    def not_assessed(self) -> int:
        """Return how many rows have no value against it."""
        return len(self.numbers) - len(self.assessed)

    @property
    def blank(self) -> tuple[str, ...]:
        """Return the numbers of the rows that have no value against it."""
        return self.first_blank(self.not_assessed)

    def first_blank(self, most: int) -> tuple[str, ...]:
        """Return the numbers of the first rows that have no value against it."""
        # Made when it is asked for: of many rows and scenarios, nearly every pair is blank.
        blank = (number for place, number in enumerate(self.numbers) if place not in self.assessed)
        return tuple(islice(blank, most))

    @property
    def marks(self) -> tuple[float, int]:
        """Return what scenarios are ranked by; equal marks are a tie."""
        return (self.weighted, self.inconsistency)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows by diagnosticity, scenarios with the fewest contradictions first. It says nothing of probability.

    `rows_by_number` and `scores_by_number` are the same in the order of their numbers, twins beneath their first rows.
    """

    rows: tuple[Row, ...]
    scores: tuple[Score, ...]
    rows_by_number: tuple[Row, ...]
    scores_by_number: tuple[Score, ...]


EMPTY: Final = Matrix((), (), (), ())


def matrix(document: Document) -> Matrix:
    """Return the matrix of a document: the claims and events put into it, or that bear on a scenario.

    Rows come by diagnosticity, each with its deception twin beneath it; scenarios by weighted inconsistency, then
    plain, then number. Evidence counts once: a twin is rated apart and left out of the scores.
    """
    *_, made = weighing(document)
    assert made is not None
    return made


def weighing(document: Document) -> Iterator[Matrix | None]:
    """Make the matrix of a document in small steps: yield None after each, and the matrix at the end.

    The document must not change between two steps.
    """
    cells: dict[str, dict[str, Cell]] = {}
    rows: list[tuple[tuple[str, int, str], int, Row]] = []
    try:
        yield from _weighing(document, cells, rows)
    except GeneratorExit:  # nobody waits for it any more
        let_go(cells, rows)
        raise


def _weighing(
    document: Document, cells: dict[str, dict[str, Cell]], rows: list[tuple[tuple[str, int, str], int, Row]]
) -> Iterator[Matrix | None]:
    """Weigh in steps; rows come with the key of their number and a place, to be sorted without a call for each."""
    scenarios: list[Entity] = []
    for place, one in enumerate(document.where("entities", "type", "scenario"), 1):
        scenarios.append(cast("Entity", one))
        if place % _FEW == 0:
            yield None
    scenarios.sort(key=lambda entity: natural(entity.number))
    for place, found in enumerate(chain.from_iterable(_column(document, one.id) for one in scenarios), 1):
        if found is not None:
            scenario_id, row_id, cell = found
            cells.setdefault(row_id, {})[scenario_id] = cell
        if place % _FEW == 0:
            yield None
    there = (one for kind in ROW_TYPES for one in document.where("entities", "type", kind))
    for place, entity in enumerate(there, 1):
        if isinstance(entity, Entity) and (entity.id in cells or entity.props.get("in_matrix")):
            rows.append((natural(entity.number), place, _row(document, entity, cells.get(entity.id, {}))))
        if place % _FEW == 0:
            yield None
    rows.sort()
    numbered = [row for _, _, row in rows]
    yield None
    drawn = tuple(twins_beneath(sorted(numbered, key=_diagnosticity, reverse=True)))
    yield None
    scores = yield from _scoring(scenarios, numbered)
    yield None
    ranked = yield from _ranking(scores)
    of = {score.entity.id: score for score in ranked}
    yield None
    yield Matrix(drawn, tuple(ranked), tuple(twins_beneath(numbered)), tuple(of[one.id] for one in scenarios))


def _diagnosticity(row: Row) -> float:
    return row.diagnosticity


def _column(document: Document, scenario_id: str) -> Iterator[tuple[str, str, Cell] | None]:
    """Yield the scenario, the row and the cell of each of its cells; None for each link that was looked at before."""
    links: dict[str, Link] = {}
    for link in document.each_link_into(scenario_id):
        yield None
        if link.type == "bears on":
            other = links.setdefault(link.from_id, link)
            if other is not link:
                links[link.from_id] = min(other, link, key=_derived_first)
    for row_id, link in links.items():
        yield scenario_id, row_id, Cell(link.id, _known(document.judged(link.id, "consistency")))


def twins_beneath(rows: Iterable[Row]) -> list[Row]:
    """Return rows in their order, but each deception twin right beneath its first row."""
    made = list(rows)
    twins: dict[str, list[Row]] = {}
    for row in made:
        if row.twin_of:
            twins.setdefault(row.twin_of, []).append(row)
    if not twins:
        return made
    here = {row.entity.id for row in made if not row.twin_of}
    drawn: list[Row] = []
    for row in made:
        if row.twin_of not in here:
            drawn += [row, *twins.get(row.entity.id, ())]
    return drawn


def cell_link(document: Document, row_id: str, scenario_id: str) -> Link | None:
    """Return the “bears on” link that is the cell of a row and a scenario, or None."""
    between = [link for link in document.links_from(row_id) if link.type == "bears on" and link.to_id == scenario_id]
    return min(between, key=_derived_first, default=None)


def entities_of(document: Document, types: Iterable[str]) -> list[Entity]:
    """Return the entities of some types in the order of their numbers."""
    found = [one for kind in types for one in document.where("entities", "type", kind) if isinstance(one, Entity)]
    return sorted(found, key=lambda entity: natural(entity.number))


def _derived_first(link: Link) -> tuple[bool, str]:
    # There is one link for a row and a scenario; of two that another program left, the same one counts in every copy.
    return (link.id != link_type("bears on").pair_id(link.from_id, link.to_id), link.id)


def _known(value: str) -> str:
    """Return a value of the scale; what is not on it says nothing, so the cell is not assessed."""
    return value if value in CONSISTENCY.words else ""


def _row(document: Document, entity: Entity, cells: dict[str, Cell]) -> Row:
    weight = document.judged(entity.id, "weight")
    first = first_of(document, entity)
    return Row(
        entity,
        weight if weight in WEIGHT.words else "medium",
        cells,
        deviation([STEPS[cell.value] for cell in cells.values() if cell.value]),
        first.id if first else "",
    )


def deviation(steps: list[int]) -> float:
    """Return the population standard deviation; 0 for fewer than two values."""
    if len(steps) < 2:
        return 0.0
    mean = sum(steps) / len(steps)
    return math.sqrt(sum((step - mean) ** 2 for step in steps) / len(steps))


def _scoring(scenarios: Iterable[Entity], rows: Iterable[Row]) -> Generator[None, None, list[Score]]:
    """Return what rows, in the order of their numbers, say against each scenario, not ranked yet; no twin counts.

    It takes as long as there are cells, however many pairs of a row and a scenario have none.
    """
    counting = [row for row in rows if not row.twin_of]
    yield
    terms: dict[str, list[Term]] = {}
    assessed: dict[str, list[int]] = {}
    for place, row in enumerate(counting):
        for scenario_id, cell in row.cells.items():
            if cell.value:
                assessed.setdefault(scenario_id, []).append(place)
            if cell.points:
                term = Term(row.entity.number, cell.value, cell.points, row.factor)
                terms.setdefault(scenario_id, []).append(term)
        if place % (4 * _STEP) == 0:
            yield
    numbers = tuple(row.entity.number for row in counting)
    made: list[Score] = []
    for place, scenario in enumerate(scenarios, 1):
        here = frozenset(assessed.get(scenario.id, ()))
        made.append(_score(scenario, terms.get(scenario.id, []), numbers, here))
        if place % _STEP == 0:
            yield
    return made


def _score(scenario: Entity, terms: list[Term], numbers: tuple[str, ...], assessed: frozenset[int]) -> Score:
    plain, weighted = sum(term.points for term in terms), sum(term.weighted for term in terms)
    return Score(scenario, plain, float(weighted), tuple(terms), numbers, assessed, 0)


def _ranking(scores: Iterable[Score]) -> Generator[None, None, list[Score]]:
    """Return scores in rank order, with their ranks: 1, 2, 2, 4 where the second and third are tied."""
    made: list[Score] = []
    ordered = sorted(scores, key=lambda one: (one.marks, natural(one.entity.number)))
    for _, tied in groupby(ordered, key=_marks):
        rank = len(made) + 1
        for one in tied:
            made.append(replace(one, rank=rank))
            if len(made) % _STEP == 0:
                yield
    return made


def _marks(one: Score) -> tuple[float, int]:
    return one.marks


def steps_of(row: Row, numbers: dict[str, str]) -> list[tuple[str, str, int]]:
    """Return the terms of a row's diagnosticity: number of the scenario, value, step; `numbers` by scenario id."""
    found = [(numbers[key], cell.value, STEPS[cell.value]) for key, cell in row.cells.items() if cell.value]
    return sorted(found, key=lambda term: natural(term[0]))
