"""The forgiving box for dates: what people write (“mid Oct 2024”, “since August”), read into EDTF and said back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from evidenceboard.errors import InvalidValueError
from evidenceboard.model.date_point import Point, YearMissingError, point
from evidenceboard.model.date_words import clocked, tidied
from evidenceboard.model.dates import in_words
from evidenceboard.model.edtf import LONGEST, TAKES, Day, Span, day_of, parse, readable
from evidenceboard.model.values import dataclass

_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_EDTF: Final = re.compile(r"[0-9XYTZ:./~?%+-]+", re.ASCII)
_RELATIVE: Final = re.compile(
    r"\b(today|tonight|yesterday|tomorrow|now|ago|recently|lately|just|(last|this|next|past) "
    r"(day|night|week(?! [a-z])|weekend|month|year|spring|summer|autumn|fall|winter))\b"
)
_SINCE: Final = re.compile(
    r"(?:at least )?(?:since|from|starting|as of|as early as|beginning in|not before|no earlier than) (.+)"
    r"|(.+?) (?:onwards?|on)|(.+?) ?(?:-|/) ?\.{0,3}"
)
_UNTIL: Final = re.compile(
    r"(?:until|till|til|up to|to|through|by|no later than|not later than|not after|at the latest) (.+)"
    r"|(.+?) at latest|\.{0,3} ?(?:-|/) ?(.+)"
)
_AFTER: Final = re.compile(r"(?:after|later than) (.+)")
_BEFORE: Final = re.compile(r"(?:before|earlier than|prior to) (.+)")
_PAIRS: Final = (
    re.compile(r"between (.+?) and (.+)"),
    re.compile(r"(?:from )?(.+?) (?:to|until|till|til|through|thru|and) (.+)"),
    re.compile(r"(.+?) ?/ ?(.+)"),
    re.compile(r"(.+?) - (.+)"),
    re.compile(r"(.+?)-(.+)"),
)
_MONTH_FIRST: Final = re.compile(r"([a-z]+\.?) (\d{1,2}) ?(?:-|to|and) ?(\d{1,2})(?:,? (\d{4}))?")


@dataclass(frozen=True, slots=True)
class Understood:
    """A date that was typed. `text` is the EDTF that is stored, `words` say how it was understood.

    `assumed` says what was not written and is taken for granted, "" where nothing is.
    """

    text: str
    words: str
    span: Span
    assumed: str = ""


def understood(typed: str, today: Day | None = None) -> Understood:
    """Read a date as people write it. Raises `InvalidValueError`, saying what is wrong and what is taken.

    A year that is not written is the newest in which the date has begun by `today`; without that, it is asked for.
    Words that mean another day for every reader, such as “yesterday”, are not read.
    """
    exact = typed.strip().translate(_DASHES).upper().replace(" ", "")
    if len(exact) <= LONGEST and _EDTF.fullmatch(exact) and (span := readable(exact)):
        return Understood(exact, in_words(span), span)
    text = tidied(typed)
    if _RELATIVE.search(text):
        raise InvalidValueError(
            "A board is read later than it is written, so this day could not be told; nothing was changed.",
            "Write the date itself, such as 2024-10-18.",
        )
    lacks_year = False
    try:
        made = _at_a_time(typed) or _read(text, None)
    except YearMissingError:
        made = _read(text, today)
        lacks_year = True
    if made is None and _EDTF.fullmatch(exact):
        made = exact  # so that what is wrong with it is said
    if made is None:
        raise InvalidValueError("This is not understood as a date; nothing was changed.", TAKES)
    span = parse(made)
    day = span.earliest or span.latest
    assumed = f"no year is written, so {day.year} is taken" if lacks_year and day else ""
    return Understood(made, in_words(span), span, assumed)


def _at_a_time(typed: str) -> str | None:
    """Return EDTF for a day with a time of day, or None."""
    found = clocked(typed)
    day = found and point(tidied(found[0]))
    if not found or not day or day.day is None or day.mark or day.part is not None:
        return None
    return day.within(None) + found[1]


def _read(text: str, today: Day | None) -> str | None:
    """Return EDTF for tidied text, or None where no reading fits."""
    if found := _MONTH_FIRST.fullmatch(text):
        month, first, last, year = found.groups()
        text = " ".join(filter(None, (first, "-", last, month, year)))
    single = point(text)
    if single:
        return single.within(today)
    for form, shape in _ONE_SIDED:
        found = form.fullmatch(text)
        side = found and point(next(part for part in found.groups() if part))
        if side:
            return shape(side.dated(today))
    for form in _PAIRS:
        found = form.fullmatch(text)
        if found and (made := _pair(found[1], found[2], today)):
            return made
    return None


def _pair(left: str, right: str, today: Day | None) -> str | None:
    """Return an interval; the first end takes from the second what it does not say itself."""
    first, last = point(left, days=True), point(right, days=True)
    if first is None or last is None:
        return None
    if last.month is None and last.day is not None:
        last = replace(last, month=first.month)
    if last.year is None and first.year is not None:
        last = last.dated(Day(first.year, 12, 31))
    last = last.dated(today)
    first = first.completed(last)
    if any(one.day is not None and one.month is None for one in (first, last)):
        return None
    return f"{_start(first)}/{_end(last)}"


def _start(one: Point) -> str:
    return one.within(None).partition("/")[0]


def _end(one: Point) -> str:
    return one.within(None).rpartition("/")[2]


def _day_after(one: Point) -> str:
    span = parse(one.within(None))
    return f"{day_of(span.latest.number + 1)}/.." if span.latest else ""


def _day_before(one: Point) -> str:
    span = parse(one.within(None))
    return f"../{day_of(span.earliest.number - 1)}" if span.earliest else ""


_ONE_SIDED: Final[tuple[tuple[re.Pattern[str], Callable[[Point], str]], ...]] = (
    (_SINCE, lambda one: f"{_start(one)}/.."),
    (_UNTIL, lambda one: f"../{_end(one)}"),
    (_AFTER, _day_after),
    (_BEFORE, _day_before),
)
