"""The board as it was: every state that was recorded comes back exactly, whichever way one goes to it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from evidenceboard import Session, commands
from evidenceboard.errors import EvidenceBoardError, NotFoundError
from evidenceboard.merge.taking_in import merge_file
from evidenceboard.model.document import Document
from evidenceboard.model.records import TABLES, Record
from evidenceboard.session import Past


def held(document: Document) -> dict[str, dict[str, Record]]:
    return {table: dict(document.table(table)) for table in TABLES}


def looked_up(document: Document) -> list[object]:
    """Return what the indexes of a document say, in an order of their own."""
    board = document.boards[0].id
    return [
        sorted(card.id for card in document.cards_on(board)),
        document.heights(board),
        sorted(entity.id for entity in document.entities for _ in document.links_of(entity.id)),
        sorted(one.id for one in document.marked("entities")),
    ]


def newest(session: Session) -> str:
    return session.history(1)[0][0].id


def act(session: Session, step: int, data: st.DataObject, copy: Path) -> None:
    """Do one of the things that people do, by a number."""
    ids = [entity.id for entity in session.document.entities]
    cards = [card.id for card in session.document.cards]
    if step == 0:
        session.undo()
    elif step == 1:
        session.redo()
    elif step == 2 and ids:
        copy.unlink(missing_ok=True)
        session.save_copy(copy)
        with Session.open(copy) as other:
            with other.transaction("There") as tx:
                commands.add_entity(tx, "note", title="From a colleague")
                commands.set_fields(tx, ids[0], notes="There")
            other.undo()
            other.redo()
        with session.transaction("Here") as tx:
            commands.set_fields(tx, ids[0], title="Here")
        merge_file(session, copy)
    else:
        with session.transaction("Step") as tx:
            if step == 3:
                made = [commands.add_entity(tx, "claim", title="More") for _ in range(6)]
                for one in made:
                    commands.place(tx, tx.document.boards[0].id, one.id, x=1, y=2)
            elif step == 4 and ids:
                commands.remove(tx, data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True)))
            elif step == 5 and cards:
                commands.move_cards(tx, data.draw(st.lists(st.sampled_from(cards), unique=True)), 8, -16)
            elif step == 6 and ids:
                commands.set_fields(tx, data.draw(st.sampled_from(ids)), marking="TLP:AMBER", notes="Seen")
            elif step == 7:
                commands.name_snapshot(tx, "A name", newest(session))


@given(st.lists(st.integers(0, 7), min_size=1, max_size=10), st.data())
@given_settings(max_examples=25)
def test_every_recorded_state_comes_back_exactly_whatever_was_done_and_whichever_way_one_goes(
    board_path: Path, steps: list[int], data: st.DataObject
) -> None:
    path = board_path.with_name("walk.db")
    path.unlink(missing_ok=True)
    with Session.open(board_path, read_only=True) as origin:
        origin.save_copy(path)
    with Session.open(path) as session:
        states = {newest(session): (held(session.document), looked_up(session.document))}
        session.subscribe(lambda made: states.update({made.id: (held(session.document), looked_up(session.document))}))
        for step in steps:
            act(session, step, data, path.with_name("copy.db"))
        content = sha256(path.read_bytes()).digest()
        for operation_id, (records, _) in states.items():
            assert held(session.document_at(operation_id)) == records
        with Past(session) as past:
            for operation_id in data.draw(st.permutations(sorted(states))):
                past.go(operation_id)
                assert past.operation_id == operation_id
                assert (held(past.document), looked_up(past.document)) == states[operation_id]
        assert (held(session.document), looked_up(session.document)) == states[newest(session)]
        assert sha256(path.read_bytes()).digest() == content


def test_what_a_merge_brought_leads_to_the_state_after_the_merge(session: Session, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    session.save_copy(copy)
    with Session.open(copy) as other, other.transaction("There") as tx:
        theirs = commands.add_entity(tx, "note", title="From a colleague").id
    with session.transaction("Here") as tx:
        commands.add_entity(tx, "note", title="Mine")
    merge_file(session, copy)
    merged = held(session.document)
    brought = session.steps.brought()
    with session.transaction("Later") as tx:
        commands.remove(tx, [theirs])
    assert len(brought) == 1
    assert held(session.document_at(next(iter(brought)))) == merged


def test_listeners_are_told_what_differs_and_the_session_itself_goes_on(session: Session) -> None:
    then = newest(session)
    claim = session.document.entity("C1").id
    with session.transaction("Rename") as tx:
        commands.set_fields(tx, claim, title="Another")
    past = Past(session)
    told: list[set[str]] = []
    past.subscribe(lambda operation: told.append(operation.ids("entities")))
    past.go(then)
    assert told == [{claim}] and past.document.entity("C1").title == "Lorries carried 3,000 soldiers"
    with session.transaction("Add") as tx:
        note = commands.add_entity(tx, "note", title="Now").id
    assert past.document.find("entities", note) is None and ("entities", note) in past.since
    assert len(past) == len(past.ids) == past.place + 2
    past.go(newest(session))
    assert held(past.document) == held(session.document)
    past.close()
    assert session.document.entity("C1").title == "Another"


def test_nothing_is_changed_through_the_past(session: Session) -> None:
    with Past(session) as past:
        assert past.is_past and past.read_only and not session.is_past
        with pytest.raises(EvidenceBoardError), past.transaction("No") as tx:
            commands.add_entity(tx, "note")
        assert past.undo() is None
        with pytest.raises(NotFoundError):
            past.go("nowhere")


def test_a_judgement_shows_the_history_that_it_had_then(session: Session) -> None:
    source = session.document.entity("S1").id
    then = newest(session)
    with session.transaction("Judge") as tx:
        commands.set_fields(tx, source, reliability="C")
    with Past(session) as past:
        assert len(past.judgement_history(source, "reliability")) == 2
        past.go(then)
        assert [one.after for one in past.judgement_history(source, "reliability")] == ["B"]


def test_a_copy_is_a_board_of_its_own_without_what_came_later(session: Session, tmp_path: Path) -> None:
    then, records = newest(session), held(session.document)
    with session.transaction("Attach") as tx:
        commands.attach(tx, session.document.entity("S1").id, "a.txt", b"planted words")
        commands.add_entity(tx, "note", title="Came later")
        commands.name_snapshot(tx, "Before", then)
    out = tmp_path / "then.db"
    with Past(session) as past:
        past.go(then)
        past.save_copy(out)
    for word in (b"Came later", b"planted words", b"Before"):
        assert word not in out.read_bytes()
    with Session.open(out) as copy:
        assert held(copy.document) == records
        assert [operation.label for operation, _ in copy.history()] == ["Make a board of an earlier state"]
        with copy.transaction("Go on") as tx:
            assert commands.add_entity(tx, "claim").number == "C3"


def test_where_something_was_taken_out_of_the_log_it_is_said_that_the_way_ends_there(session: Session) -> None:
    then = newest(session)
    with session.transaction("Rename") as tx:
        commands.set_fields(tx, session.document.entity("C1").id, title="Secret")
    middle = newest(session)
    with session.transaction("Rename") as tx:
        commands.set_fields(tx, session.document.entity("C1").id, title="Plain")
    path = session.path
    session.close()
    with closing(sqlite3.connect(path)) as board, board:
        board.execute("update changes set before = null, after = null, salt = '' where op = ?", (middle,))
    with Session.open(path, read_only=True) as again:
        assert again.document_at(middle).entity("C1").title == "Secret"
        with pytest.raises(EvidenceBoardError, match="taken out"):
            again.document_at(then)


def test_the_operations_about_a_card_are_found_also_when_what_belonged_to_it_is_gone(session: Session) -> None:
    claim, other = session.document.entity("C1"), session.document.entity("A1").id
    card = session.document.cards_of(claim.id)[0].id
    done: list[str] = []
    for act_on in (
        lambda tx: commands.move_cards(tx, [card], 5, 5),
        lambda tx: commands.set_fields(tx, claim.id, notes="x"),
        lambda tx: commands.set_fields(tx, session.document.links_into(claim.id)[0].id, credibility="3"),
        lambda tx: commands.remove(tx, [claim.id]),
    ):
        with session.transaction("About it") as tx:
            act_on(tx)
        done.append(newest(session))
    with session.transaction("Another") as tx:
        commands.set_fields(tx, other, notes="x")
    found = session.steps.about(claim.id, ())
    assert set(done) <= found and newest(session) not in found
