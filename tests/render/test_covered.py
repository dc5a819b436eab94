"""Cards in a pile: only what can be seen is painted, and nothing that can be seen is left out."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.render.covered import _FEW, uncovered

places = st.tuples(
    st.sampled_from([0.0, 8.0]), st.sampled_from([0.0, 8.0]), st.just(200.0), st.sampled_from([90.0, 92.0])
)


@given(st.lists(places, min_size=_FEW + 1, max_size=_FEW + 60), st.randoms())
def test_of_cards_with_one_and_the_same_box_the_last_one_is_painted(
    boxes: list[tuple[float, ...]], chance: object
) -> None:
    slots = np.arange(len(boxes), dtype=np.int32)
    chance.shuffle(slots)  # type: ignore[attr-defined]
    seen = uncovered(np.array(boxes, np.float32).T, slots).tolist()
    last = {boxes[slot]: slot for slot in slots.tolist()}
    assert seen == [slot for slot in slots.tolist() if last[boxes[slot]] == slot]


def test_few_cards_are_all_painted() -> None:
    slots = np.zeros(_FEW, np.int32)
    assert uncovered(np.zeros((4, 1), np.float32), slots) is slots
