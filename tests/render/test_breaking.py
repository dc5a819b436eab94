"""Text is broken into the same lines whether Qt is asked or what is known of its letters."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.render import application, breaking
from evidenceboard.render.breaking import lines_of
from evidenceboard.render.letter_steps import Steps, steps_of
from evidenceboard.render.text import broken

pytestmark = pytest.mark.qt
WORDS = st.text("aAbefgijloTVWy,.:;10", min_size=1, max_size=12) | st.sampled_from(
    [
        "Kyiv",
        "office",
        "колона",
        "Łódź",
        "VAWT.",
        "AV",
        "підтвердило,",
        "--",
        "a-b",
        "1/2",
        "(so)",
        "드론",
        "“quoted”",
        "é",
    ]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=14).map(" ".join) | st.text(max_size=30)
WEIGHTS = st.sampled_from(["regular", "medium", "semibold"])


@given(TEXTS, st.sampled_from([11, 12, 13, 13.4]), WEIGHTS, st.floats(8, 400))
def test_lines_are_those_of_qt(text: str, size: float, weight: str, width: float) -> None:
    application.ensure()
    steps_of(weight).learn(pairwise(text))
    assert lines_of(text, size, weight, width) == broken(text, size, weight, width, 10_000)


@given(st.lists(WORDS, min_size=2, max_size=14).map(" ".join), WEIGHTS, st.integers(-3, 3))
def test_lines_that_just_fit_are_those_of_qt(text: str, weight: str, more: int) -> None:
    application.ensure()
    steps = steps_of(weight)
    steps.learn(pairwise(text))
    first = text[: text.rindex(" ")]
    place = sum(steps.apart[pair] for pair in pairwise(first) if pair in steps.apart)
    width = (place + steps.wide(first[-1])) * 13 / 1000 + more / 2
    assert lines_of(text, 13, weight, max(width, 8.0)) == broken(text, 13, weight, max(width, 8.0), 10_000)


def test_most_text_is_broken_without_qt_once_its_letters_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    application.ensure()
    asked: list[str] = []
    monkeypatch.setattr(breaking, "broken_once", lambda text, *rest: asked.append(text) or broken(text, *rest))
    words = ("two convoys without insignia", "were", "reported", "near the harbour", "before dawn", "by witnesses")
    texts = [" ".join(some) for some in permutations(words)]
    made = [lines_of(text, 13, "medium", 222.0) for text in texts]
    assert len(asked) < len(texts) / 4
    assert made == [broken(text, 13, "medium", 222.0, 10_000) for text in texts]


def test_letters_that_turn_a_line_move_no_others_that_are_met_with_them() -> None:
    application.ensure()
    plain = [*pairwise("11 22 33 17 VA")]
    alone, among = Steps("regular"), Steps("regular")
    alone.learn(plain)
    among.learn([*plain, *pairwise("שלום"), *pairwise("سلام"), *pairwise("e\u0301e")])
    assert among.apart == alone.apart and among.glyphs == alone.glyphs
    assert among.odd == {*pairwise("שלום"), *pairwise("سلام"), *pairwise("e\u0301e")}
