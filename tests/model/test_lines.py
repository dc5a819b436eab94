"""The lines of links: what is left out because it cannot be seen is only what cannot be seen."""

from __future__ import annotations

import numpy as np
import pytest

from evidenceboard.model.beziers import distance, flattened
from evidenceboard.model.curves import curves, hulls, in_order
from evidenceboard.model.dashes import dashed
from evidenceboard.model.routes import Routes

AREAS = ((-200.0, -200.0, 0.0, 300.0), (100.0, 50.0, 130.0, 900.0), (0.0, 0.0, 40.0, 40.0), (-5e3, 300.0, 5e3, 310.0))


def some_curves(count: int, size: float) -> np.ndarray:
    return np.random.default_rng(5).uniform(-size, size, (4, 2, count))


def touching(pieces: np.ndarray, area: tuple[float, float, float, float]) -> np.ndarray:
    """Return which straight pieces (n, 4) pass through an area, by more than its outermost unit."""
    share = np.linspace(0.0, 1.0, 40)
    x = pieces[:, 0, None] + (pieces[:, 2] - pieces[:, 0])[:, None] * share
    y = pieces[:, 1, None] + (pieces[:, 3] - pieces[:, 1])[:, None] * share
    inside = (x > area[0] + 1) & (x < area[2] - 1) & (y > area[1] + 1) & (y < area[3] - 1)
    return inside.any(axis=1)


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("size", (60.0, 600.0, 20_000.0))
def test_dashes_of_an_area_are_the_same_ones_and_none_is_missing(
    area: tuple[float, float, float, float], size: float
) -> None:
    curves = some_curves(80, size)
    everything, chosen = dashed(curves, 6.0, 4.0)[0], dashed(curves, 6.0, 4.0, area)[0]
    wanted = {tuple(dash) for dash in everything[touching(everything, area)].tolist()}
    found = [tuple(dash) for dash in chosen.tolist()]
    assert wanted <= set(found) <= {tuple(dash) for dash in everything.tolist()}
    assert len(found) == len(set(found)), "a dash would be painted twice"


@pytest.mark.parametrize("area", AREAS)
def test_no_line_that_touches_an_area_is_left_out(area: tuple[float, float, float, float]) -> None:
    curves = some_curves(400, 3000.0)
    routes = Routes.__new__(Routes)
    routes.points, routes.boxes, routes.shown = curves, hulls(curves), np.ones(400, np.bool_)
    found = set(routes.crossing(area).tolist())
    inside = {index for index in range(400) if touching(flattened(curves[:, :, index, None], 60)[0], area).any()}
    assert inside
    assert inside <= found
    assert len(found) < 400


def test_many_lines_at_once_lie_where_each_would_lie_with_some_others() -> None:
    chance = np.random.default_rng(5)
    start, end = chance.uniform(0, 3000, (4, 20_000)), chance.uniform(0, 3000, (4, 20_000))
    ends, shown = chance.integers(0, 4000, (2, 20_000)), np.ones(20_000, np.bool_)
    points, shift = curves(start, end, ends, shown)
    boxes = hulls(points)
    some = np.sort(chance.choice(20_000, 300, replace=False))
    alone, _ = curves(start[:, some], end[:, some], ends[:, some], shown[some], shift=shift[:, some])
    assert np.array_equal(points[:, :, some], alone)
    assert np.array_equal(boxes[:, some], hulls(alone))


def test_the_link_under_a_point_is_the_nearest_of_all_however_many_pass_near() -> None:
    curves = some_curves(3000, 2000.0)
    routes = Routes.__new__(Routes)
    routes.points, routes.boxes, routes.shown = curves, hulls(curves), np.ones(3000, np.bool_)
    lines = flattened(curves, 150)
    for x, y in np.random.default_rng(2).uniform(-2500, 2500, (80, 2)).tolist():
        away = distance(lines, x, y)
        found = routes.at(x, y, 4.0)
        # A curve is looked at as a few straight pieces, which stray from it by a unit or two.
        if found is None:
            assert away.min() > 2.0
        else:
            assert away[found] < away.min() + 2.0


@pytest.mark.parametrize("size", [0, 1, 2, 5000])
@pytest.mark.parametrize("highest", [3, 400, 2**45, 2**50])
def test_the_ends_on_a_side_stand_in_the_order_of_what_they_lead_to_and_then_as_they_were_given(
    size: int, highest: int
) -> None:
    chance = np.random.default_rng(size)
    key = chance.integers(-1, highest, size)
    along = np.where(chance.random(size) < 0.3, -0.0, chance.integers(-20, 20, size) / 8)
    assert np.array_equal(in_order(along, key), np.lexsort((along, key)))
