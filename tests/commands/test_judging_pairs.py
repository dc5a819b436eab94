"""Judging two sources as independent: one link a pair, one judgement an analyst, never without a reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evidenceboard import Session, commands
from evidenceboard.errors import InvalidValueError
from evidenceboard.model.link_types import link_type
from evidenceboard.model.origins import standing_of
from evidenceboard.model.records import Entity, Link
from evidenceboard.model.transaction import Transaction


def do(session: Session, work: Callable[[Transaction], Any]) -> Any:
    with session.transaction("Work") as tx:
        return work(tx)


def refused(session: Session, work: Callable[[Transaction], Any]) -> str:
    count = session.operation_count()
    with pytest.raises(InvalidValueError) as caught:
        do(session, work)
    assert session.operation_count() == count
    return str(caught.value)


@pytest.fixture
def three(session: Session) -> list[str]:
    """Return the ids of three sources that state C1, each on its own."""
    claim = session.document.entity("C1").id

    def add(tx: Transaction) -> list[str]:
        ids = [session.document.entity("S1").id]
        ids += [commands.add_entity(tx, "source", title=f"Witness {n}").id for n in (1, 2)]
        for source in ids:
            commands.link(tx, "states", source, claim, props={"basis": "own"})
        return ids

    return do(session, add)  # type: ignore[no-any-return]


def pairs(session: Session) -> list[Link]:
    return [link for link in session.document.links if link.type == "independent of"]


def test_a_pair_is_judged_with_a_reason_and_taken_back(session: Session, three: list[str]) -> None:
    one, other, _ = three
    made = do(session, lambda tx: commands.judge_independence(tx, one, other, "yes", "No contact between them"))
    assert made.id == link_type("independent of").pair_id(other, one)
    (judged,) = session.document.assessments_of(made.id)
    said = "No contact between them"
    assert (judged.value, judged.reason, made.props["reason"]) == ("yes", said, said)
    claim = session.document.entity("C1").id
    assert standing_of(session.document, claim).established == 2
    do(session, lambda tx: commands.judge_independence(tx, other, one, "no", "The same office"))
    assert (len(pairs(session)), session.document.judged(made.id, "independent")) == (1, "no")
    assert session.document.assessments_of(made.id)[0].reason == "The same office"
    do(session, lambda tx: commands.judge_independence(tx, one, other, ""))
    assert (session.document.assessments_of(made.id), len(pairs(session))) == ([], 1)
    for _ in range(3):
        session.undo()
    assert pairs(session) == []


def test_without_a_reason_nothing_is_judged(session: Session, three: list[str]) -> None:
    one, other, _ = three
    for value in ("yes", "no"):
        said = refused(session, lambda tx, value=value: commands.judge_independence(tx, one, other, value, "  "))
        assert "say why" in said
    assert "say why" in refused(
        session, lambda tx: commands.link(tx, "independent of", one, other, props={"independent": "yes"})
    )
    drawn = do(session, lambda tx: commands.link(tx, "independent of", one, other))
    assert "say why" in refused(session, lambda tx: commands.set_link(tx, drawn.id, independent="yes"))
    do(session, lambda tx: commands.set_link(tx, drawn.id, reason="Different towns"))
    do(session, lambda tx: commands.set_link(tx, drawn.id, independent="yes"))
    assert session.document.assessments_of(drawn.id)[0].reason == "Different towns"
    assert "say why" in refused(session, lambda tx: commands.set_link(tx, drawn.id, reason=""))
    assert do(session, lambda tx: commands.judge_independence(tx, one, three[2], "")) is None


def test_a_pair_has_one_link_in_whatever_direction_it_is_drawn(session: Session, three: list[str]) -> None:
    one, other, third = three
    do(session, lambda tx: commands.link(tx, "independent of", one, other))
    said = refused(session, lambda tx: commands.link(tx, "independent of", other, one))
    assert "S2 and S1 have the link “independent of” between them already" in said
    assert "is said of two" in refused(session, lambda tx: commands.link(tx, "independent of", one, one))
    assert "is said of two" in refused(
        session, lambda tx: commands.judge_independence(tx, one, one, "yes", "It is what it is")
    )
    moved = do(session, lambda tx: commands.rehang(tx, pairs(session)[0].id, to_id=third))
    assert moved.id == link_type("independent of").pair_id(one, third)
    assert "is said of two" in refused(session, lambda tx: commands.rehang(tx, moved.id, to_id=one))
    assert len(pairs(session)) == 1


def test_turning_the_link_round_keeps_what_was_judged(session: Session, three: list[str]) -> None:
    one, other, _ = three
    made = do(session, lambda tx: commands.judge_independence(tx, one, other, "yes", "Apart"))
    turned = do(session, lambda tx: commands.relink(tx, made, "independent of", other, one))
    assert (turned.id, turned.from_id, session.document.judged(turned.id, "independent")) == (made.id, other, "yes")
    plain = do(session, lambda tx: commands.relink(tx, turned, "cites", other, one))
    assert (plain.type, plain.id != made.id, session.document.assessments_of(plain.id)) == ("cites", True, [])


def test_copies_take_the_judgement_along_and_an_older_one_stays(session: Session, three: list[str]) -> None:
    one, other, _ = three
    made = do(session, lambda tx: commands.judge_independence(tx, one, other, "yes", "Apart"))
    board = session.document.boards[0].id
    cards = [session.document.card_on(board, one) or do(session, lambda tx: commands.place(tx, board, one, x=0, y=0))]
    cards.append(do(session, lambda tx: commands.place(tx, board, other, x=400, y=900)))
    do(session, lambda tx: commands.duplicate(tx, [card.id for card in cards], [], dx=50, dy=50))
    copies = [link for link in pairs(session) if link.id != made.id]
    assert [session.document.judged(link.id, "independent") for link in copies] == ["yes"]
    assert copies[0].id == link_type("independent of").pair_id(copies[0].from_id, copies[0].to_id)


def test_a_copy_of_the_file_judges_the_same_link(session: Session, three: list[str], tmp_path: Path) -> None:
    one, other, _ = three
    made = do(session, lambda tx: commands.judge_independence(tx, one, other, "yes", "Apart"))
    with Session.create(tmp_path / "other.db", title="Other") as second:
        entity = session.document.get(Entity, one), session.document.get(Entity, other)
        do(second, lambda tx: [commands.add_entity(tx, "source", title=e.title, id=e.id) for e in entity])
        again = do(second, lambda tx: commands.judge_independence(tx, other, one, "no", "One editor"))
        assert again.id == made.id


def test_a_claim_with_two_independent_origins_may_be_called_confirmed_without_more_words(
    session: Session, three: list[str]
) -> None:
    one, other, _ = three
    claim = session.document.entity("C1").id
    link = next(link for link in session.document.links_into(claim) if link.from_id == other)
    assert "by whom" in refused(session, lambda tx: commands.set_fields(tx, link.id, credibility="1"))
    do(session, lambda tx: commands.judge_independence(tx, one, other, "yes", "No contact between them"))
    do(session, lambda tx: commands.set_fields(tx, link.id, credibility="1"))
    assert session.document.judged(link.id, "credibility") == "1"
