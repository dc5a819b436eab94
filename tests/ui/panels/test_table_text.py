"""The text of cells: what was copied comes back as it was, and no spreadsheet runs it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.ui.panels.table_text import read, written

CELLS = st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), max_size=12)
TABLES = st.integers(1, 4).flatmap(
    lambda wide: st.lists(st.lists(CELLS, min_size=wide, max_size=wide), min_size=1, max_size=5)
)


def copied(rows: list[list[str]]) -> str:
    *_, text = written(rows)
    assert text is not None
    return text


def pasted(text: str) -> list[list[str]]:
    return [cells for cells in read(text) if cells is not None]


@given(TABLES)
def test_what_is_copied_is_pasted_as_it_was(rows: list[list[str]]) -> None:
    assert pasted(copied(rows)) == rows


@given(st.sampled_from("=+-@＝"), CELLS)
def test_no_cell_is_run_as_a_formula(sign: str, rest: str) -> None:
    assert copied([[sign + rest]]).lstrip('"').startswith("'")


def test_a_cell_in_quotation_marks_may_hold_tabs_and_new_lines() -> None:
    assert pasted('one\t"two\tand\nthree"\nfour\tfive\n') == [["one", "two\tand\nthree"], ["four", "five"]]


def test_a_quotation_mark_that_is_never_closed_is_a_sign_like_any_other() -> None:
    assert pasted('"Come\tnow\nlater" he said\tx') == [['"Come', "now"], ['later" he said', "x"]]


def test_a_cell_may_be_very_long() -> None:
    assert pasted(copied([["x" * 500_000, "y"]])) == [["x" * 500_000, "y"]]


def test_many_rows_are_written_in_small_steps() -> None:
    assert sum(step is None for step in written([[str(n)] for n in range(1000)])) > 10
