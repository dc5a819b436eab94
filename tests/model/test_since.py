"""What became of cards since an earlier state: every card of then and now is told of once, and only if it differs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.model.document import Document
from evidenceboard.model.records import Board, Card, Entity, Record, Setting
from evidenceboard.model.since import CHANGED, MOVED, REMOVED, since

TOUCHED = [("entities", str(n)) for n in range(4)] + [("cards", f"c{n}") for n in range(4)] + [("settings", "title")]


def made(cards: list[tuple[bool, str, int]]) -> Document:
    """Return a board with some of four cards, each with the title and place given."""
    records: list[Record] = [Board("b", "Board")]
    records += [Entity(str(n), "claim", f"C{n}", title) for n, (_, title, _) in enumerate(cards)]
    records += [Card(f"c{n}", "b", str(n), x=x, y=0, w=10, h=10) for n, (there, _, x) in enumerate(cards) if there]
    return Document([*records, Setting("title", cards[0][1])])


STATE = st.lists(st.tuples(st.booleans(), st.sampled_from("ab"), st.integers(0, 2)), min_size=4, max_size=4)


@given(STATE, STATE)
def test_each_card_is_told_of_by_what_differs(
    then: list[tuple[bool, str, int]], now: list[tuple[bool, str, int]]
) -> None:
    found = since(made(then), made(now), "b", TOUCHED)
    wanted = {}
    for n, ((was, title, x), (is_, name, place)) in enumerate(zip(then, now, strict=True)):
        if was and not is_:
            wanted[f"c{n}"] = REMOVED
        elif was and title != name:
            wanted[f"c{n}"] = CHANGED
        elif was and x != place:
            wanted[f"c{n}"] = MOVED
    assert found.became == wanted
    assert [card.id for card in found.added] == [f"c{n}" for n in range(4) if now[n][0] and not then[n][0]]
    assert since(made(then), made(then), "b", TOUCHED).became == {}
