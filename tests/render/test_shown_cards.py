"""What many cards show is held in little room, and comes out as it went in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.model.face import Chip, Face
from evidenceboard.render import shown_cards
from evidenceboard.render.dress import Dress
from evidenceboard.render.faces import Rows
from evidenceboard.render.shown_cards import Shown, ShownCards

WORDS = st.text(st.characters(), max_size=12)
ROWS = st.lists(WORDS, max_size=3).map(tuple)
CHIPS = st.lists(st.builds(Chip, WORDS, st.sampled_from(["plain", "alarm"]), st.sampled_from(["", "dot"])), max_size=2)
FACES = st.builds(
    Face, WORDS, WORDS, WORDS, WORDS, WORDS, CHIPS.map(tuple), st.booleans(), st.booleans(), st.booleans(),
    st.integers(0, 3), ROWS,
)  # fmt: skip
SHOWN = st.builds(
    Shown,
    FACES,
    st.builds(Dress, st.sampled_from(["", "step2"]), st.booleans(), st.sampled_from(["", "B"])),
    st.builds(Rows, ROWS, ROWS, ROWS, st.lists(CHIPS.map(tuple), max_size=2).map(tuple), st.floats(0, 100)),
)


@given(st.dictionaries(st.integers(0, 10_000), SHOWN, max_size=12), st.sampled_from([1, 300, 1 << 20]))
def test_every_card_comes_out_as_it_went_in(cards: dict[int, Shown], piece: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shown_cards, "_PIECE", piece)
        made = ShownCards()
        for slot in sorted(cards):
            made.add(slot, cards[slot])
    assert dict(made) == cards
    assert all(slot in made for slot in cards) and 10_001 not in made
    assert list(made.own()) == [
        (one.face.number, one.face.title, one.face.second_line) for _, one in sorted(cards.items())
    ]
    said = {word for one in cards.values() for word in (one.face.word, *(chip.text for chip in one.face.chips))}
    assert set(made.common()) == said
    assert made.marks() == {chip.mark for one in cards.values() for chip in one.face.chips} - {""}
    assert made.signs() == {one.worn.sign for one in cards.values()}


def test_what_many_cards_have_in_common_is_told_once() -> None:
    made = ShownCards()
    for slot in range(1000):
        face = Face("claim", "Claim", f"C{slot}", f"Title {slot}", chips=(Chip("B2"), Chip("1 report · 1 origin")))
        made.add(slot, Shown(face, Dress(), Rows(("Claim",), (face.title,), (), (face.chips,), 12.0)))
    assert list(made.common()) == ["Claim", "B2", "1 report · 1 origin"]
    with pytest.raises(KeyError):
        made[1000]
