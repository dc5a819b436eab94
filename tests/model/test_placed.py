"""Places of very many ids are those of a dict, whatever comes, goes and comes again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.model import placing
from evidenceboard.model.placed import Placed
from evidenceboard.model.placing import Placing

IDS = st.text("abc", min_size=1, max_size=2)
DEEDS = st.lists(st.tuples(st.sampled_from(["add", "del", "pop", "set"]), IDS))


@given(st.lists(IDS, unique=True), DEEDS)
def test_whatever_is_done_with_them_they_are_those_of_a_dict(ids: list[str], deeds: list[tuple[str, str]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placing, "_MANY", 0)
        made = Placing(ids, []).slots
    assert isinstance(made, Placed)
    like = {one: place for place, one in enumerate(ids)}
    assert list(made) == ids and made == like
    for deed, one in deeds:
        if deed == "add" and one not in like:
            # As a scene does it: what comes, or comes again, stands at the end of the list.
            ids.append(one)
            made[one] = like[one] = len(ids) - 1
        elif deed == "set":
            made[one] = like[one] = 7
        elif deed == "pop":
            assert made.pop(one, None) == like.pop(one, None)
        elif one in like:
            del made[one], like[one]
        assert made == like and len(made) == len(like) and set(made) == set(like)
        assert (one in made) == (one in like) and made.get(one, -1) == like.get(one, -1)
    with pytest.raises(KeyError):
        del made["none"]
    with pytest.raises(KeyError):
        made["none"]
    made.clear()
    assert not made and "a" not in made


def test_places_are_noted_bit_by_bit_and_whoever_asks_before_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    cards, links = [f"card {number}" for number in range(2300)], [f"link {number}" for number in range(4100)]
    monkeypatch.setattr(placing, "_MANY", 4000)
    places = Placing(cards, links)
    assert places.note() and places.index("link 4000") == 4000 and places.some(["card 7", "none"]) == [7]
    assert isinstance(places.indexes, Placed) and isinstance(places.slots, dict)
    assert places.slots == {card: slot for slot, card in enumerate(cards)}
    assert dict(places.indexes) == {link: index for index, link in enumerate(links)}
    assert places.some(cards) == list(range(2300)) and places.index("link 4099") == 4099
    assert not places.note()
