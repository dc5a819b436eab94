"""Dates in the words that a reader sees."""

from __future__ import annotations

from typing import Final

from evidenceboard.model.edtf import SEASONS, Day, Span, parse, readable

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def shown(text: str) -> str:
    """Return a date in plain words, such as “about Oct 2024”; what is no EDTF date is shown as it was typed."""
    text = text.strip()
    span = readable(text)
    return text if span is None else in_words(span)


def in_words(span: Span) -> str:
    """Return what a date says in plain words."""
    start, slash, end = span.text.partition("/")
    if not slash:
        return _point(span)
    if span.open_end:
        return f"since {_point(parse(start))}"
    if span.open_start:
        return f"until {_point(parse(end))}"
    return f"{_point(parse(start))} to {_point(parse(end))}"


def bounds(span: Span) -> str:
    """Return the days that a date lies between, such as “1 Oct 2024 to 31 Oct 2024”."""
    if span.earliest is None or span.latest is None:
        known = span.earliest or span.latest
        return f"{'until' if span.open_start else 'from'} {_day(known)}" if known else ""
    first, last = _day(span.earliest), _day(span.latest)
    return first if first == last else f"{first} to {last}"


def stretch(first: Day, last: Day) -> str:
    """Return a span of whole days in few words, such as “8 Oct – 14 Nov 2024”."""
    if first == last:
        return _day(last)
    if first.year != last.year:
        return f"{_day(first)} – {_day(last)}"
    start = str(first.day) if first.month == last.month else f"{first.day} {MONTHS[first.month - 1]}"
    return f"{start} – {_day(last)}"


def _point(span: Span) -> str:
    """Return a date that is no interval in words, its mark included."""
    text = span.text.rstrip("?~%")
    words = _unmarked(text, span)
    return ("about " if span.approximate else "") + words + ("?" if span.uncertain else "")


def _unmarked(text: str, span: Span) -> str:
    first, last = span.earliest, span.latest
    if first is None or last is None:
        return text
    date, timed, time = text.partition("T")
    if timed:
        return f"{_day(first)}, {_time(time)}"
    if "X" in date:
        return _unspecified(date, first, last)
    if first.year != last.year or (first.month != last.month and first[1:] != (1, 1)):
        season = f"{SEASONS[int(date[-2:])]} {_year(first.year)}"
        # A winter lies in two years, so both are said.
        return season if first.year == last.year or first.year <= 0 else f"{season}/{last.year % 100:02d}"
    if first == last:
        return _day(first)
    return _month(first) if first.month == last.month else _year(first.year)


def _unspecified(date: str, first: Day, last: Day) -> str:
    """Return words for a date whose last digits are not known."""
    if first.year != last.year:
        # The 2020s are a name; from 2000 to 2099 it is not known which year.
        if last.year - first.year == 9 and first.year > 0:
            return f"{first.year}s"
        return f"a year from {_year(first.year)} to {_year(last.year)}"
    if date.endswith("-XX"):
        whole = _year(first.year) if first.month != last.month else _month(first)
        return f"a {'day' if date.count('-') - (first.year < 0) == 2 else 'month'} of {whole}"
    if first.month != last.month:
        return f"a month from {MONTHS[first.month - 1]} to {_month(last)}"
    return f"a day from {first.day} to {_day(last)}"


def _day(day: Day) -> str:
    return f"{day.day} {_month(day)}"


def _month(day: Day) -> str:
    return f"{MONTHS[day.month - 1]} {_year(day.year)}"


def _year(year: int) -> str:
    """Return a year; 0 is 1 BC, -1 is 2 BC, as EDTF counts them."""
    if year <= 0:
        return f"{1 - year:,} BC" if year <= -9999 else f"{1 - year} BC"
    return f"{year:04d}" if year < 10_000 else f"{year:,}"


def _time(time: str) -> str:
    """Return a time of day with its zone."""
    if time.endswith("Z"):
        return f"{time[:-1]} UTC"
    return f"{time[:8]} UTC{time[8:]}" if len(time) > 8 else time
