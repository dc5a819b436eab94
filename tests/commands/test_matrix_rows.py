"""Judging cells, giving reasons, and putting rows into the matrix and taking them out."""

from __future__ import annotations

import pytest

from evidenceboard import Session, commands
from evidenceboard.errors import InvalidValueError
from evidenceboard.model.ach import cell_link, matrix
from evidenceboard.model.transaction import Transaction


def of(tx: Transaction, number: str) -> str:
    return tx.document.entity(number).id


def values(session: Session) -> dict[str, list[str]]:
    """Return the values of each row, in the order of the scenarios' numbers."""
    found = matrix(session.document)
    ids = sorted(one.entity.id for one in found.scores)
    return {row.entity.number: [row.value(one) for one in ids] for row in found.rows}


def test_judging_a_cell_makes_its_link_or_changes_the_one_there_is(session: Session) -> None:
    with session.transaction("Judge") as tx:
        commands.rate(tx, of(tx, "C2"), of(tx, "H1"), "II")
        commands.rate(tx, of(tx, "C1"), of(tx, "H1"), "n")
    assert values(session) == {"C1": ["N"], "C2": ["II"]}
    assert sum(link.type == "bears on" for link in session.document.links) == 2
    with session.transaction("Clear") as tx:
        commands.rate(tx, of(tx, "C2"), of(tx, "H1"), "")
    assert values(session) == {"C1": ["N"], "C2": [""]}
    session.undo()
    session.undo()
    assert values(session) == {"C1": ["C"]}


def test_a_value_on_no_scale_and_a_row_of_another_type_are_refused(session: Session) -> None:
    before = session.operation_count()
    for number, value in (("C2", "maybe"), ("A1", "C")):
        with pytest.raises(InvalidValueError, match="nothing was changed"), session.transaction("Judge") as tx:
            commands.rate(tx, of(tx, number), of(tx, "H1"), value)
    assert session.operation_count() == before


def test_a_reason_stands_on_the_link_and_with_the_judgement_and_can_be_taken_back(session: Session) -> None:
    with session.transaction("Why") as tx:
        commands.give_reason(tx, of(tx, "C1"), of(tx, "H1"), "Too few lorries")
    link = cell_link(session.document, session.document.entity("C1").id, session.document.entity("H1").id)
    assert link is not None and link.props["reason"] == "Too few lorries"
    assert [one.reason for one in session.document.assessments_of(link.id)] == ["Too few lorries"]
    with session.transaction("Why not") as tx:
        commands.give_reason(tx, link.from_id, link.to_id, "")
    link = cell_link(session.document, link.from_id, link.to_id)
    assert link is not None and link.props["reason"] == ""
    assert [one.reason for one in session.document.assessments_of(link.id)] == [""]
    with session.transaction("Before judging") as tx:
        made = commands.give_reason(tx, of(tx, "C2"), of(tx, "H1"), "Not judged yet")
    assert values(session)["C2"] == [""] and made.props["reason"] == "Not judged yet"


def test_claims_and_events_are_put_in_blank_and_taken_out_with_their_cells(session: Session) -> None:
    with session.transaction("Put in") as tx:
        event = commands.add_entity(tx, "event", title="Arrival")
        assert commands.put_into_matrix(tx, [of(tx, "C2"), event.id, of(tx, "A1")]) == 2
    assert values(session) == {"C1": ["C"], "C2": [""], "E1": [""]}
    with session.transaction("Take out") as tx:
        for number in ("C1", "C2"):
            commands.take_out_of_matrix(tx, of(tx, number))
    assert values(session) == {"E1": [""]}
    assert not [one for one in session.document.table("assessments").values() if getattr(one, "value", "") == "C"]
    with pytest.raises(InvalidValueError, match="Only claims and events"), session.transaction("Put in") as tx:
        commands.put_into_matrix(tx, [of(tx, "A1")])
