"""Ends of lines are counted by square, in whatever parts that is done."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidenceboard.model import crowds as counting

ends = (st.integers(-5000, 5000) for _ in range(4))
lines = st.lists(st.tuples(*ends, st.integers(0, 1), st.booleans()), max_size=60)


def found(points: np.ndarray, links: np.ndarray, kinds: np.ndarray, level: int) -> list[int]:
    steps = counting.crowds(points, links, kinds, level)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return list(end.value)


@pytest.mark.parametrize("dense", [counting.DENSE, 0])
@given(made=lines, level=st.integers(5, 12), part=st.integers(1, 70))
@settings(max_examples=100)
def test_each_line_is_told_the_crowd_at_the_fuller_of_its_ends(
    dense: int, made: list[tuple[int, int, int, int, int, bool]], level: int, part: int
) -> None:
    points = np.array([one[:4] for one in made], np.float64).reshape(-1, 2, 2).transpose(1, 2, 0)
    kinds = np.array([one[4] for one in made], np.int8)
    links = np.flatnonzero(np.array([one[5] for one in made], np.bool_))
    width = 2.0**level
    squares = [
        [(math.floor(one[at] / width), math.floor(one[at + 1] / width), one[4]) for at in (0, 2)]
        for one in made
        if one[5]
    ]
    count = Counter(square for both in squares for square in both)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(counting, "PART", part)
        patched.setattr(counting, "DENSE", dense)
        assert found(points, links, kinds, level) == [max(count[square] for square in both) for both in squares]
