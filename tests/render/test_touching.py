"""Boxes that touch others are found at any size and place."""

from __future__ import annotations

import numpy as np
import pytest

from evidenceboard.render.touching import touching


@pytest.mark.parametrize("seed", range(8))
def test_the_boxes_found_are_those_that_touch_when_each_is_compared_with_each(seed: int) -> None:
    chance = np.random.default_rng(seed)
    corners = chance.uniform(-9_000, 9_000, (600, 2))
    sizes = chance.exponential(200, (600, 2))
    sizes[:5] *= 60
    all_of_them = np.concatenate([corners, corners + sizes], axis=1)
    boxes, others = all_of_them[100:], all_of_them[:100]
    a, b = boxes[:, None], others[None]
    wanted = (a[..., 0] < b[..., 2]) & (a[..., 2] > b[..., 0]) & (a[..., 1] < b[..., 3]) & (a[..., 3] > b[..., 1])
    found = touching(boxes, others)
    assert 10 < found.sum() < 490
    assert np.array_equal(found, wanted.any(axis=1))


def test_where_there_is_nothing_nothing_is_touched() -> None:
    one = np.array([[0.0, 0.0, 10.0, 10.0]])
    assert not touching(one, np.zeros((0, 4))).any()
    assert len(touching(np.zeros((0, 4)), one)) == 0
