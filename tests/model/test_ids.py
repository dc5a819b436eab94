"""Ids in little room are a list of them, wherever their characters lie."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.model.ids import LONG, Ids, in_little_room, room_for

IDS = st.lists(st.text("0123456789abcdef", min_size=LONG, max_size=LONG), max_size=9)


@given(IDS, st.booleans())
def test_they_are_the_same_as_in_a_list(ids: list[str], in_room: bool) -> None:
    joined = "".join(ids).encode()
    room = room_for(len(ids))
    if in_room and not isinstance(room, bytes):
        room[:] = joined
    made = Ids(room if in_room else joined)
    assert list(made) == ids and len(made) == len(ids)
    assert made[1:3] == ids[1:3] and made[:] == ids
    for place, one in enumerate(ids):
        assert made[place] == made[place - len(ids)] == one
        assert made.first(one, range(len(ids))) == ids.index(one)
    assert made.first("0" * LONG, ()) == made.first("é" * LONG, range(len(ids))) == -1
    assert made.several(np.arange(len(ids), dtype=np.int32)) == ids
    with pytest.raises(IndexError):
        made[len(ids)]


def test_ids_of_another_kind_stay_as_they_are() -> None:
    for ids in (["short"], ["é" * LONG], ["a" * LONG, "b"]):
        assert in_little_room(ids) is ids
    assert isinstance(in_little_room(["a" * LONG]), Ids)
