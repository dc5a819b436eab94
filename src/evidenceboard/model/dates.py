"""Dates as the analyst writes them (EDTF) and as a reader sees them."""

from __future__ import annotations

import re
from calendar import monthrange
from typing import Final

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_POINT: Final = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)$")


def shown(text: str) -> str:
    """Return a date in plain words, such as “about Oct 2024”; what is no EDTF date is shown as it was typed."""
    start, slash, end = text.strip().partition("/")
    first, last = _point(start), _point(end)
    if not slash and first:
        return first
    if slash and first and end in ("", ".."):
        return f"since {first}"
    if slash and last and start in ("", ".."):
        return f"until {last}"
    return f"{first} to {last}" if first and last else text.strip()


def _point(text: str) -> str:
    """Return a date in words, or "" where it is none."""
    found = _POINT.match(text)
    if not found:
        return ""
    year, month, day, mark = found.groups()
    if month and not 1 <= int(month) <= 12:
        return ""
    # EDTF has a year 0; its February is as long as that of any other leap year.
    if day and not 1 <= int(day) <= monthrange(int(year) or 4, int(month))[1]:
        return ""
    words = " ".join(
        part for part in (str(int(day)) if day else "", MONTHS[int(month) - 1] if month else "", year) if part
    )
    return {"?": f"{words}?", "~": f"about {words}", "%": f"about {words}?"}.get(mark, words)
