"""Dates as the analyst writes them (EDTF) and as a reader sees them."""

from __future__ import annotations

import re
from typing import Final

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_POINT: Final = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)$")


def shown(text: str) -> str:
    """Return a date in plain words, such as “about Oct 2024”; what is no EDTF date is shown as it was typed."""
    start, slash, end = text.strip().partition("/")
    if not slash:
        return _point(start)
    if end in ("", ".."):
        return f"since {_point(start)}"
    if start in ("", ".."):
        return f"until {_point(end)}"
    return f"{_point(start)} to {_point(end)}"


def _point(text: str) -> str:
    found = _POINT.match(text)
    if not found:
        return text
    year, month, day, mark = found.groups()
    if month and not 1 <= int(month) <= 12:
        return text
    words = " ".join(
        part for part in (str(int(day)) if day else "", MONTHS[int(month) - 1] if month else "", year) if part
    )
    return {"?": f"{words}?", "~": f"about {words}", "%": f"about {words}?"}.get(mark, words)
