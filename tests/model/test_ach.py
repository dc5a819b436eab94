"""The matrix of competing hypotheses: figures computed by hand, and the laws that every matrix keeps."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counting import calls
from evidenceboard import Session, commands
from evidenceboard.model.ach import EMPTY, STEPS, Matrix, deviation, matrix, steps_of
from evidenceboard.model.document import Document
from evidenceboard.model.records import Assessment, Entity, Link
from evidenceboard.model.seam import derived_id
from evidenceboard.model.transaction import Transaction

ROOT = Path(__file__).parents[2]
VALUES = ("", "CC", "C", "N", "NA", "I", "II")
WEIGHTS = ("", "high", "medium", "low")


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Session]:
    """Three scenarios; C1 high: I C II, C2: II blank N, C3 low: I I I, C4 put in and blank, E1: N NA C; C5 is out."""
    with Session.create(tmp_path / "small.db") as session, session.transaction("Fill") as tx:
        scenarios = [commands.add_entity(tx, "scenario", title=f"Scenario {n}").id for n in (1, 2, 3)]
        for weight, values in (("high", "I C II"), ("", "II - N"), ("low", "I I I")):
            claim = commands.add_entity(tx, "claim", title="Claim", props={"weight": weight})
            rate(tx, claim.id, scenarios, values)
        commands.add_entity(tx, "claim", title="Blank", props={"in_matrix": True})
        commands.add_entity(tx, "claim", title="Not in it")
        rate(tx, commands.add_entity(tx, "event", title="Event").id, scenarios, "N NA C")
    with Session.open(tmp_path / "small.db") as session:
        yield session


def rate(tx: Transaction, row_id: str, scenarios: list[str], values: str) -> None:
    for scenario_id, value in zip(scenarios, values.split(), strict=True):
        if value != "-":
            commands.link(tx, "bears on", row_id, scenario_id, props={"consistency": value})


def figures(found: Matrix) -> dict[str, tuple[int, float, int, int]]:
    """Return inconsistency, weighted inconsistency, not assessed and rank by number, in rank order."""
    return {s.entity.number: (s.inconsistency, s.weighted, s.not_assessed, s.rank) for s in found.scores}


def test_figures_of_a_small_board_are_those_computed_by_hand(board: Session) -> None:
    found = matrix(board.document)
    # H1: C1 1·2 + C2 2·1 + C3 1·½ = 4.5; H2: C3 ½; H3: C1 2·2 + C3 ½ = 4.5, and fewer marks before weights.
    assert list(figures(found).items()) == [
        ("H2", (1, 0.5, 2, 1)),
        ("H3", (3, 4.5, 1, 2)),
        ("H1", (4, 4.5, 1, 3)),
    ]
    assert [row.entity.number for row in found.rows] == ["C1", "C2", "E1", "C3", "C4"]
    by_number = {row.entity.number: row.diagnosticity for row in found.rows}
    # C1 is 2, 4, 1: the mean is 7/3, the squares of the differences add up to 14/3. C2 is 1, 3. E1 is 3, 3, 4.
    assert by_number == pytest.approx({"C1": math.sqrt(14 / 9), "C2": 1, "E1": math.sqrt(2 / 9), "C3": 0, "C4": 0})


def test_figures_of_the_sample_are_those_computed_by_hand() -> None:
    with Session.open(ROOT / "sample_board.db", read_only=True) as session:
        found = matrix(session.document)
    assert list(figures(found).items()) == [
        ("H3", (1, 1.0, 1, 1)),
        ("H4", (2, 2.0, 1, 2)),
        ("H2", (3, 3.0, 1, 3)),
        ("H1", (10, 10.0, 1, 4)),
    ]
    assert {one.blank for one in found.scores} == {("C8",)}


def test_every_figure_comes_with_the_terms_that_made_it(board: Session) -> None:
    found = matrix(board.document)
    first = next(one for one in found.scores if one.entity.number == "H1")
    assert [(t.number, t.value, t.points, t.factor, t.weighted) for t in first.terms] == [
        ("C1", "I", 1, 2.0, 2.0),
        ("C2", "II", 2, 1.0, 2.0),
        ("C3", "I", 1, 0.5, 0.5),
    ]
    assert first.blank == ("C4",)
    numbers = {one.entity.id: one.entity.number for one in found.scores}
    assert steps_of(found.rows[0], numbers) == [("H1", "I", 2), ("H2", "C", 4), ("H3", "II", 1)]


def test_equal_marks_are_a_tie_in_the_order_of_numbers(board: Session) -> None:
    with board.transaction("Weigh") as tx:
        c2 = next(iter(tx.document.links_from(tx.document.entity("C2").id)))
        commands.set_fields(tx, c2.id, consistency="I")
        commands.set_fields(tx, tx.document.entity("C1").id, weight="medium")
    # H1: 1 + 1 + ½ from 3 points; H3: 2 + ½ from 3 points.
    assert figures(matrix(board.document)) == {"H2": (1, 0.5, 2, 1), "H1": (3, 2.5, 1, 2), "H3": (3, 2.5, 1, 2)}


def test_the_judgement_that_counts_is_the_more_cautious_until_an_assessor_is_chosen(board: Session) -> None:
    link = next(one for one in board.document.links if one.type == "bears on")
    with board.transaction("Another analyst") as tx:
        tx.make(Assessment, subject_id=link.id, field="consistency", author_id="somebody", value="II")
    assert figures(matrix(board.document))["H1"][0] == 5
    with board.transaction("Choose") as tx:
        commands.set_file(tx, assessor=board.author_id)
    assert figures(matrix(board.document))["H1"][0] == 4


def test_values_and_weights_on_no_scale_count_as_not_assessed_and_medium() -> None:
    row = Entity("r", "claim", "C1", "Row")
    made = Document([
        row, Entity("h", "scenario", "H1", "Scenario"), Link("x", "bears on", "r", "h"),
        Assessment("a", "x", "consistency", "me", "VERY BAD"), Assessment("b", "r", "weight", "me", "enormous"),
    ])  # fmt: skip
    found = matrix(made)
    assert figures(found) == {"H1": (0, 0.0, 1, 1)} and found.rows[0].weight == "medium"


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_links_for_one_cell_the_same_one_counts_in_every_copy(turned: bool) -> None:
    ids = [derived_id("bears on", "r", "h"), "other"]
    links = [Link(link_id, "bears on", "r", "h") for link_id in (reversed(ids) if turned else ids)]
    judged = [Assessment("a", ids[0], "consistency", "me", "I"), Assessment("b", ids[1], "consistency", "me", "II")]
    made = Document([Entity("r", "claim", "C1", ""), Entity("h", "scenario", "H1", ""), *links, *judged])
    assert figures(matrix(made)) == {"H1": (1, 1.0, 0, 1)}


def test_a_file_without_scenarios_or_rows_has_an_empty_matrix(tmp_path: Path) -> None:
    with Session.create(tmp_path / "empty.db") as session:
        assert matrix(session.document) == EMPTY
        with session.transaction("Add") as tx:
            commands.add_entity(tx, "scenario", title="Alone")
        assert figures(matrix(session.document)) == {"H1": (0, 0.0, 0, 1)}


boards = st.tuples(
    st.integers(1, 4).flatmap(
        lambda wide: st.lists(
            st.tuples(st.sampled_from(WEIGHTS), st.lists(st.sampled_from(VALUES), min_size=wide, max_size=wide)),
            max_size=6,
        ).map(lambda rows: (wide, rows))
    ),
    st.randoms(use_true_random=False),
)


def records(wide: int, rows: list[tuple[str, list[str]]]) -> list[Entity | Link | Assessment]:
    made: list[Entity | Link | Assessment] = [Entity(f"h{n}", "scenario", f"H{n}", "") for n in range(1, wide + 1)]
    for place, (weight, values) in enumerate(rows, start=1):
        row_id = f"c{place}"
        made.append(Entity(row_id, "claim", f"C{place}", "", props={"in_matrix": True}))
        if weight:
            made.append(Assessment(f"w{place}", row_id, "weight", "me", weight))
        for n, value in enumerate(values, start=1):
            link_id = derived_id("bears on", row_id, f"h{n}")
            made.append(Link(link_id, "bears on", row_id, f"h{n}"))
            if value:
                made.append(Assessment(f"a{link_id}", link_id, "consistency", "me", value))
    return made


@given(boards)
def test_the_order_of_records_never_matters(drawn: tuple[tuple[int, list[tuple[str, list[str]]]], Random]) -> None:
    (wide, rows), chance = drawn
    made = records(wide, rows)
    mixed = list(made)
    chance.shuffle(mixed)
    one, other = matrix(Document(made)), matrix(Document(mixed))
    assert one.scores == other.scores
    assert [(r.entity, r.weight, r.cells, r.diagnosticity) for r in one.rows] == [
        (r.entity, r.weight, r.cells, r.diagnosticity) for r in other.rows
    ]


@given(boards)
def test_blank_is_counted_apart_and_neutral_adds_nothing(
    drawn: tuple[tuple[int, list[tuple[str, list[str]]]], Random],
) -> None:
    (wide, rows), _ = drawn
    neutral = [(weight, [value or "N" for value in values]) for weight, values in rows]
    one, other = figures(matrix(Document(records(wide, rows)))), figures(matrix(Document(records(wide, neutral))))
    for n in range(1, wide + 1):
        blank = sum(not values[n - 1] for _, values in rows)
        assert one[f"H{n}"][2] == blank and other[f"H{n}"][2] == 0
        assert one[f"H{n}"][:2] == other[f"H{n}"][:2]


@given(st.sampled_from(VALUES[1:]), st.integers(1, 10))
def test_a_row_of_equal_cells_does_not_discriminate(value: str, wide: int) -> None:
    (row,) = matrix(Document(records(wide, [("", [value] * wide)]))).rows
    assert row.diagnosticity == 0


@given(st.lists(st.sampled_from(list(STEPS.values())), min_size=2))
def test_diagnosticity_is_the_population_standard_deviation(steps: list[int]) -> None:
    import statistics

    assert deviation(steps) == pytest.approx(statistics.pstdev(steps))


def test_each_of_five_hundred_rows_is_as_little_work_as_each_of_fifty() -> None:
    rows = [(WEIGHTS[n % 4], [VALUES[(n * 7 + m * 3) % 7] for m in range(10)]) for n in range(500)]
    many, few = Document(records(10, rows)), Document(records(10, rows[:50]))
    assert len(matrix(many).rows) == 500
    assert calls(lambda: matrix(many)) < 11 * calls(lambda: matrix(few))
