"""Making room on paper: what grew touches nothing that it did not touch, and frames keep what they hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from evidenceboard.model.boxes import Floats
from evidenceboard.render.pushing import pushed

pytestmark = pytest.mark.qt
_box = some.tuples(some.integers(0, 60), some.integers(0, 60), some.integers(2, 15), some.integers(2, 15))
_card = some.tuples(_box, some.integers(0, 9), some.integers(-1, 2))
_frame = some.tuples(
    some.tuples(some.integers(0, 60), some.integers(0, 60), some.integers(10, 40), some.integers(10, 40)),
    some.integers(0, 4),
)


def overlap(one: Floats, other: Floats) -> bool:
    (x, y, w, h), (left, top, wide, high) = one, other
    return bool(x < left + wide and left < x + w and y < top + high - 1e-6 and top < y + h - 1e-6)


@given(some.lists(_card, min_size=1, max_size=9), some.lists(_frame, max_size=3))
@settings(max_examples=300)
def test_nothing_moves_up_nothing_new_overlaps_and_frames_hold_what_they_held(
    cards: list[tuple[tuple[int, ...], int, int]], given_frames: list[tuple[tuple[int, ...], int]]
) -> None:
    boxes = np.array([box for box, _, _ in cards], float).T
    heights = boxes[3] + [grown for _, grown, _ in cards]
    frames = np.array([box for box, _ in given_frames], float).reshape(-1, 4).T
    title = np.array([high for _, high in given_frames], float)
    members = np.array([frame if frame < len(given_frames) else -1 for _, _, frame in cards])
    top, frame_top, frame_high = pushed(boxes, heights, frames, title, members)
    before = np.concatenate([boxes, frames], axis=1)
    after = before.copy()
    after[1], after[3] = np.r_[top, frame_top], np.r_[heights, frame_high]
    assert (after[1] >= before[1]).all()
    count = before.shape[1]
    for one in range(count):
        for other in range(one):
            assert not overlap(after[:, one], after[:, other]) or overlap(before[:, one], before[:, other])
    for place in range(frames.shape[1]):
        low = frames[1, place] + frames[3, place]
        for card in range(boxes.shape[1]):
            x, y, w, h = boxes[:, card]
            beside = x >= frames[0, place] + frames[2, place] or x + w <= frames[0, place]
            if not beside and y >= frames[1, place] and y + h <= low:
                assert top[card] >= frame_top[place] + title[place] + y - frames[1, place] - 1e-6
                assert top[card] + heights[card] <= frame_top[place] + frame_high[place] + 1e-6


def test_what_does_not_grow_stays_where_it_is() -> None:
    boxes = np.array([(0, 0, 10, 10), (0, 12, 10, 10), (20, 0, 10, 90)], float).T
    frames = np.array([(0, 0, 40, 100)], float).T
    top, frame_top, frame_high = pushed(boxes, boxes[3], frames, np.zeros(1), np.zeros(3))
    assert top.tolist() == [0, 12, 0]
    assert (frame_top.tolist(), frame_high.tolist()) == ([0], [100])


def test_only_what_is_in_the_way_moves_and_no_farther_than_it_must() -> None:
    boxes = np.array([(0, 0, 10, 10), (0, 12, 10, 10), (20, 12, 10, 10), (0, 200, 10, 10)], float).T
    top, _, _ = pushed(boxes, boxes[3] + [30, 0, 0, 0], np.zeros((4, 0)), np.zeros(0), np.full(4, -1))
    assert top.tolist() == [0, 42, 12, 200]
