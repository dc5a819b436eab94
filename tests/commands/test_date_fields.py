"""Dates in fields: written as people write them, held as EDTF, never lost where they cannot be read."""

from __future__ import annotations

import pytest

from evidenceboard import Session, commands
from evidenceboard.errors import InvalidValueError
from evidenceboard.model.records import Entity
from evidenceboard.model.types import entity_type


def held(session: Session, number: str, key: str) -> object:
    return session.document.entity(number).props.get(key)


def put(session: Session, number: str, **fields: str) -> None:
    with session.transaction("Change fields") as tx:
        commands.set_fields(tx, tx.document.entity(number).id, **fields)


def test_a_date_is_held_as_edtf_wherever_it_is_written(session: Session) -> None:
    put(session, "C1", happened="mid Oct 2024")
    put(session, "S1", published="18 October 2024")
    with session.transaction("Add and link") as tx:
        event = commands.add_entity(tx, "event", title="Arrival", props={"happened": "autumn 2024"})
        claim, source = tx.document.entity("C2"), tx.document.entity("S1")
        stated = commands.link(tx, "states", source.id, claim.id, props={"date": "since 2024"})
    assert held(session, "C1", "happened") == "2024-10-11~/2024-10-20~"
    assert held(session, "S1", "published") == "2024-10-18"
    assert session.document.get(Entity, event.id).props == {"happened": "2024-23"}
    assert stated.props == {"date": "2024/.."}
    put(session, "C1", happened="")
    assert held(session, "C1", "happened") == ""


@pytest.mark.parametrize("typed", ["yesterday-ish", "2024-13", "../..", "soon", "9" * 5000])
def test_what_is_no_date_is_refused_in_words_and_nothing_changes(session: Session, typed: str) -> None:
    put(session, "C1", happened="2024")
    before = session.operation_count()
    with pytest.raises(InvalidValueError) as refused:
        put(session, "C1", happened=typed, title="Other")
    said = str(refused.value)
    assert said.startswith("“happened” does not take this value.") and "nothing was changed" in said
    assert typed not in said
    with pytest.raises(InvalidValueError), session.transaction("Link") as tx:
        ends = tx.document.entity("S1").id, tx.document.entity("C2").id
        commands.link(tx, "states", *ends, props={"date": typed})
    with pytest.raises(InvalidValueError), session.transaction("Add") as tx:
        commands.add_entity(tx, "event", title="Arrival", props={"happened": typed})
    assert session.operation_count() == before and held(session, "C1", "happened") == "2024"


def test_a_date_in_the_file_that_cannot_be_read_is_shown_as_typed_and_outlives_other_changes(session: Session) -> None:
    with session.transaction("Import") as tx:
        event = commands.add_entity(tx, "event", title="Arrival", props={"happened": "soon after"}, strangers=True)
    put(session, event.number, title="Arrival of the first", happened="soon after")
    found = session.document.entity(event.number)
    assert found.title == "Arrival of the first" and found.props["happened"] == "soon after"
    assert entity_type("event").second_line(found, session.document) == "soon after"


def test_a_year_that_is_missing_comes_from_the_clock_of_the_session(session: Session) -> None:
    put(session, "C1", happened="since August")
    found = str(held(session, "C1", "happened"))
    assert found.endswith("-08/..") and found[:2] == "20"
