"""Two documents laid over each other: everything that either has is there, and is marked as what it is."""

from __future__ import annotations

import shutil
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from evidenceboard import Session, commands
from evidenceboard.merge.overlaid import KINDS, MINE, MOVED, OTHER, THEIRS, overlaid, place_of
from evidenceboard.model.document import Document
from evidenceboard.model.records import TABLES

DEED = st.tuples(st.sampled_from(["add", "retitle", "move", "remove", "link", "grade"]), st.integers(0, 4))


def do(session: Session, deed: str, place: int, word: str) -> None:
    entities = session.document.entities
    one = entities[place % len(entities)] if entities else None
    with session.transaction("Do") as tx:
        if deed == "add" or one is None:
            made = commands.add_entity(tx, "claim", title=f"{word} {place}")
            commands.place(tx, tx.document.boards[0].id, made.id, x=place * 300, y=900)
        elif deed == "retitle":
            commands.set_fields(tx, one.id, title=f"{word} {place}")
        elif deed == "move":
            commands.move_cards(tx, [card.id for card in tx.document.cards_of(one.id)], 80 + place, 40)
        elif deed == "remove" and len(entities) > 2:
            commands.remove(tx, [one.id])
        elif deed == "link" and one.id != entities[-1].id:
            commands.link(tx, "related", one.id, entities[-1].id, props={"label": word})
        elif deed == "grade" and one.type == "scenario":
            commands.set_fields(tx, one.id, likelihood="likely")


@settings(max_examples=12)
@given(st.lists(DEED, max_size=6), st.lists(DEED, max_size=6))
def test_everything_that_either_has_is_there_and_marked(
    board_path: Path, mine: list[tuple[str, int]], theirs: list[tuple[str, int]]
) -> None:
    folder = board_path.parent
    one, other = (Path(shutil.copy(board_path, folder / f"{name}.db")) for name in ("mine", "theirs"))
    for path, deeds in ((one, mine), (other, theirs)):
        with Session.open(path) as session:
            for deed, place in deeds:
                do(session, deed, place, path.stem)
    with Session.open(one, read_only=True) as here, Session.open(other, read_only=True) as there:
        made = overlaid(here.document, there.document)
        for table in TABLES:
            both = {*here.document.table(table), *there.document.table(table)}
            assert set(made.document.table(table)) == both
        for card_id in made.document.table("cards"):
            kind = made.cards.get(card_id, "")
            known = [document.find("cards", card_id) for document in (here.document, there.document)]
            assert (kind == THEIRS) == (known[0] is None)
            assert (kind == MINE) == (known[1] is None)
            assert kind in (*KINDS, "") and (kind != MOVED or known[0] != known[1])
        assert not (made.difference.changed and not (made.cards or made.links))
        for item in (*made.difference.added, *made.difference.removed, *made.difference.moved):
            entity_id, link_id = place_of(made, item.table, item.id)
            assert not entity_id or made.document.find("entities", entity_id) is not None
            assert not link_id or made.document.find("links", link_id) is not None


def test_a_changed_judgement_marks_the_card_and_that_of_a_link_the_link(session: Session, board_path: Path) -> None:
    other = Path(shutil.copy(board_path, board_path.with_name("other.db")))
    with Session.open(other) as theirs:
        with theirs.transaction("Grade") as tx:
            commands.set_fields(tx, tx.document.entity("S1").id, reliability="D")
            link = next(one for one in tx.document.links if one.type == "states")
            commands.set_fields(tx, link.id, quote="word by word")
        made = overlaid(session.document, theirs.document)
    source = session.document.entity("S1")
    assert made.links == {link.id: OTHER}
    assert made.cards == {card.id: OTHER for card in session.document.cards_of(source.id)}


def test_a_board_over_itself_has_no_marks(session: Session) -> None:
    made = overlaid(session.document, session.document)
    assert made.difference.is_empty and not made.cards and not made.links
    assert isinstance(made.document, Document)
