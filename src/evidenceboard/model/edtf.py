"""Dates as they are stored: EDTF levels 0 and 1 (Library of Congress, ISO 8601-2), read into earliest and latest."""

from __future__ import annotations

import re
from calendar import isleap
from functools import lru_cache
from typing import Final, NamedTuple

from evidenceboard.errors import InvalidValueError
from evidenceboard.model.values import dataclass

LONGEST: Final = 60
"""Signs that a date may have."""
SEASONS: Final = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
TAKES: Final = (
    "It takes dates such as 2024-10-18, 18 Oct 2024, mid Oct 2024, 12-15 October 2024, since August 2024, autumn 2024 "
    "or 202X; ~ says about, ? uncertain."
)
_YEAR: Final = r"(?P<year>-?\d{4}|-?\d{2}(?:\dX|XX)|Y-?[1-9]\d{4,11})"
_DATE: Final = re.compile(
    _YEAR + r"(?:-(?P<month>\d\d|[01]X|XX)(?:-(?P<day>\d\d|[0-3]X|XX))?)?(?P<mark>[?~%]?)", re.ASCII
)
_TIME: Final = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)T(?P<time>(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)"
    r"(?P<zone>Z|[+-](?:0\d|1[0-4])(?::[0-5]\d)?)?",
    re.ASCII,
)


class Day(NamedTuple):
    """A day of the proleptic Gregorian calendar. The year 0 is there, and years may have any number of digits."""

    year: int
    month: int
    day: int

    @property
    def number(self) -> int:
        """Return the days since 1970-01-01, negative before."""
        year = self.year - (self.month <= 2)
        era, of_era = divmod(year, 400)
        of_year = (153 * ((self.month + 9) % 12) + 2) // 5 + self.day - 1
        return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468

    def __str__(self) -> str:
        sign = "-" if self.year < 0 else ""
        year = f"{sign}{abs(self.year):04d}" if abs(self.year) < 10_000 else f"Y{self.year}"
        return f"{year}-{self.month:02d}-{self.day:02d}"


def day_of(number: int) -> Day:
    """Return the day that lies this many days after 1970-01-01."""
    era, of_era = divmod(number + 719468, 146097)
    year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    shifted = (5 * of_year + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9
    return Day(year + era * 400 + (month <= 2), month, of_year - (153 * shifted + 2) // 5 + 1)


def month_length(year: int, month: int) -> int:
    """Return the number of days of a month."""
    return 29 if month == 2 and isleap(year) else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


@dataclass(frozen=True, slots=True)
class Span:
    """What a date says. `earliest` and `latest` are whole days, both within it; None where that end is open.

    Being approximate or uncertain moves neither: how far “about” reaches is for the reader.
    """

    text: str
    earliest: Day | None
    latest: Day | None
    approximate: bool = False
    uncertain: bool = False

    @property
    def open_start(self) -> bool:
        return self.earliest is None

    @property
    def open_end(self) -> bool:
        return self.latest is None


def parse(text: str) -> Span:
    """Read a date as it is stored. Raises `InvalidValueError`, saying what is wrong with it.

    A season is that of the northern hemisphere (spring: March to May; winter begins in December of its year). Digits
    that are not known may also end a month or day (`2024-1X`, `2024-10-1X`), which EDTF has at level 2.
    """
    text = text.strip()
    if len(text) > LONGEST:
        raise _refused("This is too long for a date")
    start, slash, end = text.partition("/")
    if not slash:
        return _timed(text) or _date(text)
    first = _date(start) if start not in ("", "..") else None
    last = _date(end) if end not in ("", "..") else None
    if first is None and last is None:
        raise _refused("A span of time with neither beginning nor end says nothing of when")
    made = Span(
        text,
        first.earliest if first else None,
        last.latest if last else None,
        any(part.approximate for part in (first, last) if part),
        any(part.uncertain for part in (first, last) if part),
    )
    if made.earliest and made.latest and made.earliest > made.latest:
        raise _refused("This span of time ends before it begins")
    return made


def readable(text: str) -> Span | None:
    """Return what a date says, or None where it cannot be read."""
    text = text.strip()
    return _known(text) if len(text) <= LONGEST else None


# A board has the same few dates on many cards, and each view asks for all of them.
@lru_cache(maxsize=16_384)
def _known(text: str) -> Span | None:
    try:
        return parse(text)
    except InvalidValueError:
        return None


def _refused(why: str) -> InvalidValueError:
    return InvalidValueError(f"{why}; nothing was changed.", TAKES)


def _timed(text: str) -> Span | None:
    found = _TIME.fullmatch(text)
    if not found:
        return None
    date = _date(found["date"])
    return Span(text, date.earliest, date.latest)


def _date(text: str) -> Span:
    found = _DATE.fullmatch(text)
    if not found:
        raise _refused("This is not understood as a date")
    year, month, day, mark = found.group("year", "month", "day", "mark")
    if year == "-0000" or ("X" in year and month):
        raise _refused("This is not understood as a date")
    years = _digits(year.removeprefix("Y"))
    first, last = Day(years[0], 1, 1), Day(years[1], 12, 31)
    if month and month.isdigit() and int(month) in SEASONS and not day:
        began = 3 * (int(month) - 20)
        ends = began + 2 if began < 12 else 2
        after = years[0] + (began == 12)
        first, last = Day(years[0], began, 1), Day(after, ends, month_length(after, ends))
    elif month:
        months = _within(month, 12, "There is no such month")
        if day and day != "XX" and months[0] != months[1]:
            raise _refused("A day is given, but not its month")
        first, last = Day(years[0], months[0], 1), Day(years[0], months[1], month_length(years[0], months[1]))
        if day:
            days = _within(day, last.day, "This month has no such day")
            last = Day(years[0], months[1], days[1])
            first = Day(years[0], months[0], days[0])
    return Span(text, first, last, mark in ("~", "%") and bool(mark), mark in ("?", "%") and bool(mark))


def _digits(text: str) -> tuple[int, int]:
    """Return the lowest and highest number that digits with unknown ones at the end can stand for."""
    one, other = int(text.replace("X", "0")), int(text.replace("X", "9"))
    return min(one, other), max(one, other)


def _within(text: str, highest: int, why: str) -> tuple[int, int]:
    low, high = _digits(text)
    low, high = max(low, 1), min(high, highest)
    if low > high:
        raise _refused(why)
    return low, high
