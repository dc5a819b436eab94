"""Text on a panel: as high as its lines, whether it had to be broken to know that or not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from evidenceboard.ui.panels.prose import Typeset, shown_text

LETTERS = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("  \t\n­\u200b\u2028가界ﬁ")), max_size=80)


@given(LETTERS, st.integers(8, 700), st.integers(0, 2))
def test_a_text_is_as_high_as_its_lines(qapp: QApplication, text: str, width: int, lines: int) -> None:
    for words in (text, shown_text(text)):
        known, broken = (Typeset(words, QFont("Inter", 13), lines) for _ in range(2))
        broken._lay_out(width)
        assert known.height(width) == -(-len(broken._rows.lines) * broken.pitch // 1)


def test_a_short_text_is_not_broken_to_know_how_high_it_is(qapp: QApplication) -> None:
    set_ = Typeset("Reliability", QFont("Inter", 13))
    assert set_.height(set_.natural_width()) == set_.height(700)
    assert not set_._laid
    assert set_.height(set_.natural_width() // 2) > set_.height(700)
