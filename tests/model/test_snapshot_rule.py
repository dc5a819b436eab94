"""The rule by which snapshots are thinned out: the newest stays, the budget holds, and what is left is spread."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.model.snapshot_rule import DAY, HOUR, MONTH, NEWEST, kept

NOW = 1_800_000_000.0
ages = st.lists(st.floats(0, 2 * MONTH), min_size=1, max_size=120)


def chosen(times: list[float], sizes: list[int] | None = None, budget: int = 10**9) -> list[int]:
    return kept(times, sizes or [1] * len(times), NOW, budget)


@given(ages, st.integers(1, 40), st.data())
def test_the_newest_stays_and_the_budget_holds_for_the_others(
    old: list[float], budget: int, data: st.DataObject
) -> None:
    times = [NOW - age for age in old]
    sizes = data.draw(st.lists(st.integers(1, 12), min_size=len(old), max_size=len(old)))
    stay = chosen(times, sizes, budget)
    assert times[stay[0]] == max(times)
    assert len(set(stay)) == len(stay) <= NEWEST + 25 + 31
    assert len(stay) == 1 or sum(sizes[place] for place in stay) <= budget
    assert [times[place] for place in stay] == sorted((times[place] for place in stay), reverse=True)


@given(ages)
def test_thinning_again_takes_nothing_more(old: list[float]) -> None:
    times = [NOW - age for age in old]
    left = [times[place] for place in chosen(times)]
    assert len(chosen(left)) == len(left)


@given(ages)
def test_every_hour_of_a_day_and_every_day_of_a_month_that_had_one_has_one(old: list[float]) -> None:
    times = [NOW - age for age in old]
    left = [times[place] for place in chosen(times)]
    for time in times:
        if time > NOW - DAY:
            assert any(other // HOUR == time // HOUR for other in left)
        if time > NOW - MONTH:
            assert any(other // DAY == time // DAY for other in left)


def test_of_a_large_board_fewer_are_kept_and_they_still_reach_back() -> None:
    times = [NOW - minutes * 60 for minutes in range(0, 14 * 24 * 60, 10)]
    stay = chosen(times, [250] * len(times), 1024)
    assert len(stay) == 4
    assert times[stay[-1]] < NOW // DAY * DAY
