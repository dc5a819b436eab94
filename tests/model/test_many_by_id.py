"""Very many things by id are held as in a dict, but for their order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard import commands
from evidenceboard.model import many_by_id
from evidenceboard.model.many_by_id import ManyById, each_once
from evidenceboard.model.scene import Scene
from evidenceboard.session import Session

IDS = st.text("abc", min_size=1, max_size=3)
DEEDS = st.lists(st.tuples(st.sampled_from(["set", "del", "pop", "popitem"]), IDS, st.integers(0, 99)))


@given(st.lists(IDS))
def test_each_of_some_ids_is_told_once_where_it_comes_first(ids: list[str]) -> None:
    assert list(each_once(ids)) == list(dict.fromkeys(ids))


@given(DEEDS)
def test_whatever_is_done_with_them_they_are_those_of_a_dict(deeds: list[tuple[str, str, int]]) -> None:
    made, like = ManyById[int](), dict[str, int]()
    for deed, one, number in deeds:
        if deed == "set":
            made[one] = like[one] = number
        elif deed == "pop":
            assert made.pop(one, None) == like.pop(one, None)
        elif deed == "popitem" and like:
            gone, was = made.popitem()
            assert like.pop(gone) == was
        elif one in like:
            del made[one], like[one]
        assert made == like and len(made) == len(like) and set(made) == set(like)
        assert (one in made) == (one in like) and made.get(one, -1) == like.get(one, -1)
    made.clear()
    assert not made
    for missing in (lambda: made["a"], made.popitem, lambda: made.__delitem__("a")):
        with pytest.raises(KeyError):
            missing()


def test_a_scene_of_very_many_cards_follows_what_is_done(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    board = session.document.boards[0].id
    monkeypatch.setattr(many_by_id, "_FROM", 0)
    scene = Scene(session.document, board)
    assert isinstance(scene.slot_of_entity, ManyById)
    with session.transaction("Change") as tx:
        made = commands.add_entity(tx, "claim", title="New")
        commands.place(tx, board, made.id, x=-400, y=0)
        commands.link(tx, "supports", made.id, tx.document.entity("C1").id)
        commands.remove(tx, [tx.document.entity("S1").id])
    scene.update(session.operation(session.history(1)[0][0].id), session.document)
    monkeypatch.undo()
    fresh = Scene(session.document, board)
    assert dict(scene.slot_of_entity).keys() == fresh.slot_of_entity.keys()
    assert {scene.entity_ids[slot] for slot in scene.slot_of_entity.values()} == {*fresh.entity_ids}
    assert scene.counts() == fresh.counts()
