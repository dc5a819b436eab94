"""EDTF levels 0 and 1 against the examples of the Library of Congress, and what no date may do."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.errors import InvalidValueError
from evidenceboard.model.edtf import LONGEST, Day, day_of, parse, readable

EXAMPLES = {
    # What a date says: its earliest day, its latest day, and ~ where it is approximate, ? where it is uncertain.
    # Level 0: date, date and time, interval
    "1985-04-12": ("1985-04-12", "1985-04-12", ""),
    "1985-04": ("1985-04-01", "1985-04-30", ""),
    "1985": ("1985-01-01", "1985-12-31", ""),
    "1985-04-12T23:20:30": ("1985-04-12", "1985-04-12", ""),
    "1985-04-12T23:20:30Z": ("1985-04-12", "1985-04-12", ""),
    "1985-04-12T23:20:30-04": ("1985-04-12", "1985-04-12", ""),
    "1985-04-12T23:20:30+04:30": ("1985-04-12", "1985-04-12", ""),
    "1964/2008": ("1964-01-01", "2008-12-31", ""),
    "2004-06/2006-08": ("2004-06-01", "2006-08-31", ""),
    "2004-02-01/2005-02-08": ("2004-02-01", "2005-02-08", ""),
    "2004-02-01/2005-02": ("2004-02-01", "2005-02-28", ""),
    "2004-02-01/2005": ("2004-02-01", "2005-12-31", ""),
    "2005/2006-02": ("2005-01-01", "2006-02-28", ""),
    # Level 1: years of more than four digits, seasons, qualification
    "Y170000002": ("Y170000002-01-01", "Y170000002-12-31", ""),
    "Y-170000002": ("Y-170000002-01-01", "Y-170000002-12-31", ""),
    "2001-21": ("2001-03-01", "2001-05-31", ""),
    "2001-22": ("2001-06-01", "2001-08-31", ""),
    "2001-23": ("2001-09-01", "2001-11-30", ""),
    "2001-24": ("2001-12-01", "2002-02-28", ""),
    "1984?": ("1984-01-01", "1984-12-31", "?"),
    "2004-06~": ("2004-06-01", "2004-06-30", "~"),
    "2004-06-11%": ("2004-06-11", "2004-06-11", "~?"),
    # Level 1: digits from the right that are not known
    "201X": ("2010-01-01", "2019-12-31", ""),
    "20XX": ("2000-01-01", "2099-12-31", ""),
    "2004-XX": ("2004-01-01", "2004-12-31", ""),
    "1985-04-XX": ("1985-04-01", "1985-04-30", ""),
    "1985-XX-XX": ("1985-01-01", "1985-12-31", ""),
    # Level 1: open and unknown ends
    "1985-04-12/..": ("1985-04-12", "None", ""),
    "1985-04/..": ("1985-04-01", "None", ""),
    "1985/..": ("1985-01-01", "None", ""),
    "../1985-04-12": ("None", "1985-04-12", ""),
    "../1985-04": ("None", "1985-04-30", ""),
    "../1985": ("None", "1985-12-31", ""),
    "1985-04-12/": ("1985-04-12", "None", ""),
    "1985-04/": ("1985-04-01", "None", ""),
    "1985/": ("1985-01-01", "None", ""),
    "/1985-04-12": ("None", "1985-04-12", ""),
    "/1985-04": ("None", "1985-04-30", ""),
    "/1985": ("None", "1985-12-31", ""),
    # Level 1: years before the year 0
    "-1985": ("-1985-01-01", "-1985-12-31", ""),
    # Level 1: intervals with ends that are qualified, and years about the year 0
    "1984/2004-06": ("1984-01-01", "2004-06-30", ""),
    "1984~/2004-06": ("1984-01-01", "2004-06-30", "~"),
    "1984/2004-06~": ("1984-01-01", "2004-06-30", "~"),
    "1984~/2004~": ("1984-01-01", "2004-12-31", "~"),
    "1984?/2004%": ("1984-01-01", "2004-12-31", "~?"),
    "1984-06?/2004-08?": ("1984-06-01", "2004-08-31", "?"),
    "1984-06-02?/2004-08-08~": ("1984-06-02", "2004-08-08", "~?"),
    "0000": ("0000-01-01", "0000-12-31", ""),
    "-0001": ("-0001-01-01", "-0001-12-31", ""),
    "2004-01-01/..": ("2004-01-01", "None", ""),
    "../2005-12-31": ("None", "2005-12-31", ""),
    # Beyond: digits of a month or day that are not known, as analysts write them
    "2024-1X": ("2024-10-01", "2024-12-31", ""),
    "2024-0X": ("2024-01-01", "2024-09-30", ""),
    "2024-10-1X": ("2024-10-10", "2024-10-19", ""),
    "2024-10-3X": ("2024-10-30", "2024-10-31", ""),
    "2024-02-2X": ("2024-02-20", "2024-02-29", ""),
    "-198X": ("-1989-01-01", "-1980-12-31", ""),
}
REFUSED = {
    "2024-13": "no such month",
    "2024-00": "no such month",
    "2024-02-30": "no such day",
    "2024-04-31": "no such day",
    "/..": "neither beginning nor end",
    "../": "neither beginning nor end",
    "2024-25": "no such month",
    "2024-21-05": "no such month",
    "2024-20": "no such month",
    "2024-10-45": "no such day",
    "2024-10-00": "no such day",
    "2023-02-29": "no such day",
    "2024-02-3X": "no such day",
    "2024-1X-05": "not its month",
    "../..": "neither beginning nor end",
    "/": "neither beginning nor end",
    "2024/2023": "ends before it begins",
    "2024-10-18/2024-10-17": "ends before it begins",
    "": "not understood",
    "yesterday": "not understood",
    "202X-10": "not understood",
    "2XXX": "not understood",
    "Y2024": "not understood",
    "-0000": "not understood",
    "2024-10-18T25:00:00": "not understood",
    "2024-10-18T10:00:00/2024-10-19": "not understood",
    "2024/2025/2026": "not understood",
    "٢٠٢٤": "not understood",
    "2024?~": "not understood",
    "Y" + "9" * 50: "not understood",
    "9" * 10_000: "too long",
    "X" * 1_000_000: "too long",
}
dates = st.builds(
    lambda y, m, d, mark: f"{y:04d}" + (f"-{m:02d}" if m else "") + (f"-{d:02d}" if m and d else "") + mark,
    st.integers(0, 9999),
    st.integers(0, 12),
    st.integers(0, 28),
    st.sampled_from(["", "?", "~", "%"]),
)


@pytest.mark.parametrize(("text", "ends"), EXAMPLES.items(), ids=list(EXAMPLES))
def test_a_date_has_an_earliest_and_a_latest_day(text: str, ends: tuple[str, str, str]) -> None:
    span = parse(text)
    assert (str(span.earliest), str(span.latest)) == ends[:2]
    assert (span.open_start, span.open_end) == (ends[0] == "None", ends[1] == "None")
    assert ("~" * span.approximate + "?" * span.uncertain) == ends[2]
    assert span.text == text


@pytest.mark.parametrize(("text", "why"), REFUSED.items(), ids=[text[:24] for text in REFUSED])
def test_what_is_no_date_is_refused_with_a_reason_and_what_would_do(text: str, why: str) -> None:
    with pytest.raises(InvalidValueError, match=why) as refused:
        parse(text)
    assert "2024-10-18" in refused.value.hint
    assert readable(text) is None


def test_an_interval_is_vague_where_either_end_is() -> None:
    span = parse("2024-10~/2024-11?")
    assert span.approximate and span.uncertain
    assert not parse("2024-10/2024-11").approximate


@given(st.one_of(st.text("0123456789-/.~?%XYTZ:+"), st.text()))
def test_whatever_is_typed_is_a_date_or_refused_and_earliest_never_follows_latest(text: str) -> None:
    span = readable(text)
    if span is not None:
        assert len(span.text) <= LONGEST
        assert not (span.open_start and span.open_end)
        if span.earliest and span.latest:
            assert span.earliest <= span.latest and span.earliest.number <= span.latest.number


@given(dates, dates)
def test_an_interval_reaches_from_the_earliest_of_its_start_to_the_latest_of_its_end(one: str, other: str) -> None:
    start, end = readable(one), readable(other)
    assert start and end
    span = readable(f"{one}/{other}")
    if span is None:
        assert start.earliest and end.latest and start.earliest > end.latest
    else:
        assert (span.earliest, span.latest) == (start.earliest, end.latest)


@given(st.dates())
def test_days_are_numbered_as_the_calendar_does(date: datetime.date) -> None:
    day = Day(date.year, date.month, date.day)
    assert day.number == (date - datetime.date(1970, 1, 1)).days
    assert day_of(day.number) == day and str(day) == date.isoformat()


@given(st.integers(-(10**15), 10**15))
def test_days_far_from_any_calendar_are_numbered_without_a_gap(number: int) -> None:
    assert day_of(number).number == number
    assert day_of(number) < day_of(number + 1)
