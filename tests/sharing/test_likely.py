"""Names found in texts are those that one pattern of all names finds, however many there are."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.sharing.likely import Likely, pattern
from evidenceboard.sharing.names import Replacing

_PARTS = st.sampled_from(
    [
        "Ali",
        "ALI",
        "Alı",
        "İlk",
        "bin",
        "straße",
        "STRASSE",
        "ſein",
        "x",
        "김",
        "김정",
        "드론",
        "7",
        "_",
        "-",
        "§",
        "(",
        "'s",
        "e\u0301",
    ]
)
_SPACES = st.sampled_from([" ", "", "  ", "\n", ". "])
_TEXTS = st.lists(st.tuples(_PARTS, _SPACES), max_size=9).map(lambda said: "".join(one + gap for one, gap in said))
_NAMES = st.lists(_TEXTS.map(lambda text: " ".join(text.split())).filter(bool), max_size=8, unique=True)


@given(_NAMES, _TEXTS)
def test_the_same_names_are_found_as_by_one_pattern_of_all(names: list[str], text: str) -> None:
    whole = re.compile("|".join(map(pattern, names)), re.IGNORECASE) if names else re.compile(r"(?!)")
    found = [(hit.start(), hit.end()) for _, hit in Likely(names).matches(text)]
    assert found == [(hit.start(), hit.end()) for hit in whole.finditer(text)]
    each = [name for name in names if re.search(pattern(name), text, re.IGNORECASE)]
    assert Likely(names).in_text(text) == each


def test_a_name_typed_with_a_letter_that_only_looks_like_another_case_is_replaced() -> None:
    assert Replacing({"Ali Baba": "Actor 1"}).text("ALI BABA, alı baba and Ali\nBaba; Ali Babas") == (
        "Actor 1, Actor 1 and Actor 1; Ali Babas"
    )
