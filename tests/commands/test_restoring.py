"""Going back: the board is what it was, the history stays, one undo takes it back, and no marking is lowered."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard import Session, commands
from evidenceboard.errors import NotFoundError
from evidenceboard.model.document import Document
from evidenceboard.model.records import TABLES, Record
from evidenceboard.store import backups


def held(document: Document) -> dict[str, dict[str, Record]]:
    return {table: dict(document.table(table)) for table in TABLES}


def test_a_snapshot_is_restored_as_one_step_that_undo_takes_back(session: Session, tmp_path: Path) -> None:
    made = backups.make(session.path)
    before = held(session.document)
    claim = session.document.entity("C1")
    with session.transaction("Work") as tx:
        commands.remove(tx, [claim.id])
        commands.set_fields(tx, session.document.entity("A1").id, title="Somebody")
        commands.add_entity(tx, "note", title="New")
    later, count = held(session.document), session.operation_count()
    with Session.open(made.path, read_only=True) as kept, session.transaction("Restore an earlier state") as tx:
        assert commands.become(tx, kept.document, kept.attachment) > 3
    assert held(session.document) == before
    assert session.operation_count() == count + 1
    session.undo()
    assert held(session.document) == later


def test_attachments_come_back_with_their_bytes(session: Session, tmp_path: Path) -> None:
    empty = tmp_path / "empty.db"
    session.save_copy(empty)
    with session.transaction("Attach") as tx:
        kept = commands.attach(tx, session.document.entity("S1").id, "a.txt", b"words")
    with Session.open(empty) as other, other.transaction("Restore an earlier state") as tx:
        commands.become(tx, session.document, session.attachment)
    with Session.open(empty) as other:
        assert other.attachment(kept.sha256) == b"words"


def test_going_back_never_lowers_the_marking_nor_switches_snapshots_on(session: Session) -> None:
    made = backups.make(session.path)
    with session.transaction("Mark") as tx:
        commands.set_file(tx, marking="TLP:RED", title="Later")
        commands.switch_backups(tx, False)
    with Session.open(made.path, read_only=True) as kept, session.transaction("Restore an earlier state") as tx:
        commands.become(tx, kept.document)
    assert session.document.setting("marking") == "TLP:RED"
    assert session.document.setting("title") == "Winter"
    assert commands.why_no_backups(session.document) == "off"


def test_snapshots_are_off_for_red_anywhere_in_the_file_and_where_they_are_switched_off(session: Session) -> None:
    assert commands.why_no_backups(session.document) == ""
    with session.transaction("Mark") as tx:
        commands.set_marking(tx, session.document.entity("C1").id, "TLP:RED")
    assert commands.why_no_backups(session.document) == "red"
    session.undo()
    assert commands.why_no_backups(session.document) == ""
    with session.transaction("Switch") as tx:
        commands.switch_backups(tx, False)
    assert commands.why_no_backups(session.document) == "off"
    with session.transaction("Switch") as tx:
        commands.switch_backups(tx, True)
    assert commands.why_no_backups(session.document) == ""


def test_a_named_state_is_worked_out_from_the_history(session: Session) -> None:
    then, before = session.history(1)[0][0].id, held(session.document)
    cards = [card.id for card in session.document.cards]
    with session.transaction("Move") as tx:
        commands.move_cards(tx, cards, 40, 8)
    with session.transaction("Remove") as tx:
        commands.remove(tx, cards[:2])
    with session.transaction("Name this state") as tx:
        commands.name_snapshot(tx, "Before", then)
    earlier = session.document_at(then)
    with session.transaction("Restore an earlier state") as tx:
        commands.become(tx, earlier)
    now = held(session.document)
    assert len(now.pop("snapshots")) == 1 and now == {name: rows for name, rows in before.items() if name in now}
    with pytest.raises(NotFoundError):
        session.document_at("nowhere")


@given(st.lists(st.integers(0, 4), min_size=1, max_size=12), st.data())
def test_whatever_was_done_going_back_is_exact_and_taken_back_exactly(
    board_path: Path, steps: list[int], data: st.DataObject
) -> None:
    path = board_path.with_name("walk.db")
    path.unlink(missing_ok=True)
    with Session.open(board_path, read_only=True) as origin:
        origin.save_copy(path)
    with Session.open(path) as session:
        states = {session.history(1)[0][0].id: held(session.document)}
        for step in steps:
            ids = [entity.id for entity in session.document.entities]
            cards = [card.id for card in session.document.cards]
            with session.transaction("Step") as tx:
                if step == 0:
                    commands.add_entity(tx, "claim", title="More")
                elif step == 1 and ids:
                    commands.remove(tx, [data.draw(st.sampled_from(ids))])
                elif step == 2 and cards:
                    commands.move_cards(tx, data.draw(st.lists(st.sampled_from(cards), unique=True)), 8, -16)
                elif step == 3 and ids:
                    commands.set_fields(tx, data.draw(st.sampled_from(ids)), notes="Seen")
            if step == 4:
                session.undo()
            states[session.history(1)[0][0].id] = held(session.document)
        then = data.draw(st.sampled_from(sorted(states)))
        latest = held(session.document)
        count = session.operation_count()
        earlier = session.document_at(then)
        with session.transaction("Restore an earlier state") as tx:
            commands.become(tx, earlier)
        assert held(session.document) == states[then]
        if session.operation_count() > count:
            session.undo()
        assert held(session.document) == latest
