"""Where an open conflict is shown, and in which words."""

from __future__ import annotations

from evidenceboard import Session, commands
from evidenceboard.model.conflicts import DELETED, conflict_id
from evidenceboard.model.health import UNDECIDED, health
from evidenceboard.model.records import Conflict
from evidenceboard.model.undecided import chip_words, field_of, fields_undecided, holder_of, undecided


def ask(session: Session, table: str, record_id: str, field: str) -> Conflict:
    said = {name: {"value": value, "author": name, "counter": 1, "at": ""}
            for name, value in (("a", "one"), ("b", DELETED if field == DELETED else "two"))}  # fmt: skip
    made = Conflict(conflict_id(table, record_id, field), table, record_id, field, said)
    with session.transaction("Ask") as tx:
        tx.put(made)
    return made


def test_each_is_shown_on_the_card_of_what_it_is_about_in_the_words_of_its_form(session: Session) -> None:
    document = session.document
    claim, source = document.entity("C1"), document.entity("S1")
    states = next(one for one in document.links if one.type == "states")
    graded = next(one for one in document.table("assessments").values() if getattr(one, "subject_id", "") == states.id)
    card = document.cards_of(claim.id)[0]
    board = document.boards[0]
    expected = [
        ("entities", claim.id, "title", claim.id, "title"),
        ("entities", claim.id, "props.in_matrix", claim.id, "in the matrix"),
        ("entities", source.id, DELETED, source.id, "deletion"),
        ("links", states.id, "props.quote", source.id, "states: quote"),
        ("assessments", graded.id, "value", source.id, "states: credibility"),
        ("cards", card.id, DELETED, claim.id, "deletion of a card"),
        ("boards", board.id, "title", "", "title"),
        ("settings", "title", "value", "", "title"),
    ]
    for table, record_id, field, holder, words in expected:
        made = ask(session, table, record_id, field)
        assert (holder_of(document, made), field_of(document, made)) == (holder, words)
    assert fields_undecided(document, claim.id) == ("deletion of a card", "in the matrix", "title")
    assert sum(map(len, undecided(document).values())) == len(expected)
    assert chip_words(fields_undecided(document, claim.id)) == "3 fields undecided"
    assert chip_words(("title",)) == "title undecided"


def test_health_lists_them_until_somebody_decides(session: Session) -> None:
    made = ask(session, "entities", session.document.entity("C1").id, "title")
    ask(session, "entities", session.document.entity("C2").id, DELETED)
    found = [one for one in health(session.document).findings if one.rule == UNDECIDED]
    assert [one.number for one in found] == ["C1", "C2"]
    assert "title" in found[0].what and "deleted" in found[1].what
    with session.transaction("Decide") as tx:
        commands.decide(tx, made.id, "b")
    assert [one.number for one in health(session.document).findings if one.rule == UNDECIDED] == ["C2"]


def test_what_is_about_nothing_any_more_is_not_shown(session: Session) -> None:
    ask(session, "entities", session.document.entity("C2").id, "title")
    with session.transaction("Remove") as tx:
        commands.remove(tx, [tx.document.entity("C2").id])
    assert undecided(session.document) == {}
    session.undo()
    assert len(undecided(session.document)) == 1
