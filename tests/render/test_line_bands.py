"""Lines in bands: a strip is told all lines that reach into its bands, and each of them once."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.render.line_bands import FEW, LEAST, MOST, Bands, in_bands

START, END = -1000.0, 1300.0
reaches = st.tuples(st.floats(-3000, 3000, width=32), st.floats(0, 2500, width=32))
bounds = st.floats(-3500, 3500)


@given(
    st.lists(reaches, max_size=80),
    st.lists(st.tuples(bounds, bounds), min_size=1, max_size=10),
    st.integers(LEAST, MOST),
)
def test_every_line_that_reaches_into_a_strip_is_found_once(
    lines: list[tuple[float, float]], strips: list[tuple[float, float]], count: int
) -> None:
    low = np.array([at for at, _ in lines], np.float32)
    high = low + np.array([long for _, long in lines], np.float32)
    bands = Bands(low, high, START, END, count)
    # Bounds that are where lines begin and end, as well, and where one band ends and the next one begins.
    edges = [(float(at), float(at)) for at in (*low, *high, *(START + (END - START) / count * np.arange(0, count, 5)))]
    for one, other in [*strips, *edges]:
        first, last = sorted((one, other))
        found = bands.within(*bands.span(first, last)).tolist()
        assert len(found) == len(set(found))
        assert set(np.flatnonzero((low <= last) & (high >= first)).tolist()) <= set(found)


def test_a_narrow_strip_is_told_few_of_many_short_lines() -> None:
    low = np.linspace(START, END, 10_000, dtype=np.float32)
    bands = in_bands(low, low + 1, START, END)
    assert bands is not None
    assert len(bands.within(*bands.span(0.0, 9.0))) < 10_000 / MOST * 3


def test_long_lines_are_not_listed_again_and_again() -> None:
    low = np.linspace(START, END, 10_000, dtype=np.float32)
    for reach in (1.0, 30.0, 100.0, 250.0):
        bands = in_bands(low, low + np.float32(reach), START, END)
        assert bands is not None
        assert sum(len(bands.within(one, one)) for one in range(bands.count)) < 25_000
    assert in_bands(low, low + np.float32(900.0), START, END) is None
    assert in_bands(low[:FEW], low[:FEW] + 1, START, END) is None
