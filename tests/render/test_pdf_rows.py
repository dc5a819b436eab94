"""Rows of whole numbers as words of a PDF."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.render.pdf_rows import filled

NUMBERS = st.one_of(
    st.integers(-20, 20), st.integers(-8010, -7990), st.integers(23_990, 24_010), st.integers(-(10**7), 10**7)
)
FORMS = st.sampled_from([b"%d %d l S", b"[80 60] %d d %d m", b"%d%d"])


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=60), FORMS, st.data())
def test_each_row_says_its_numbers_in_the_part_that_it_belongs_to(
    rows: list[tuple[int, int]], form: bytes, data: st.DataObject
) -> None:
    cuts = data.draw(st.sets(st.integers(1, max(1, len(rows) - 1)), max_size=4))
    edges = sorted({0, *cuts, len(rows)})
    parts = filled(form, np.array(rows, np.float64), edges)
    assert len(parts) == len(edges) - 1
    for (start, end), part in zip(pairwise(edges), parts, strict=True):
        assert sorted(part.splitlines()) == sorted(form % row for row in rows[start:end])
        assert part.endswith(b"\n")
