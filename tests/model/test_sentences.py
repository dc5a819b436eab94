"""The hints while one writes a judgement: what is marked, what is left alone, and that it never fails."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.model.sentences import BARE, TOGETHER, hints


def marked(text: str) -> list[tuple[str, str]]:
    return [(hint.word, hint.why) for hint in hints(text)]


def test_a_likelihood_and_a_confidence_in_one_sentence_are_both_marked() -> None:
    text = "We judge with high confidence that they very likely stay."
    assert marked(text) == [("high confidence", TOGETHER), ("very likely", TOGETHER)]


def test_in_two_sentences_they_are_left_alone() -> None:
    assert marked("They very likely stay. Our confidence is moderate.") == []
    assert marked("They very likely stay\nOur confidence is moderate") == []


@pytest.mark.parametrize("word", ["may", "might", "could", "Might", "COULD"])
def test_a_word_that_only_opens_a_door_is_marked_where_no_likelihood_stands_by(word: str) -> None:
    assert marked(f"They {word} stay until spring.") == [(word, BARE)]
    assert marked(f"They {word} stay, which is unlikely.") == []


def test_the_month_of_may_is_no_hedge() -> None:
    assert marked("They came in May 2024.") == []


def test_the_words_of_a_source_in_quotes_are_left_alone() -> None:
    for quoted in ('"they may go"', "“they may go”", "«they may go»", "„they may go“", "“they may go"):
        assert marked(f"The minister said {quoted}") == []
    assert marked("He said “it may be” and it could be.") == [("could", BARE)]


def test_an_abbreviation_in_the_middle_ends_no_sentence() -> None:
    assert marked("It is likely, approx. two weeks on, and we say so with low confidence.")[0] == ("likely", TOGETHER)


def test_the_words_of_every_yardstick_are_known() -> None:
    for word in ("a realistic possibility", "roughly even chance", "almost certain", "a remote chance", "Probably"):
        assert len(marked(f"{word}, with moderate confidence.")) == 2
    assert marked("A remote village, with moderate confidence.") == []


def test_longer_words_that_only_begin_alike_are_not_marked() -> None:
    assert marked("The mayor of Mighty Hill, dismayed, couldn’t believe the unlikelihood.") != [("may", BARE)]
    assert marked("The mayor was dismayed.") == []


@given(st.text(alphabet=st.characters(), max_size=400) | st.lists(
    st.sampled_from(["likely", "may", "high confidence", ".", " ", '"', "“", "”", "\n", "😀", "우", "\x00", "\r"]),
    max_size=60,
).map("".join))  # fmt: skip
def test_what_is_marked_lies_within_the_text_in_its_order(text: str) -> None:
    found = hints(text)
    assert all(0 <= hint.start < hint.end <= len(text) for hint in found)
    assert all(text[hint.start : hint.end] == hint.word for hint in found)
    places = [hint.start for hint in found]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("text", "found"),
    [("x" * 1_000_000, 0), ("may " * 250_000, 250_000), ('"' * 1_000_000, 0), ("likely. " * 125_000, 0),
     ("“" * 500_000, 0)],
)  # fmt: skip
def test_a_million_characters_are_looked_through(text: str, found: int) -> None:
    assert len(hints(text)) == found
