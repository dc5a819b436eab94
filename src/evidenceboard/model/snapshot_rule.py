"""Which snapshots of a board are kept: the newest ones, one an hour for a day, one a day for a month."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

NEWEST: Final = 10
"""Snapshots that are kept however close they lie."""
HOUR: Final = 3600.0
DAY: Final = 24 * HOUR
MONTH: Final = 30 * DAY
BUDGET: Final = 1 << 30
"""Bytes that the snapshots of one board may take; of a large board fewer are kept."""


def kept(times: Sequence[float], sizes: Sequence[int], now: float, budget: int = BUDGET) -> list[int]:
    """Return the places of the snapshots to keep, newest first. Times are seconds in UTC, sizes bytes.

    The ten newest stay, the newest of each hour of the last day, the newest of each day of the last 30. Where they
    take more than the budget, the newest, hourly and daily ones are taken in turn until it is reached, so that what
    is left reaches back as far as it can. The newest of all always stays.
    """
    order = sorted(range(len(times)), key=lambda place: (-times[place], -place))
    hourly = _newest_in_each(HOUR, [place for place in order if times[place] > now - DAY], times)
    daily = _newest_in_each(DAY, [place for place in order if times[place] > now - MONTH], times)
    wanted = dict.fromkeys(
        place for turn in zip_longest(order[:NEWEST], hourly, daily) for place in turn if place is not None
    )
    chosen: list[int] = []
    total = 0
    for place in wanted:
        total += sizes[place]
        if chosen and total > budget:
            break
        chosen.append(place)
    return sorted(chosen, key=order.index)


def _newest_in_each(span: float, order: Sequence[int], times: Sequence[float]) -> list[int]:
    found: dict[float, int] = {}
    for place in order:
        found.setdefault(times[place] // span, place)
    return list(found.values())
