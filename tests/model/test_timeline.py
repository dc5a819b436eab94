"""Happened, reported and captured: three dates, in the order of time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from evidenceboard import Session, commands
from evidenceboard.errors import NotFoundError
from evidenceboard.model.document import Document
from evidenceboard.model.records import Entity
from evidenceboard.model.timeline import Moment, moment, moments, touched
from evidenceboard.model.transaction import Transaction


def by_number(session: Session) -> dict[str, Moment]:
    return {one.number: one for one in moments(session.document)}


def test_a_claim_was_reported_when_the_first_source_said_it(session: Session) -> None:
    with session.transaction("Add") as tx:
        claim, first = tx.document.entity("C1"), tx.document.entity("S1")
        commands.set_fields(tx, claim.id, happened="2024-10")
        commands.set_fields(tx, first.id, published="2024-11-20")
        assert (one := {m.number: m for m in moments(tx.document)}["C1"]) and one.reported == "2024-11-20"
        later = commands.add_entity(tx, "source", title="Daily", props={"published": "2024-12"})
        commands.link(tx, "denies", later.id, claim.id, props={"date": "2024-11-02"})
        event = commands.add_entity(tx, "event", title="Arrival", props={"happened": "../2024-09"})
        commands.link(tx, "about", claim.id, event.id)
    found = by_number(session)
    assert (found["C1"].happened, found["C1"].reported) == ("2024-10", "2024-11-02")
    assert (found["E1"].happened, found["E1"].reported) == ("../2024-09", "2024-11-02")
    assert (found["S2"].happened, found["S2"].reported) == ("", "2024-12")
    assert found["C1"].span and str(found["C1"].span.latest) == "2024-10-31"
    assert found["S2"].span and str(found["S2"].span.earliest) == "2024-12-01"
    assert found["C2"].span is None and found["C2"].reported == ""


def test_a_claim_was_captured_when_its_source_was_kept_first(session: Session) -> None:
    with session.transaction("Keep") as tx:
        kept = commands.attach(tx, tx.document.entity("S1").id, "page.html", b"<p>words</p>")
    found = by_number(session)
    assert found["C1"].captured == found["S1"].captured == kept.captured_at != ""
    assert found["C2"].captured == ""


def test_an_open_start_comes_first_and_what_has_no_date_last(session: Session) -> None:
    with session.transaction("Add") as tx:
        for date in ("2024-10-18", "", "../2024", "soon", "2024-10", "-0044", "2024-10/..", "Y170000002"):
            commands.add_entity(tx, "event", title=date or "none", props={"happened": date}, strangers=True)
    order = [one.title for one in moments(session.document) if one.type == "event"]
    assert order == ["../2024", "-0044", "2024-10", "2024-10/..", "2024-10-18", "Y170000002", "none", "soon"]


def test_a_deception_twin_stands_on_no_timeline(session: Session) -> None:
    with session.transaction("Ask") as tx:
        twin = commands.add_deception_twin(tx, tx.document.entity("C1").id)
    assert "C1" in by_number(session) and twin.number not in by_number(session)


def test_actors_and_scenarios_stand_on_no_timeline(board_path: Path) -> None:
    with Session.open(board_path, read_only=True) as session:
        assert {one.type for one in moments(session.document)} == {"claim", "source"}


@given(st.lists(st.text("0123456789-/.~?X", max_size=12), max_size=8))
def test_whatever_dates_a_file_holds_all_entities_are_listed_in_time_order(dates: list[str]) -> None:
    document = Document(
        Entity(f"e{n}", "event", f"E{n}", "t", props={"happened": date}) for n, date in enumerate(dates)
    )
    found = moments(document)
    assert sorted(one.entity_id for one in found) == sorted(f"e{n}" for n in range(len(dates)))
    known = [one.span for one in found if one.span]
    assert found[len(known) :] == [one for one in found if one.span is None]
    earliest = [span.earliest for span in known if span.earliest]
    assert earliest == sorted(earliest)


@given(st.lists(st.integers(0, 7), max_size=6))
def test_an_operation_says_whose_dates_it_may_have_changed(steps: list[int]) -> None:
    with TemporaryDirectory() as folder, Session.create(Path(folder) / "b.db") as session:
        with session.transaction("Add") as tx:
            source = commands.add_entity(tx, "source", title="Report", props={"published": "2024-11"}).id
            claim = commands.add_entity(tx, "claim", title="Lorries").id
            event = commands.add_entity(tx, "event", title="Arrival").id
            commands.link(tx, "states", source, claim)
            about = commands.link(tx, "about", claim, event).id
        known = {one.entity_id: one for one in moments(session.document)}
        deeds: list[Callable[[Transaction], object]] = [
            lambda tx: commands.set_fields(tx, source, published="2024-12-24"),
            lambda tx: commands.set_fields(tx, claim, happened="2024-10"),
            lambda tx: commands.attach(tx, source, "page.html", b"words"),
            lambda tx: commands.remove(tx, [about]),
            lambda tx: commands.remove(tx, [source]),
            lambda tx: commands.add_entity(tx, "event", title="Another"),
            lambda tx: commands.link(tx, "denies", source, claim, props={"date": "2023"}),
        ]
        for step in steps:
            try:
                if step == 7:
                    session.undo()
                else:
                    with session.transaction("Do") as tx:
                        deeds[step](tx)
            except NotFoundError:
                continue
            operation = session.operation(session.history(1)[0][0].id)
            for entity_id in touched(session.document, operation):
                found = session.document.find("entities", entity_id)
                if isinstance(found, Entity):
                    known[entity_id] = moment(session.document, found)
                else:
                    known.pop(entity_id, None)
            assert known == {one.entity_id: one for one in moments(session.document)}
