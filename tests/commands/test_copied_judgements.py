"""What comes along when copied cards are put into another file: whose judgement each one was, above all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidenceboard import Session, commands
from evidenceboard.commands.clipboard import KIND, copied, paste
from evidenceboard.errors import InvalidValueError


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Session]:
    """Return an empty board on which somebody else works."""
    with Session.create(tmp_path / "other.db") as opened:
        opened.author_id = "bob"
        yield opened


def judge(session: Session, author_id: str, letter: str) -> None:
    own, session.author_id = session.author_id, author_id
    with session.transaction("Judge") as tx:
        commands.set_fields(tx, session.document.entity("S1").id, reliability=letter, reason=f"so says {author_id}")
    session.author_id = own


def pasted(session: Session, data: dict[str, object]) -> None:
    with session.transaction("Paste") as tx:
        paste(tx, session.document.boards[0].id, json.loads(json.dumps(data)), dx=0, dy=0)


def graded(session: Session, number: str) -> set[tuple[str, str, str]]:
    found = session.document.assessments_of(session.document.entity(number).id)
    return {(one.author_id, one.value, one.reason) for one in found}


def test_pasted_into_another_file_each_judgement_is_still_that_of_who_made_it(session: Session, other: Session) -> None:
    judge(session, "ann", "D")
    cards = [session.document.cards_of(session.document.entity(number).id)[0].id for number in ("S1", "C1")]
    data = copied(session.document, cards)
    pasted(other, data)
    mine = session.author_id
    assert graded(other, "S1") == {(mine, "B", ""), ("ann", "D", "so says ann")}
    states = other.document.links_from(other.document.entity("S1").id)[0]
    assert [(one.author_id, one.value) for one in other.document.assessments_of(states.id)] == [(mine, "2")]
    judge(other, "bob", "F")
    assert graded(other, "S1") == {(mine, "B", ""), ("ann", "D", "so says ann"), ("bob", "F", "so says bob")}
    path = other.path
    other.close()
    with Session.open(path) as again:
        assert again.problems == []
        assert len(graded(again, "S1")) == 3
        again.undo()
        again.undo()
        assert again.document.entities == []
        again.redo()
        assert len(graded(again, "S1")) == 2


def test_one_who_pastes_again_what_was_copied_from_the_other_file_has_no_judgement_twice(
    session: Session, other: Session
) -> None:
    numbers = ("C1", "H1")
    cards = [session.document.cards_of(session.document.entity(number).id)[0].id for number in numbers]
    data = copied(session.document, cards)
    data["assessments"] = [*data["assessments"], *data["assessments"]]
    pasted(other, data)
    bears = other.document.links_from(other.document.entity("C1").id)[0]
    assert [one.value for one in other.document.assessments_of(bears.id)] == ["C"]


def test_what_was_never_copied_here_is_refused_whole(session: Session) -> None:
    count = session.operation_count()
    for data in ({}, {"kind": "another"}, {"kind": KIND, "cards": [{"id": "x"}]}):
        with pytest.raises(InvalidValueError, match="nothing was changed"):
            pasted(session, data)
    assert session.operation_count() == count
