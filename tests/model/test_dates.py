"""Dates in words: what a reader sees, and what the box for dates understands of what people write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_edtf import EXAMPLES

from evidenceboard.errors import InvalidValueError
from evidenceboard.model.date_box import understood
from evidenceboard.model.dates import bounds, shown
from evidenceboard.model.edtf import Day, parse, readable

TODAY = Day(2026, 11, 24)
WORDS = [
    *"-/?,",
    "since",
    "to",
    "mid",
    "late",
    "12",
    "31",
    "00",
    "oct",
    "2024",
    "feb",
    "q3",
    "2020s",
    "winter",
    "about",
    "first",
    "week",
    "last",
    "19th century",
    "44 bc",
    "before",
    "friday",
    "14:30",
    "'24",
    "h2",
]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2024", "2024"),
        ("2024-10", "Oct 2024"),
        ("2024-10-08", "8 Oct 2024"),
        ("2024-02-29", "29 Feb 2024"),
        ("2024-10?", "Oct 2024?"),
        ("2024~", "about 2024"),
        ("2024-10-08%", "about 8 Oct 2024?"),
        ("2024-10/2024-12", "Oct 2024 to Dec 2024"),
        ("2024-10/..", "since Oct 2024"),
        ("2024-10/", "since Oct 2024"),
        ("../2024-10-08", "until 8 Oct 2024"),
        (" 2024 ", "2024"),
        ("", ""),
        ("2023-02-29", "2023-02-29"),
        ("2024-13", "2024-13"),
        ("2024-00", "2024-00"),
        ("2024-10-00", "2024-10-00"),
        ("2024-10-45", "2024-10-45"),
        ("0000-02-29", "29 Feb 1 BC"),
        ("-1985", "1986 BC"),
        ("and/or", "and/or"),
        ("/", "/"),
        ("../..", "../.."),
        ("2024/and", "2024/and"),
        ("24/7", "24/7"),
        ("autumn 2024", "autumn 2024"),
        ("2024 / 2025", "2024 / 2025"),
        ("٢٠٢٤", "٢٠٢٤"),
        ("202X", "2020s"),
        ("20XX", "a year from 2000 to 2099"),
        ("2024-XX", "a month of 2024"),
        ("2024-10-XX", "a day of Oct 2024"),
        ("2024-XX-XX", "a day of 2024"),
        ("-1985-XX", "a month of 1986 BC"),
        ("2024-1X", "a month from Oct to Dec 2024"),
        ("2024-10-1X~", "about a day from 10 to 19 Oct 2024"),
        ("2024-23", "autumn 2024"),
        ("2024-24", "winter 2024/25"),
        ("Y170000002", "170,000,002"),
        ("1985-04-12T23:20:30Z", "12 Apr 1985, 23:20:30 UTC"),
        ("1985-04-12T23:20:30+04:30", "12 Apr 1985, 23:20:30 UTC+04:30"),
        ("1985-04-12T23:20:30", "12 Apr 1985, 23:20:30"),
    ],
)
def test_a_date_is_shown_in_words_and_anything_else_as_it_was_typed(typed: str, words: str) -> None:
    assert shown(typed) == words


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2024-10", "1 Oct 2024 to 31 Oct 2024"),
        ("2024-10-08", "8 Oct 2024"),
        ("2024/..", "from 1 Jan 2024"),
        ("../2024", "until 31 Dec 2024"),
    ],
)
def test_a_date_says_the_days_that_it_lies_between(edtf: str, words: str) -> None:
    assert bounds(parse(edtf)) == words


@given(st.one_of(st.text("0123456789-/.~?% aжXYT:Z"), st.sampled_from(list(EXAMPLES))))
def test_no_date_ends_in_an_error_or_in_silence(typed: str) -> None:
    assert shown(typed) or not typed.strip()


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("2024-10-18?", "2024-10-18?"),
        ("2024-10-18 ?", "2024-10-18?"),
        ("202x", "202X"),
        ("2024-10/..", "2024-10/.."),
        ("2024-1-5", "2024-01-05"),
        ("mid Oct 2024", "2024-10-11~/2024-10-20~"),
        ("early November 2024", "2024-11-01~/2024-11-10~"),
        ("End of February 2024", "2024-02-21~/2024-02-29~"),
        ("first half of October 2024", "2024-10-01/2024-10-15"),
        ("mid-2024", "2024-05~/2024-08~"),
        ("late winter 2024", "2025-02~"),
        ("early 2020s", "2020~/2023~"),
        ("the 2020s", "202X"),
        ("Q3 2024", "2024-07/2024-09"),
        ("autumn 2024", "2024-23"),
        ("fall of 2024", "2024-23"),
        ("winter 2024/25", "2024-24"),
        ("12-15 October 2024", "2024-10-12/2024-10-15"),
        ("12 – 15 October 2024", "2024-10-12/2024-10-15"),
        ("Oct 12-15, 2024", "2024-10-12/2024-10-15"),
        ("between 8 and 12 October 2024", "2024-10-08/2024-10-12"),
        ("1 October - 3 November 2024", "2024-10-01/2024-11-03"),
        ("from Nov to Feb 2024", "2023-11/2024-02"),
        ("2024-10-18 to 20", "2024-10-18/2024-10-20"),
        ("2022-2024", "2022/2024"),
        ("mid Oct to early Nov 2024", "2024-10-11~/2024-11-10~"),
        ("October 18th, 2024", "2024-10-18"),
        ("the 3rd of March 2022", "2022-03-03"),
        ("18.10.2024", "2024-10-18"),
        ("18/10/2024", "2024-10-18"),
        ("10/18/2024", "2024-10-18"),
        ("10/2024", "2024-10"),
        ("about Oct 2024?", "2024-10%"),
        ("c. 1985", "1985~"),
        ("~2024", "2024~"),
        ("probably May 2024", "2024-05?"),
        ("since 2022", "2022/.."),
        ("2022-02-24 onwards", "2022-02-24/.."),
        ("Oct 2024 –", "2024-10/.."),
        ("until Dec 2024", "../2024-12"),
        ("before October 2024", "../2024-09-30"),
        ("after 31 Dec 2024", "2025-01-01/.."),
        ("since August", "2026-08/.."),
        ("end of December", "2025-12-21~/2025-12-31~"),
        ("12 to 15 Oct", "2026-10-12/2026-10-15"),
        ("24 Nov", "2026-11-24"),
        ("Oct-2024", "2024-10"),
        ("18-Oct-2024", "2024-10-18"),
        ("18-10-2024", "2024-10-18"),
        ("2024/10", "2024-10"),
        ("20241018", "2024-10-18"),
        ("18. 10. 2024", "2024-10-18"),
        ("Q3/2024", "2024-07/2024-09"),
        ("third quarter of 2024", "2024-07/2024-09"),
        ("H1 2024", "2024-01/2024-06"),
        ("Friday, 18 Oct 2024", "2024-10-18"),
        ("on the fifth of November 2024", "2024-11-05"),
        ("twenty-first of May 2024", "2024-05-21"),
        ("second week of October 2024", "2024-10-08~/2024-10-14~"),
        ("last week of February 2024", "2024-02-23~/2024-02-29~"),
        ("the 19th century", "18XX"),
        ("early 20th century", "1900~/1933~"),
        ("44 BC", "-0043"),
        ("c. 500 BCE", "-0499~"),
        ("AD 79", "0079"),
        ("no later than 5 May 2024", "../2024-05-05"),
        ("not before May 2024", "2024-05/.."),
        ("at least since 2022", "2022/.."),
        ("2022 → 2024", "2022/2024"),
        ("early 2024", "2024-01~/2024-04~"),
        ("summer 2023", "2023-22"),
        ("c. 1914", "1914~"),
        ("before June 2024", "../2024-05-31"),
        ("18 Oct 2024 at 14:30", "2024-10-18T14:30:00"),
        ("2024-10-18T14:30", "2024-10-18T14:30:00"),
        ("18 October 2024, 9:05 UTC", "2024-10-18T09:05:00Z"),
        ("25 Nov", "2025-11-25"),
    ],
)
def test_the_box_understands_what_people_write(typed: str, edtf: str) -> None:
    found = understood(typed, TODAY)
    assert (found.text, found.words) == (edtf, shown(edtf))
    assert found.span == parse(edtf)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("yesterday-ish", "read later than it is written"),
        ("today", "read later than it is written"),
        ("last week", "read later than it is written"),
        ("2024 to now", "read later than it is written"),
        ("three days ago", "read later than it is written"),
        ("10/12/2024", "two ways"),
        ("03/04/2024", "two ways"),
        ("3/4/24", "two digits"),
        ("Oct '24", "two digits"),
        ("unknown", "left empty"),
        ("n.d.", "left empty"),
        ("second week of 2024", "Only a month"),
        ("18 Oct 2024 at 25:00", "not understood"),
        ("45 Oct 2024", "no such day"),
        ("30 Feb 2024", "no such day"),
        ("2024-13", "no such month"),
        ("13.13.2024", "no such month"),
        ("../..", "neither beginning nor end"),
        ("Nov 2024 to Feb", "ends before it begins"),
        ("12", "not understood"),
        ("12-15", "not understood"),
        ("soon", "not understood"),
        ("Oct Nov 2024", "not understood"),
        ("early 18 Oct 2024", "not understood"),
        ("  ", "not understood"),
        ("since since since", "not understood"),
        ("about " * 200 + "2024", "too long"),
        ("1" * 1_000_000, "too long"),
    ],
)
def test_the_box_says_what_it_does_not_understand(typed: str, why: str) -> None:
    with pytest.raises(InvalidValueError, match=why) as refused:
        understood(typed, TODAY)
    assert "2024" in refused.value.hint


def test_a_year_that_is_taken_for_granted_is_said() -> None:
    assert "no year is written" in understood("since August", TODAY).assumed
    assert "no year is written" in understood("12 to 15 Oct", TODAY).assumed
    for typed in ("since August 2024", "2024-08", "Nov to Feb 2024", "19th century", "44 BC"):
        assert understood(typed, TODAY).assumed == ""


def test_a_year_that_is_not_written_is_asked_for_where_no_day_is_known() -> None:
    with pytest.raises(InvalidValueError, match="year is missing"):
        understood("since August")


@given(st.sampled_from(list(EXAMPLES)))
def test_the_box_takes_every_edtf_date_as_it_is(edtf: str) -> None:
    assert understood(f" {edtf} ").text == edtf


plain = st.builds(
    lambda y, m, d, mark: f"{y:04d}" + (f"-{m:02d}" if m else "") + (f"-{d:02d}" if 0 < m < 13 and d else "") + mark,
    st.integers(1, 9999),
    st.one_of(st.integers(0, 12), st.integers(21, 24)),
    st.integers(0, 28),
    st.sampled_from(["", "?", "~", "%"]),
)


@given(st.one_of(plain, plain.map("{}/..".format), plain.map("../{}".format), st.builds("{}/{}".format, plain, plain)))
def test_the_box_reads_back_the_words_that_a_date_is_shown_in(edtf: str) -> None:
    if readable(edtf):
        assert understood(shown(edtf)).text == edtf


@given(
    st.one_of(
        st.text("0123456789-/.~?%XYT: "),
        st.lists(st.sampled_from(WORDS)).map(" ".join),
        st.text(),
    )
)
def test_whatever_is_typed_the_box_understands_it_or_says_so(typed: str) -> None:
    try:
        found = understood(typed, TODAY)
    except InvalidValueError as refused:
        assert refused.message and refused.hint
    else:
        assert found.span == parse(found.text) and found.words
        assert understood(found.text).text == found.text, "what is stored is read as something else"
        first, last = found.span.earliest, found.span.latest
        assert first is None or last is None or first <= last
