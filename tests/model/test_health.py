"""Board health: what each rule finds, what it leaves alone, and silencing with a reason."""

from __future__ import annotations

import pytest

from evidenceboard import Session, commands
from evidenceboard.errors import InvalidValueError, NotFoundError
from evidenceboard.model.ach import matrix
from evidenceboard.model.health import (
    BARE,
    CIRCULAR,
    ONE_ORIGIN,
    RULES,
    UNJUDGED,
    UNREADABLE,
    UNSOURCED,
    UNTRIED,
    UNVERIFIED,
    Finding,
    health,
)
from evidenceboard.model.linchpins import ROW, linchpins
from evidenceboard.model.transaction import Transaction


def found(session: Session, rule: str) -> list[str]:
    return [f"{one.number} {one.what}" for one in health(session.document).findings if one.rule == rule]


def of(tx: Transaction, number: str) -> str:
    return tx.document.entity(number).id


def first(session: Session, rule: str) -> Finding:
    return next(one for one in health(session.document).findings if one.rule == rule)


def test_a_claim_that_no_source_states_is_found_until_one_does(session: Session) -> None:
    assert found(session, UNSOURCED) == ["C2 No source states this claim."]
    with session.transaction("State") as tx:
        commands.link(tx, "denies", of(tx, "S1"), of(tx, "C2"))
    assert len(found(session, UNSOURCED)) == 1
    with session.transaction("State") as tx:
        commands.link(tx, "states", of(tx, "S1"), of(tx, "C2"))
    assert found(session, UNSOURCED) == []


def test_single_origins_count_where_a_scenario_of_high_confidence_rests_on_them(session: Session) -> None:
    assert found(session, ONE_ORIGIN) == []
    with session.transaction("Judge") as tx:
        commands.set_fields(tx, of(tx, "H1"), confidence="high")
    assert found(session, ONE_ORIGIN) == ["C1 H1, of high confidence, rests on it, and it has no origin."]
    with session.transaction("First hand") as tx:
        commands.set_fields(tx, of(tx, "S1"), first_hand="yes")
    assert found(session, ONE_ORIGIN) == ["C1 H1, of high confidence, rests on it, and it has one origin."]
    with session.transaction("A second origin") as tx:
        other = commands.add_entity(tx, "source", title="Other", props={"first_hand": True})
        commands.link(tx, "states", other.id, of(tx, "C1"), props={"basis": "own"})
    assert found(session, ONE_ORIGIN) == []
    session.undo()
    with session.transaction("Speaks against it") as tx:
        cell = next(link for link in tx.document.links if link.type == "bears on")
        commands.set_fields(tx, cell.id, consistency="I")
    assert found(session, ONE_ORIGIN) == []


def test_a_scenario_is_untried_until_something_is_inconsistent_with_it(session: Session) -> None:
    assert found(session, UNTRIED) == ["H1 Nothing is rated inconsistent with this scenario."]
    with session.transaction("Judge") as tx:
        cell = next(link for link in tx.document.links if link.type == "bears on")
        commands.set_fields(tx, cell.id, consistency="II")
    assert found(session, UNTRIED) == []


def test_a_circle_of_citations_is_named_once(session: Session) -> None:
    with session.transaction("Cite") as tx:
        ring = [of(tx, "S1"), *(commands.add_entity(tx, "source", title="Echo").id for _ in range(2))]
        for one, other in zip(ring, [*ring[1:], ring[0]], strict=True):
            commands.link(tx, "cites", one, other)
        own = commands.add_entity(tx, "source", title="Itself").id
        commands.link(tx, "cites", own, own)
    assert found(session, CIRCULAR) == ["S1 S1 cites S2 cites S3 cites S1.", "S4 S4 cites S4."]


def test_what_the_order_of_scenarios_hangs_on_is_found_where_it_is_graded_f6(session: Session) -> None:
    with session.transaction("Weigh") as tx:
        commands.add_entity(tx, "scenario", title="They leave")
        claim, source = of(tx, "C1"), of(tx, "S1")
        stated, cell = (next(x for x in tx.document.links if x.type == kind) for kind in ("states", "bears on"))
        commands.set_fields(tx, cell.id, consistency="I")
    assert found(session, UNJUDGED) == []
    with session.transaction("Grade") as tx:
        commands.set_fields(tx, source, reliability="F")
        commands.set_fields(tx, stated.id, credibility="6")
    assert found(session, UNJUDGED) == [
        "C1 Its best grade is F6. If C1 is wrong, nothing is left to tell the scenarios apart."
    ]
    with session.transaction("Another row") as tx:
        row = commands.add_entity(tx, "event", title="Arrival")
        commands.link(tx, "bears on", row.id, of(tx, "H2"), props={"consistency": "C"})
    assert found(session, UNJUDGED) == ["C1 Its best grade is F6. If C1 is wrong, H1 and H2 tie."]
    assert [pin.change for pin in linchpins(session.document, matrix(session.document)) if pin.kind == ROW] == [
        "If C1 is wrong, H1 and H2 tie."
    ]
    with session.transaction("A better report") as tx:
        other = commands.add_entity(tx, "source", title="Other", props={"reliability": "B"})
        commands.link(tx, "states", other.id, claim, props={"credibility": "2"})
    assert found(session, UNJUDGED) == []
    with session.transaction("It speaks against neither") as tx:
        commands.set_fields(tx, cell.id, consistency="N")
    assert found(session, UNJUDGED) == []


def test_a_relation_between_actors_rests_on_a_claim_that_is_there(session: Session) -> None:
    with session.transaction("Relate") as tx:
        other = commands.add_entity(tx, "actor", title="Regiment")
        bare = commands.link(tx, "related", of(tx, "A1"), other.id, props={"label": "commands"})
        commands.link(tx, "related", of(tx, "A1"), of(tx, "C1"))
    assert found(session, BARE) == ["A1 A1 to A2: this relation rests on no claim."]
    with session.transaction("Rest it") as tx:
        commands.set_fields(tx, bare.id, rests_on="C1")
    assert found(session, BARE) == []
    with session.transaction("Remove the claim") as tx:
        commands.remove(tx, [of(tx, "C1")])
    assert len(found(session, BARE)) == 1


def test_an_attachment_is_told_until_it_was_verified(session: Session) -> None:
    with session.transaction("Keep") as tx:
        kept = commands.attach(tx, of(tx, "S1"), "scan.pdf", b"%PDF")
    assert found(session, UNVERIFIED) == ["S1 A file kept with it was never compared with its digest."]
    with session.transaction("Verify") as tx:
        commands.note_verified(tx, [kept.id])
    assert found(session, UNVERIFIED) == []
    session.undo()
    assert len(found(session, UNVERIFIED)) == 1


def test_dates_that_cannot_be_read_are_found_on_entities_and_links(session: Session) -> None:
    with session.transaction("Import") as tx:
        commands.add_entity(tx, "event", title="Arrival", props={"happened": "soon"}, strangers=True)
        commands.link(tx, "states", of(tx, "S1"), of(tx, "C2"), props={"date": "2024-13"}, strangers=True)
    assert found(session, UNREADABLE) == [
        "E1 “Happened” is not understood as a date.",
        "S1 “Reported” of S1 states C2 is not understood as a date.",
    ]


def test_a_finding_is_silenced_with_a_reason_and_told_again_when_that_is_taken_back(session: Session) -> None:
    finding = first(session, UNSOURCED)
    with session.transaction("Silence") as tx:
        commands.silence(tx, finding.rule, finding.subject_id, "  A working assumption  ")
    assert found(session, UNSOURCED) == []
    assert health(session.document).silenced == [(finding, "A working assumption")]
    assert len(found(session, UNTRIED)) == 1
    with session.transaction("Say it better") as tx:
        commands.silence(tx, finding.rule, finding.subject_id, "Assumed")
    assert [reason for _, reason in health(session.document).silenced] == ["Assumed"]
    with session.transaction("Tell again") as tx:
        commands.unsilence(tx, finding.rule, finding.subject_id)
    assert first(session, UNSOURCED) == finding
    session.undo()
    assert found(session, UNSOURCED) == []
    with Session.open(session.path, read_only=True) as again:
        assert health(again.document).silenced == health(session.document).silenced


def test_silencing_needs_a_rule_a_thing_and_a_reason(session: Session) -> None:
    finding = first(session, UNSOURCED)
    before = session.operation_count()
    for rule, subject, reason, kind in (
        ("no such rule", finding.subject_id, "why", InvalidValueError),
        (finding.rule, "nobody", "why", NotFoundError),
        (finding.rule, finding.subject_id, "  ", InvalidValueError),
        (finding.rule, finding.subject_id, "x" * 2_000_000, InvalidValueError),
    ):
        with pytest.raises(kind, match="nothing was changed"), session.transaction("Silence") as tx:
            commands.silence(tx, rule, subject, reason)
    with session.transaction("Tell again") as tx:
        commands.unsilence(tx, finding.rule, finding.subject_id)
    assert session.operation_count() == before


def test_findings_come_by_rule_and_number_and_lead_to_an_entity_that_is_there(session: Session) -> None:
    with session.transaction("Add claims") as tx:
        for _ in range(11):
            commands.add_entity(tx, "claim", title="One more")
    told = health(session.document).findings
    assert [one.number for one in told if one.rule == UNSOURCED] == [f"C{n}" for n in range(2, 14)]
    assert [list(RULES).index(one.rule) for one in told] == sorted(list(RULES).index(one.rule) for one in told)
    assert all(session.document.entity(one.entity_id).number == one.number for one in told)
