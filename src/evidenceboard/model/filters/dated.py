"""Filters by time. A date that is vague fits wherever it may fit: “autumn 2024” is also after September."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from evidenceboard.errors import InvalidValueError
from evidenceboard.model.date_box import understood
from evidenceboard.model.edtf import Day, Span, day_of, readable
from evidenceboard.model.filters.filter import FilterKind, Read, Test, any_of, compared, either
from evidenceboard.model.filters.named import date_text
from evidenceboard.model.records import Entity
from evidenceboard.model.timeline import moment

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

_Bounds = tuple[Day | None, Day | None]
_WORDS: Final = {"=": "", "<": "before ", "<=": "until ", ">": "after ", ">=": "since "}
TAKES: Final = "Dates are such as 2024, 2024-10 or 2024-10-18."


def _bounds(sign: str, span: Span) -> _Bounds:
    """Return the days that a date has to touch. Raises `ValueError` where an end is open that is asked for."""
    first, last = span.earliest, span.latest
    if sign in ("<", ">=") and first is None:
        raise ValueError("has no beginning to compare with")
    if sign in (">", "<=") and last is None:
        raise ValueError("has no end to compare with")
    if sign == "<" and first is not None:
        return None, day_of(first.number - 1)
    if sign == ">" and last is not None:
        return day_of(last.number + 1), None
    return {"<=": (None, last), ">=": (first, None), "=": (first, last)}[sign]


def _touches(span: Span | None, bounds: _Bounds) -> bool:
    if span is None:
        return False
    first, last = bounds
    starts = last is None or span.earliest is None or span.earliest <= last
    return starts and (first is None or span.latest is None or span.latest >= first)


def _read(sign: str, value: str) -> tuple[str, _Bounds]:
    """Return words and days for a date as people write it. Raises `ValueError`."""
    try:
        date = understood(value)
    except InvalidValueError as error:
        raise ValueError("is no date that can be read") from error
    bounds = _bounds(sign, date.span)
    return f"{_WORDS[sign]}{date.words}", bounds


def _happened(fixed: str = "") -> Callable[[list[str], Document], Read]:
    """Return the reader of when something happened or was published; `fixed` is the sign that the name stands for."""

    def read(values: list[str], document: Document) -> Read:
        return _made([_read(fixed, value) if fixed else _read(*compared(value)) for value in values], date_text)

    return read


def _reported(values: list[str], document: Document) -> Read:
    found = _made([_read(*compared(value)) for value in values], lambda entity: moment(document, entity).reported)
    return Read(f"reported {found.said}", found.fits)


def _made(read: list[tuple[str, _Bounds]], date: Callable[[Entity], str]) -> Read:
    def test(bounds: _Bounds) -> Test:
        return lambda entity: bool(text := date(entity)) and _touches(readable(text), bounds)

    return Read(either([said for said, _ in read]), any_of([test(bounds) for _, bounds in read]))


KINDS: Final = (
    FilterKind("after", TAKES, _happened(">"), 2, (), "when it happened or was published"),
    FilterKind("since", TAKES, _happened(">="), 2),
    FilterKind("before", TAKES, _happened("<"), 2),
    FilterKind("until", TAKES, _happened("<="), 2),
    FilterKind("on", TAKES, _happened("="), 2),
    FilterKind("reported", TAKES, _reported, 8, (), "when it was first reported, such as >2024-10"),
)
