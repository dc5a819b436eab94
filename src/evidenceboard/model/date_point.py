"""One date in the words of people, such as “early November 2024” or “about 18 Oct”, without spans of two dates."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from evidenceboard.errors import InvalidValueError
from evidenceboard.model.date_words import month as month_of
from evidenceboard.model.edtf import SEASONS, Day, month_length, parse
from evidenceboard.model.values import dataclass

_ABOUT: Final = re.compile(r"(?:about|around|circa|ca\.?|c\.|approx(?:imately|\.)?|roughly|some|~) ?(?=\S)")
_PERHAPS: Final = re.compile(r"(?:perhaps|possibly|maybe|probably|presumably) (?=\S)")
_PART: Final = re.compile(
    r"(?:(early|beginning|start)|(mid|middle)|(late|end)|((?:first|1) half)|((?:second|2) half)|((?:first|1) week)"
    r"|((?:second|2) week)|((?:third|3) week)|((?:fourth|4) week)|(last week))(?: |-)(?=\S)"
)
_NUMERIC: Final = re.compile(
    r"(\d{1,2})\.(\d{1,2})\.(\d{4})|(\d{1,2})[/-](\d{1,2})[/-](\d{4})|(\d{4})[/.](\d{1,2})[/.](\d{1,2})"
)
_MONTH_YEAR: Final = re.compile(r"(\d{1,2})[/.-](\d{4})")
_YEAR_MONTH: Final = re.compile(r"(\d{4})/(\d{1,2})")
_CENTURY: Final = re.compile(r"(\d{1,2}) century")
_ERA: Final = re.compile(r"(?P<words>.*?) ?\b(?P<year>\d{1,6}) (?P<era>bc|bce|ad|ce)|ad (?P<after>\d{1,4})")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
_SPLIT: Final = re.compile(r"(winter) (\d{4})[/-]\d{2}(?:\d{2})?")
_SHARES: Final = {
    10: {0: (0, 3), 1: (4, 6), 2: (7, 9), 3: (0, 4), 4: (5, 9)},
    100: {0: (0, 33), 1: (34, 66), 2: (67, 99), 3: (0, 49), 4: (50, 99)},
}
_QUARTERS: Final = {"q1": 1, "q2": 2, "q3": 3, "q4": 4}


class YearMissingError(InvalidValueError):
    """No year was written, and no day is known from which to tell it."""


@dataclass(frozen=True, slots=True)
class Point:
    """One date; what is None was not said.

    `part`: 0 early, 1 mid, 2 late, 3 first half, 4 second half, 5 to 8 a week of a month, 9 its last. `years`: how
    many years `year` begins, 10 for a decade and 100 for a century.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: int | None = None
    quarter: int | None = None
    years: int = 1
    mark: str = ""

    def dated(self, today: Day | None) -> Point:
        """Return the date with its year: the newest in which it has begun by `today`, where none was written."""
        if self.year is not None:
            return self
        if today is None:
            raise YearMissingError("The year is missing; nothing was changed.", "Write it too, such as Aug 2024.")
        return replace(self, year=today.year if (self._begins(), self.day or 1) <= today[1:] else today.year - 1)

    def completed(self, later: Point) -> Point:
        """Return the date with what it does not say taken from a later one."""
        month = self.month
        if month is None and self.day is not None:
            month = later.month
        year = self.year
        if year is None and later.year is not None:
            # “Nov to Feb 2024” began in the year before.
            made = replace(self, month=month)
            year = later.year - (made._begins() > later._begins())
        return replace(self, month=month, year=year)

    def _begins(self) -> int:
        if self.quarter:
            return 3 * self.quarter - 2
        if self.month in SEASONS:
            return 3 * (self.month - 20)
        return self.month or 1

    def within(self, today: Day | None) -> str:
        """Return the date as EDTF: one date, or an interval where a part, quarter or half of something is meant."""
        if self.year is None:
            return self.dated(today).within(None)
        mark, year = self.mark, _written(self.year)
        if self.years > 1:
            return self._of_years()
        if self.quarter:
            first = 3 * self.quarter - 2
            return f"{year}-{first:02d}{mark}/{year}-{first + 2:02d}{mark}"
        if self.part is not None:
            return self._of_part()
        words = [year, *(f"{number:02d}" for number in (self.month, self.day) if number is not None)]
        return "-".join(words) + mark

    def _of_years(self) -> str:
        """Return a decade or century, or a part of it."""
        year = self.year or 0
        if self.part is None:
            known = 3 if self.years == 10 else 2
            return f"{year // self.years:0{known}d}{'X' * (4 - known)}{self.mark}"
        if self.part not in _SHARES[self.years]:
            raise _no_weeks()
        low, high = _SHARES[self.years][self.part]
        return f"{year + low:04d}{self._vague}/{year + high:04d}{self._vague}"

    def _of_part(self) -> str:
        """Return the third, half or week of a month (by days), the third or half of a season or year (by months)."""
        year, part = self.year or 0, self.part or 0
        whole = parse("-".join([_written(year), *([f"{self.month:02d}"] if self.month else [])]))
        first = whole.earliest or Day(year, 1, 1)
        if self.month and self.month <= 12:
            length = month_length(year, self.month)
            low, high = (
                (1, 10), (11, 20), (21, length), (1, 15), (16, length),
                (1, 7), (8, 14), (15, 21), (22, 28), (length - 6, length),
            )[part]  # fmt: skip
            month = f"{_written(year)}-{self.month:02d}"
            return f"{month}-{low:02d}{self._vague}/{month}-{high:02d}{self._vague}"
        if part > 4:
            raise _no_weeks()
        if self.month and part > 2:
            raise InvalidValueError("A season is not halved; nothing was changed.", "Write its months.")
        low, high = ((0, 0), (1, 1), (2, 2))[part] if self.month else ((0, 3), (4, 7), (8, 11), (0, 5), (6, 11))[part]
        ends = [divmod(first.month - 1 + step, 12) for step in (low, high)]
        made = [f"{_written(first.year + over)}-{month + 1:02d}{self._vague}" for over, month in ends]
        return made[0] if low == high else "/".join(made)

    @property
    def _vague(self) -> str:
        # Where early ends and mid begins, nobody says exactly; halves are exact.
        if self.part in (3, 4):
            return self.mark
        return "%" if self.mark in ("?", "%") else "~"


def _no_weeks() -> InvalidValueError:
    return InvalidValueError(
        "Only a month is told by its weeks; nothing was changed.", "Write the days, such as 8 to 14 Oct 2024."
    )


def _written(year: int) -> str:
    """Return a year as EDTF writes it."""
    return f"{'-' if year < 0 else ''}{abs(year):04d}"


def point(text: str, *, days: bool = False) -> Point | None:
    """Read one date in lower case, or return None. `days`: a day alone is one too, as in “12 to 15 October”."""
    about = perhaps = False
    while found := _ABOUT.match(text) or _PERHAPS.match(text):
        about, perhaps = about or found.re is _ABOUT, perhaps or found.re is _PERHAPS
        text = text[found.end() :]
    bare = text.rstrip("?~% ")
    marks = text[len(bare) :]
    about, perhaps = about or bool({"~", "%"} & {*marks}), perhaps or bool({"?", "%"} & {*marks})
    mark = "%" if about and perhaps else "~" if about else "?" if perhaps else ""
    part = _PART.match(bare)
    rest = bare[part.end() :] if part else bare
    made = _numeric(rest) or _worded(rest)
    if made is None or (made.day is not None and made.month is None and not days):
        return None
    if part and (made.day or (made.month is None and made.year is None)):
        return None
    return replace(made, mark=mark, part=(part.lastindex or 1) - 1 if part else None)


def _numeric(text: str) -> Point | None:
    """Read a date in figures. One that Europeans and Americans read apart is refused."""
    if found := _ISO.fullmatch(text):
        year, month, day = (int(part) if part else None for part in found.groups())
        return Point(year, month, day)
    if found := _MONTH_YEAR.fullmatch(text):
        return Point(int(found[2]), int(found[1]))
    if (found := _YEAR_MONTH.fullmatch(text)) and 1 <= int(found[2]) <= 12:
        return Point(int(found[1]), int(found[2]))
    if (found := _CENTURY.fullmatch(text)) and int(found[1]):
        return Point(100 * (int(found[1]) - 1), years=100)
    found = _NUMERIC.fullmatch(text)
    if not found:
        return None
    numbers = [int(part) for part in found.groups() if part]
    if found[7]:
        return Point(numbers[0], numbers[1], numbers[2])
    day, month, year = numbers
    if found[4] and day != month:
        if day <= 12 and month <= 12:
            raise InvalidValueError(
                "This can be read in two ways, so it was not guessed; nothing was changed.",
                "Write the month as a word, or first the year: 2024-10-18.",
            )
        if month > 12:
            day, month = month, day
    return Point(year, month, day)


def _worded(text: str) -> Point | None:
    """Read a date in words and figures, in any order."""
    if found := _SPLIT.fullmatch(text):
        text = f"{found[1]} {found[2]}"
    year = month = day = quarter = None
    years = 1
    if found := _ERA.fullmatch(text):
        counted = int(found["year"] or found["after"])
        if not 0 < counted < 10_000:
            return None
        year, text = 1 - counted if (found["era"] or "").startswith("b") else counted, found["words"] or ""
    for word in text.split():
        bare = word.rstrip(".")
        named = month_of(bare)
        if named and month is None:
            month = named
        elif re.fullmatch(r"[0-9]{4}", bare) and year is None:
            year = int(bare)
        elif re.fullmatch(r"[0-9]{3}0'?s", bare) and year is None:
            year, years = int(bare[:4]), 10
        elif re.fullmatch(r"[0-9]{1,2}", bare) and day is None:
            day = int(bare)
        elif bare in _QUARTERS and quarter is None:
            quarter = _QUARTERS[bare]
        else:
            return None
    if (quarter and (month or day or years > 1)) or (years > 1 and (month or day)) or (day and (month or 0) > 12):
        return None
    if day is not None and month is None and year is not None:
        return None
    return None if (year, month, day, quarter) == (None,) * 4 else Point(year, month, day, None, quarter, years)
