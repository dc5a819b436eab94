"""How high the cards of a board lie is known whatever was done to them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evidenceboard import Session, commands
from evidenceboard.model.heights import Heights


@given(st.lists(st.integers(-5, 5)), st.lists(st.tuples(st.integers(0, 50), st.none() | st.integers(-9, 9))))
def test_the_range_is_that_of_the_cards(start: list[int], deeds: list[tuple[int, int | None]]) -> None:
    cards = list(start)
    heights = Heights(start)
    for place, new in deeds:
        old = cards.pop(place % len(cards)) if cards else None
        heights.change(old, new)
        cards.extend([] if new is None else [new])
        assert heights.range() == heights.copied().range() == (min(cards, default=0), max(cards, default=0))


def test_a_document_knows_them_through_raising_undo_and_another_board(session: Session) -> None:
    here = session.document.boards[0].id
    with session.transaction("Make {n} cards", n=3) as tx:
        there = commands.add_board(tx, "There").id
        ids = [
            commands.place(tx, board, commands.add_entity(tx, "claim", title="A").id, x=0, y=0).id
            for board in (there, there, here)
        ]
    assert session.document.heights(here) == session.document.heights(there) == (0, 0)
    with session.transaction("Raise") as tx:
        commands.raise_(tx, ids[:1])
        commands.raise_(tx, ids[1:2])
        commands.raise_(tx, ids[1:2])
        assert tx.document.heights(there) == (1, 3)
    assert session.document.heights(there) == (1, 3) and session.document.heights(here) == (0, 0)
    with Session.open(session.path, read_only=True) as again:
        assert again.document.heights(there) == (1, 3)
    session.undo()
    assert session.document.heights(there) == (0, 0)
