"""The scale of the timeline: which dates stand along the top, from single days to thousands of years."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from evidenceboard.model.dates import MONTHS
from evidenceboard.model.edtf import Day, day_of

APART: Final = 86.0
"""Pixels that two dates at the top stay apart."""
MOST: Final = 400
"""Dates that are shown at most, whatever the window is."""
_MONTH: Final = 30.4
_YEAR: Final = 365.2425
_STEPS: Final = (
    *(("day", count, float(count)) for count in (1, 2, 7, 14)),
    *(("month", count, count * _MONTH) for count in (1, 3, 6)),
    *(("year", count * 10**power, count * 10**power * _YEAR) for power in range(15) for count in (1, 2, 5)),
)


def ticks(left: float, right: float, scale: float) -> list[tuple[float, str]]:
    """Return where dates stand between two days (since 1970), and their words; `scale` is pixels a day."""
    unit, count, _ = next((step for step in _STEPS if step[2] * scale >= APART), _STEPS[-1])
    found: list[tuple[float, str]] = []
    for day in _from(day_of(int(left) - 1), unit, count):
        at = float(day.number)
        if at > right or len(found) >= MOST:
            break
        if at >= left:
            found.append((at, _words(day, unit)))
    return found


def _from(day: Day, unit: str, count: int) -> Iterator[Day]:
    """Yield the days of a step from one at or before a day on."""
    if unit == "day":
        number = day.number // count * count
        while True:
            yield day_of(number)
            number += count
    months = day.year * 12 + day.month - 1 if unit == "month" else day.year * 12
    step = count if unit == "month" else count * 12
    months = months // step * step
    while True:
        yield Day(months // 12, months % 12 + 1, 1)
        months += step


def _words(day: Day, unit: str) -> str:
    year = f"{day.year:,}" if day.year >= 10_000 else str(day.year) if day.year > 0 else f"{1 - day.year:,} BC"
    if unit == "year":
        return year
    month = f"{MONTHS[day.month - 1]} {year}"
    return month if unit == "month" else f"{day.day} {month}"
