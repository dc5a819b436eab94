"""Judging: a reason belongs to its value, and “confirmed by other independent sources” says by whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidenceboard import Session, commands
from evidenceboard.errors import InvalidValueError
from evidenceboard.formats.importing import import_file
from evidenceboard.model.health import UNCONFIRMED, health
from evidenceboard.model.records import Link


def stated(session: Session) -> Link:
    return next(link for link in session.document.links if link.type == "states")


def put(session: Session, subject_id: str, **fields: str) -> None:
    with session.transaction("Judge") as tx:
        commands.set_fields(tx, subject_id, **fields)


def reason(session: Session, subject_id: str) -> str:
    return session.document.assessments_of(subject_id)[0].reason


def test_another_value_does_not_inherit_the_reason_of_the_one_before(session: Session) -> None:
    source = session.document.entity("S1").id
    put(session, source, reliability="D", reason="was wrong twice")
    put(session, source, reliability="D")
    assert reason(session, source) == "was wrong twice"
    put(session, source, reliability="C")
    assert reason(session, source) == ""


def test_a_reason_can_be_given_beside_a_judgement_of_a_link_and_afterwards(session: Session) -> None:
    link = stated(session).id
    put(session, link, credibility="3", reason="saw it from afar")
    assert reason(session, link) == "saw it from afar"
    assert "reason" not in session.document.get(Link, link).props
    with session.transaction("Say why") as tx:
        commands.explain(tx, link, "credibility", "saw it at night")
    assert reason(session, link) == "saw it at night"
    with pytest.raises(InvalidValueError), session.transaction("Say why") as tx:
        commands.explain(tx, link, "confidence", "nothing to explain")
    with pytest.raises(InvalidValueError, match="beside a judgement"):
        put(session, link, reason="beside nothing")


def test_confirmed_needs_two_established_origins_or_a_reason(session: Session) -> None:
    link, count = stated(session).id, session.operation_count()
    for nothing in ({}, {"reason": "  "}):
        with pytest.raises(InvalidValueError, match="by whom"):
            put(session, link, credibility="1", **nothing)
    assert session.operation_count() == count
    put(session, link, credibility="1", reason="two ministries told us")
    assert session.document.judged(link, "credibility") == "1"
    put(session, link, credibility="1")
    assert reason(session, link) == "two ministries told us"
    with pytest.raises(InvalidValueError, match="by whom"), session.transaction("Say why") as tx:
        commands.explain(tx, link, "credibility", "")


def test_a_new_link_that_says_confirmed_needs_its_reason_too(session: Session) -> None:
    source, claim = session.document.entity("S1").id, session.document.entity("C2").id
    with pytest.raises(InvalidValueError, match="by whom"), session.transaction("Link") as tx:
        commands.link(tx, "states", source, claim, props={"credibility": "1"})
    assert session.document.links_into(claim)[0].type == "asserts"
    for type_id in ("states", "denies"):
        with session.transaction("Link") as tx:
            made = commands.link(tx, type_id, source, claim, props={"credibility": "1", "reason": "the ministry"})
        assert reason(session, made.id) == "the ministry"
        assert made.props.get("reason") is None


@pytest.mark.parametrize("wrong", ["7", "0", "confirmed", "B"])
def test_a_credibility_that_is_on_no_scale_is_refused(session: Session, wrong: str) -> None:
    with pytest.raises(InvalidValueError, match="one of 1, 2, 3, 4, 5, 6"):
        put(session, stated(session).id, credibility=wrong)


def test_a_source_graded_z_is_refused(session: Session) -> None:
    with pytest.raises(InvalidValueError, match="one of A, B, C, D, E, F"):
        put(session, session.document.entity("S1").id, reliability="Z")
    assert session.document.judged(session.document.entity("S1").id, "reliability") == "B"


def test_what_another_file_says_is_taken_as_it_is_and_board_health_notes_it(session: Session, tmp_path: Path) -> None:
    table = tmp_path / "said.csv"
    table.write_text("from,type,to,credibility\nS1,states,C2,1\n")
    path = session.path
    session.close()
    import_file(path, table)
    session = Session.open(path, read_only=True)
    link = next(one for one in session.document.links if session.document.judged(one.id, "credibility") == "1")
    found = [one for one in health(session.document).findings if one.rule == UNCONFIRMED]
    session.close()
    assert [one.subject_id for one in found] == [link.id]


def test_a_new_source_is_graded_with_its_reason_at_once(session: Session) -> None:
    with session.transaction("Add") as tx:
        made = commands.add_entity(tx, "source", title="A paper", props={"reliability": "B", "reason": "a long record"})
    assert reason(session, made.id) == "a long record" and "reason" not in made.props
    with pytest.raises(InvalidValueError, match="beside a judgement"), session.transaction("Add") as tx:
        commands.add_entity(tx, "source", title="Another", props={"reason": "of nothing"})
