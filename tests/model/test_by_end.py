"""Links that are sorted by their ends: the same are found as where each link is looked at."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard import Session, commands
from evidenceboard.model import by_end
from evidenceboard.model.by_end import ByEnd
from evidenceboard.model.scene import Scene

CARDS, LINKS = 60, 900


@given(
    st.integers(0, 40),
    st.sets(st.integers(0, CARDS - 1), max_size=4),
    st.lists(st.tuples(st.integers(0, LINKS - 1), st.integers(0, CARDS - 1)), max_size=15),
)
def test_among_what_is_found_are_all_links_of_some_cards(
    seed: int, cards: set[int], changed: list[tuple[int, int]]
) -> None:
    chance = np.random.default_rng(seed)
    ends = np.minimum(chance.exponential(9, (2, LINKS)), CARDS - 1).astype(np.int32)
    known = ByEnd(ends, CARDS)
    for link, card in changed:
        ends[0, link] = card
        assert known.note(link)
    slots = np.array(sorted(cards), np.intp)
    found = known.near(slots)
    there = np.flatnonzero(np.isin(ends, slots).any(axis=0))
    if found is None:
        assert np.isin(ends, slots).sum() > LINKS / 20
    else:
        assert set(there.tolist()) <= set(found.tolist())
        assert found.tolist() == sorted(set(found.tolist()))


def test_where_too_many_lead_elsewhere_nothing_is_known_any_more() -> None:
    known = ByEnd(np.zeros((2, LINKS), np.int32), CARDS)
    assert [known.note(0) for _ in range(LINKS // 10)].count(True) < LINKS // 20


def test_a_board_knows_the_links_of_cards_after_any_change(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_end, "FROM", 0)
    monkeypatch.setattr(by_end, "_LOOSE", 9.0)
    monkeypatch.setattr(by_end, "_MOST", 9.0)
    document = session.document
    board = document.boards[0].id
    scene = Scene(document, board)
    scene.sort_out()
    session.subscribe(lambda operation: scene.update(operation, document))

    def same() -> None:
        assert scene._by_end is not None
        fresh = Scene(document, board)
        for card_id in fresh.slot_of:
            found = [scene.link_ids[index] for index in scene.links_at([scene.slot_of[card_id]])]
            assert sorted(found) == sorted(fresh.link_ids[index] for index in fresh.links_at([fresh.slot_of[card_id]]))

    same()
    with session.transaction("Add") as tx:
        made = commands.add_entity(tx, "note", title="New")
        commands.place(tx, board, made.id, x=0.0, y=0.0)
        commands.link(tx, "related", made.id, document.entity("C1").id)
    same()
    with session.transaction("Remove") as tx:
        commands.take_off(tx, [card.id for card in document.cards_of(document.entity("C1").id)])
    same()
    session.undo()
    same()
