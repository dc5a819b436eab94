"""Deception twins: a second row, rated apart, that counts only in place of its first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidenceboard import Session, commands
from evidenceboard.errors import InvalidValueError
from evidenceboard.model.ach import Matrix, matrix
from evidenceboard.model.deception import first_of
from evidenceboard.model.document import Document
from evidenceboard.model.health import UNTRIED, health
from evidenceboard.model.linchpins import linchpins, swaps
from evidenceboard.model.records import Assessment, Entity, Link, Record
from evidenceboard.model.supposing import Supposition, suppose
from evidenceboard.model.types import entity_type


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Session]:
    """C1, high, marked GREEN: II C; C2: N I; E1: C N."""
    with Session.create(tmp_path / "small.db") as session:
        with session.transaction("Fill") as tx:
            scenarios = [commands.add_entity(tx, "scenario", title=f"Scenario {n}").id for n in (1, 2)]
            for type_id, weight, cells in (("claim", "high", "II C"), ("claim", "", "N I"), ("event", "", "C N")):
                row = commands.add_entity(tx, type_id, title="Row", props={"weight": weight})
                for scenario_id, value in zip(scenarios, cells.split(), strict=True):
                    commands.rate(tx, row.id, scenario_id, value)
            commands.set_fields(tx, tx.document.entity("C1").id, marking="GREEN")
        yield session


def twin(board: Session, number: str, cells: str = "") -> Entity:
    with board.transaction("Add a deception twin") as tx:
        made = commands.add_deception_twin(tx, tx.document.entity(number).id)
        for scenario, value in zip(("H1", "H2"), cells.split(), strict=bool(cells)):
            commands.rate(tx, made.id, tx.document.entity(scenario).id, value)
    return made


def marks(found: Matrix) -> dict[str, tuple[float, int, int]]:
    return {s.entity.number: (s.weighted, s.inconsistency, s.not_assessed) for s in found.scores}


def test_a_twin_is_a_row_of_its_own_beneath_its_first_and_counts_nowhere(board: Session) -> None:
    before = matrix(board.document)
    made = twin(board, "C1", "C II")
    assert (made.number, made.title, made.marking) == ("C3", "If C1 is deception", "TLP:GREEN")
    found = matrix(board.document)
    numbers = [row.entity.number for row in found.rows]
    assert numbers == ["C1", "C3", "C2", "E1"]
    row = found.rows[1]
    assert row.twin_of == found.rows[0].entity.id and row.weight == "high" and row.diagnosticity == 1.5
    assert marks(found) == marks(before) == {"H2": (1, 1, 0), "H1": (4, 2, 0)}
    assert linchpins(board.document, found) == linchpins(board.document, before)


def test_the_swap_is_the_matrix_with_the_cells_of_the_twin_in_place_of_its_first(board: Session) -> None:
    made = twin(board, "C1", "C II")
    (swap,) = swaps(matrix(board.document))
    # H1 loses 2·2, H2 gains 2·2 to the 1 of C2.
    assert swap.before == {"H1": (4, 2), "H2": (1, 1)} and swap.after == {"H1": (0, 0), "H2": (5, 3)}
    assert (swap.first, swap.twin, swap.change) == ("C1", "C3", "H1 overtakes H2.")
    found = suppose(board.document, Supposition(true=frozenset({made.id})))
    assert list(found.falls.values()) == ["C1 falls: by C3 it is supposed to be deception."]
    then = {number: (weighted, plain) for number, (weighted, plain, _) in marks(matrix(found.document)).items()}
    assert then == swap.after


def test_a_twin_falls_with_its_first(board: Session) -> None:
    twin(board, "E1")
    first = board.document.entity("E1")
    found = suppose(board.document, Supposition(frozenset({first.id})))
    assert list(found.fallen.values()) == ["E2 falls: it reads E1 as deception, and E1 is supposed false."]


def test_a_twin_goes_with_its_first_in_one_step_and_comes_back_with_it(board: Session) -> None:
    made = twin(board, "C1", "C II")
    before = board.document.table("entities").copy(), board.document.table("links").copy()
    with board.transaction("Remove") as tx:
        commands.remove(tx, [tx.document.entity("C1").id])
    assert board.document.find("entities", made.id) is None
    board.undo()
    assert (dict(board.document.table("entities")), dict(board.document.table("links"))) == before
    with board.transaction("Take out") as tx:
        commands.take_out_of_matrix(tx, tx.document.entity("C1").id)
    assert board.document.find("entities", made.id) is None
    board.undo()
    with board.transaction("Take out") as tx:
        commands.take_out_of_matrix(tx, made.id)
    assert board.document.find("entities", made.id) is None
    assert [row.entity.number for row in matrix(board.document).rows] == ["C1", "C2", "E1"]


def test_what_cannot_have_a_twin_is_refused_in_words(board: Session) -> None:
    made = twin(board, "C1")
    counted = board.operation_count()
    for number, said in (("C1", "has a deception twin already, C3"), ("C3", "is a deception twin itself"),
                         ("H1", "Only claims and events")):  # fmt: skip
        with pytest.raises(InvalidValueError, match=said), board.transaction("Add") as tx:
            commands.add_deception_twin(tx, tx.document.entity(number).id)
    for number, of in (("C2", "C3"), ("C2", "C2"), ("C1", "C2"), ("C2", "C1;C2")):
        with pytest.raises(InvalidValueError, match="cannot be the deception twin"), board.transaction("Tie") as tx:
            commands.set_fields(tx, tx.document.entity(number).id, twin_of=of)
    assert board.operation_count() == counted
    with board.transaction("Untie") as tx:
        commands.set_fields(tx, made.id, twin_of="")
    assert first_of(board.document, board.document.entity("C3")) is None


def test_health_and_cards_ask_no_source_of_a_twin_and_count_no_cell_of_it(board: Session) -> None:
    with board.transaction("Fill") as tx:
        third = commands.add_entity(tx, "scenario", title="Scenario 3")
    made = twin(board, "C1")
    with board.transaction("Judge") as tx:
        commands.rate(tx, made.id, third.id, "II")
    found = health(board.document).findings
    assert "C3" not in {one.number for one in found}
    assert ("H3", UNTRIED) in {(one.number, one.rule) for one in found}
    chips = {
        n: entity_type(e.type).face(e, board.document).chips for n in ("C3", "H3") for e in [board.document.entity(n)]
    }
    assert chips["C3"][0].text == "deception twin of C1" and chips["H3"][0].text == "nothing weighed"


@pytest.mark.parametrize(
    "tied",
    [
        {"C1": ["C2"], "C2": ["C1"]},
        {"C1": ["C1"]},
        {"C1": ["missing"]},
        {"C1": ["H1"]},
        {"C1": ["C2", "E1"]},
        {"C1": "C2"},
        {"C1": {"of": "C2"}},
        {"C1": 7},
    ],
)
def test_a_tie_of_a_hand_made_file_that_says_nothing_clear_makes_no_twin(tied: dict[str, object]) -> None:
    made = hand_made(tied)
    found = matrix(made)
    assert not any(row.twin_of for row in found.rows) and marks(found) == {"H1": (3, 3, 0)}
    assert not swaps(found) and len(found.rows) == 3
    assert health(made).findings


def test_a_twin_of_a_twin_in_a_hand_made_file_counts_as_a_row_of_its_own() -> None:
    found = matrix(hand_made({"C2": ["C1"], "C3": ["C2"]}, "C3"))
    assert [(row.entity.number, bool(row.twin_of)) for row in found.rows] == [
        ("C1", False), ("C2", True), ("C3", False), ("E1", False)
    ]  # fmt: skip
    assert marks(found) == {"H1": (3, 3, 0)}


def hand_made(tied: dict[str, object], *more: str) -> Document:
    """Return claims C1 and C2 and an event, each I against H1, tied as given."""
    records: list[Record] = [Entity("H1", "scenario", "H1", "")]
    for number in ("C1", "C2", *more, "E1"):
        props = {"twin_of": tied[number]} if number in tied else {}
        kind = "event" if number == "E1" else "claim"
        records += [
            Entity(number, kind, number, "", props=props),
            Link(f"to {number}", "bears on", number, "H1"),
            Assessment(f"on {number}", f"to {number}", "consistency", "me", "I"),
        ]
    return Document(records)
