"""Very many things by id are held as in a dict, but for their order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.model.many_by_id import ManyById

IDS = st.text("abc", min_size=1, max_size=3)
DEEDS = st.lists(st.tuples(st.sampled_from(["set", "del", "pop", "popitem"]), IDS, st.integers(0, 99)))


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
