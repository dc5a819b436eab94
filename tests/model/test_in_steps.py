"""Work in steps: who lets go of it loses nothing, and no change of the records leaves an old answer."""

from __future__ import annotations

from operator import itemgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard import Session, commands
from evidenceboard.model.document import Document
from evidenceboard.model.in_steps import Steps, ended, in_order, once
from evidenceboard.model.origins import MANY, standing_at_hand, standing_of
from evidenceboard.model.transaction import Draft


def test_work_that_somebody_let_go_of_goes_on_where_it_was_left_and_is_done_once() -> None:
    document, done = Document(), list[int]()

    def work() -> Steps[int]:
        for step in range(5):
            done.append(step)
            yield
        return sum(done)

    first = once(document, ("sum", "x"), work)
    next(first)
    next(first)
    first.close()
    assert ended(once(document, ("sum", "x"), work)) == 10
    assert ended(once(document, ("sum", "x"), work)) == 10
    assert done == [0, 1, 2, 3, 4]
    assert list(document.worked_out) == [("sum", "x")]


@given(st.lists(st.integers(0, 5), max_size=40), st.integers(1, 80))
def test_sorting_in_steps_gives_what_sorting_at_once_does_and_leaves_equals_as_they_stand(
    keys: list[int], times: int
) -> None:
    rows = list(enumerate(keys * times))
    by_key = itemgetter(1)
    assert ended(in_order(rows, by_key)) == sorted(rows, key=by_key)


@pytest.fixture
def claim(session: Session) -> str:
    """Return a claim with very many reports."""
    with session.transaction("Add") as tx:
        found = commands.add_entity(tx, "claim", title="Said by all").id
        for number in range(MANY):
            source = commands.add_entity(tx, "source", title=f"Source {number}").id
            commands.link(tx, "states", source, found, props={"basis": "own"})
    return found


def test_the_standing_of_a_claim_with_very_many_reports_follows_every_change(session: Session, claim: str) -> None:
    document = session.document
    known = ended(standing_at_hand(document, claim))
    assert known.reports == MANY and standing_of(document, claim) is known
    link = document.links_into(claim)[0]
    with session.transaction("Grade") as tx:
        commands.set_link(tx, link.id, credibility="2")
        assert standing_of(tx.document, claim).grades == ["–2"]
        assert standing_of(document, claim) is known, "what is not written yet is seen by the transaction alone"
    assert standing_of(document, claim).grades == ["–2"]
    with session.transaction("Remove") as tx:
        commands.remove(tx, [link.id])
    assert standing_of(document, claim).reports == MANY - 1
    session.undo()
    assert standing_of(document, claim).reports == MANY


def test_what_is_seen_through_a_draft_follows_the_document_below(session: Session, claim: str) -> None:
    draft = Draft(session.document)
    assert standing_of(draft, claim).grades == []
    with session.transaction("Grade") as tx:
        commands.set_link(tx, session.document.links_into(claim)[0].id, credibility="2")
    assert standing_of(draft, claim).grades == ["–2"]


def test_moving_a_card_lets_go_of_nothing(session: Session, claim: str) -> None:
    known = standing_of(session.document, claim)
    with session.transaction("Move") as tx:
        commands.move_cards(tx, [session.document.cards[0].id], 8, 8)
    assert standing_of(session.document, claim) is known
