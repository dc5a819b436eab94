"""Setting markings: raising is free, lowering takes a reason, and what is copied or hung elsewhere loses none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidenceboard import Session, commands
from evidenceboard.commands.clipboard import copied, paste
from evidenceboard.errors import InvalidValueError
from evidenceboard.model.card_size import fitted_height
from evidenceboard.model.markings import effective
from evidenceboard.model.records import Attachment, Board, Card, Entity, Link
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.types import entity_type


def mark(session: Session, word: str, of: str, reason: str = "") -> None:
    with session.transaction("Mark") as tx:
        commands.set_marking(tx, of, word, reason)


def states(session: Session) -> Link:
    return next(link for link in session.document.links if link.type == "states")


def test_a_marking_is_raised_without_a_word_and_lowered_only_with_a_reason(session: Session) -> None:
    claim = session.document.entity("C1")
    mark(session, "amber", claim.id)
    assert session.document.entity("C1").marking == "TLP:AMBER"
    with session.transaction("Mark the file") as tx:
        commands.set_file(tx, marking="RED")
    with pytest.raises(InvalidValueError, match=r"C1 is TLP:RED from the file; lowering it needs a reason"):
        mark(session, "TLP:GREEN", claim.id)
    with pytest.raises(InvalidValueError, match="lowering it needs a reason"):
        mark(session, "TLP:GREEN", claim.id, "  ")
    mark(session, "TLP:GREEN", claim.id, "printed in a newspaper")
    now = session.document.entity("C1")
    assert (now.marking, now.marking_reason) == ("TLP:GREEN", "printed in a newspaper")
    assert effective(session.document, now).above == "TLP:RED"
    session.undo()
    assert session.document.entity("C1").marking_reason == ""


def test_a_link_below_its_ends_names_the_end_that_it_would_be_lowered_from(session: Session) -> None:
    mark(session, "RED", session.document.entity("S1").id)
    link = states(session)
    with pytest.raises(InvalidValueError, match=r"This link is TLP:RED by S1; lowering it needs a reason"):
        mark(session, "GREEN", link.id)
    with session.transaction("Mark") as tx:
        commands.set_fields(tx, link.id, marking="GREEN", reason="names nobody")
    assert effective(session.document, states(session)).word == "TLP:GREEN"
    with session.transaction("Hang it elsewhere") as tx:
        commands.set_marking(tx, tx.document.entity("C2").id, "RED")
        commands.rehang(tx, link.id, to_id=tx.document.entity("C2").id)
    assert effective(session.document, states(session)).word == "TLP:RED", "the reason was given for other ends"


def test_boards_and_kept_files_have_markings_of_their_own(session: Session) -> None:
    claim = session.document.entity("C1")
    with session.transaction("Attach") as tx:
        kept = commands.attach(tx, claim.id, "list.txt", b"names")
        commands.set_file(tx, marking="AMBER")
    board = session.document.boards[0].id
    mark(session, "RED", kept.id)
    with pytest.raises(InvalidValueError, match="This board is TLP:AMBER from the file"):
        mark(session, "CLEAR", board)
    with session.transaction("Mark") as tx:
        commands.set_fields(tx, board, marking="CLEAR", marking_reason="for the press")
    assert session.document.get(Attachment, kept.id).marking == "TLP:RED"
    assert effective(session.document, session.document.get(Board, board)).word == "TLP:CLEAR"
    with pytest.raises(InvalidValueError, match="only the marking is set here"), session.transaction("Set") as tx:
        commands.set_fields(tx, board, title="x")


def test_a_reason_beside_what_is_not_lowered_is_refused_and_an_old_one_goes_with_the_lowering(session: Session) -> None:
    claim = session.document.entity("C1")
    with pytest.raises(InvalidValueError, match="A reason stands beside a marking that is lower"):
        mark(session, "RED", claim.id, "because")
    with session.transaction("Mark the file") as tx:
        commands.set_file(tx, marking="AMBER")
    mark(session, "GREEN", claim.id, "printed")
    mark(session, "RED", claim.id)
    assert session.document.entity("C1").marking_reason == ""
    mark(session, "", claim.id)
    assert session.document.entity("C1").marking == ""


def test_several_are_marked_at_once_and_the_reason_stays_with_those_that_are_lowered(session: Session) -> None:
    document = session.document
    mark(session, "RED", document.entity("S1").id)
    with session.transaction("Mark {n} things", n=2) as tx:
        commands.set_markings(tx, [states(session).id, document.entity("C2").id], "GREEN", "names nobody")
    assert states(session).marking_reason == "names nobody"
    assert (document.entity("C2").marking, document.entity("C2").marking_reason) == ("TLP:GREEN", "")


def test_a_new_entity_or_link_below_what_it_inherits_needs_its_reason_too(session: Session) -> None:
    with session.transaction("Mark the file") as tx:
        commands.set_file(tx, marking="AMBER")
    for make in (
        lambda tx: commands.add_entity(tx, "note", title="x", marking="GREEN"),
        lambda tx: commands.link(
            tx, "related", tx.document.entity("C1").id, tx.document.entity("A1").id, marking="GREEN"
        ),
    ):
        with pytest.raises(InvalidValueError, match="needs a reason"), session.transaction("Add") as tx:
            make(tx)
    with session.transaction("Add") as tx:
        made = commands.add_entity(tx, "note", title="x", marking="GREEN", marking_reason="printed")
    assert made.marking_reason == "printed"


def heights(session: Session) -> None:
    for card in session.document.cards:
        entity = session.document.get(Entity, card.entity_id)
        face = entity_type(entity.type).face(entity, session.document, card.board_id)
        assert card.h == fitted_height(face, card.w), entity.number


def test_cards_stay_as_high_as_what_they_show_whatever_is_marked(session: Session) -> None:
    board = session.document.boards[0].id
    steps = [
        lambda tx: commands.set_marking(tx, tx.document.entity("A1").id, "GREEN"),
        lambda tx: commands.set_marking(tx, board, "RED"),
        lambda tx: commands.set_marking(tx, board, ""),
        lambda tx: commands.set_file(tx, marking="AMBER"),
        lambda tx: commands.set_marking(tx, board, "CLEAR", "for the press"),
        lambda tx: commands.set_file(tx, marking="CLEAR"),
        lambda tx: commands.set_file(tx, marking="RED"),
        lambda tx: commands.set_marking(tx, board, ""),
    ]
    for step in steps:
        with session.transaction("Mark") as tx:
            step(tx)
        heights(session)


# -- into another file -----------------------------------------------------------------------------------------------


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Session]:
    with Session.create(tmp_path / "other.db") as opened:
        yield opened


def pasted(session: Session, other: Session) -> Session:
    data = json.loads(json.dumps(copied(session.document, [card.id for card in session.document.cards])))

    def put(tx: Transaction) -> None:
        paste(tx, other.document.boards[0].id, data, dx=0, dy=0)

    with other.transaction("Paste") as tx:
        put(tx)
    return other


def test_what_is_pasted_into_a_file_that_is_marked_lower_keeps_the_marking_it_had_from_its_file(
    session: Session, other: Session
) -> None:
    with session.transaction("Mark") as tx:
        commands.set_file(tx, marking="RED")
        commands.set_marking(tx, tx.document.entity("C1").id, "GREEN", "printed")
        tx.change(tx.document.entity("C2"), marking="TLP:CLEAR")
    there = pasted(session, other).document
    assert {e.title: effective(there, e).word for e in there.entities} == {
        e.title: effective(session.document, e).word for e in session.document.entities
    }
    assert all(effective(there, link).word == "TLP:RED" for link in there.links)


def test_what_is_pasted_into_a_file_that_is_marked_as_high_stays_as_it_is(session: Session, other: Session) -> None:
    there = pasted(session, other).document
    assert not any(record.marking for record in (*there.entities, *there.links))
    assert all(isinstance(card, Card) for card in there.cards)


def test_a_deception_twin_has_the_marking_of_its_first_row_with_the_reason(session: Session) -> None:
    claim = session.document.entity("C1").id
    with session.transaction("Mark") as tx:
        commands.set_file(tx, marking="AMBER")
        commands.set_marking(tx, claim, "GREEN", "printed")
        twin = commands.add_deception_twin(tx, claim)
    assert effective(session.document, session.document.get(Entity, twin.id)).reason == "printed"
