"""Two texts compared word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.model.words_apart import Stretch, words_apart

WORDS = st.lists(st.sampled_from(["lorries", "carried", "3,000", "드론", "брали", " ", ", ", "\n"]), max_size=30)
TEXT = st.one_of(st.text(max_size=80), WORDS.map(" ".join))


def without(text: str, stretches: list[Stretch]) -> str:
    for at, length in reversed(stretches):
        text = text[:at] + text[at + length :]
    return text


@given(TEXT, TEXT)
def test_without_what_only_one_has_the_two_are_the_same(one: str, other: str) -> None:
    mine, theirs = words_apart(one, other)
    assert without(one, mine) == without(other, theirs)
    for text, stretches in ((one, mine), (other, theirs)):
        assert all(length > 0 and at >= 0 and at + length <= len(text) for at, length in stretches)
        assert [at for at, _ in stretches] == sorted(at for at, _ in stretches)


@given(TEXT)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert words_apart(text, text) == ([], [])


def test_whole_words_are_told_in_every_script() -> None:
    one, other = "Moscow treats 10 men", "Pyongyang treats 12 men"
    mine, theirs = words_apart(one, other)
    assert [one[at : at + length] for at, length in mine] == ["Moscow", "10"]
    assert [other[at : at + length] for at, length in theirs] == ["Pyongyang", "12"]
    one, other = "드론 부대가 도착했다", "드론 부대가 떠났다"
    mine, theirs = words_apart(one, other)
    assert [one[at : at + length] for at, length in mine] == ["도착했다"]


def test_very_long_texts_that_share_nothing_are_told_as_one_stretch() -> None:
    one, other = " ".join(["one"] * 5000), " ".join(["two"] * 5000)
    assert words_apart(one, other) == ([(0, len(one))], [(0, len(other))])
