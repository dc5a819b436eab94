"""What a filter of a search is, and how its values are read: lists, comparisons, words that are only begun."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Final, TypeVar

from evidenceboard.model.records import Entity
from evidenceboard.model.values import dataclass

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

T = TypeVar("T")
Test = Callable[[Entity], bool]
_VALUE: Final = re.compile(r'((?:"[^"]*"?|[^,"])+)')
_COMPARED: Final = re.compile(r"\s*(<=|>=|<|>|=|≤|≥)?\s*(.*?)\s*", re.DOTALL)
_SIGNS: Final = {"": "=", "≤": "<=", "≥": ">="}
_LONGEST_NUMBER: Final = 9


class MisreadError(Exception):
    """A filter whose value does not fit. `why` goes on from the filter as it was typed; `takes` says what it takes."""

    def __init__(self, why: str, takes: str) -> None:
        super().__init__(why)
        self.why, self.takes = why, takes


@dataclass(frozen=True, slots=True)
class Read:
    """What a value was read as. `said` in words; `fits` tells of an entity."""

    said: str
    fits: Test


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of a query. `text` as it can be typed, `cost` in microseconds or so for one entity."""

    text: str
    said: str
    cost: int
    fits: Test = field(compare=False)


@dataclass(frozen=True, slots=True)
class FilterKind:
    """A filter by its name. `takes` is one sentence for who got a value wrong, `values` are offered while typing."""

    key: str
    takes: str
    read: Callable[[list[str], Document], Read]
    cost: int
    values: tuple[str, ...] = ()
    help: str = ""

    def make(self, value: str, document: Document, negated: bool) -> Filter:
        """Return the filter for a value. Raises `MisreadError`."""
        values = values_in(value)
        if not values:
            raise MisreadError("has no value yet", self.takes)
        try:
            read = self.read(values, document)
        except ValueError as error:
            raise MisreadError(str(error), self.takes) from error
        text = f"{self.key}:{','.join(map(quoted, values))}"
        if not negated:
            return Filter(text, read.said, self.cost, read.fits)
        return Filter(f"-{text}", f"not {read.said}", self.cost, lambda entity: not read.fits(entity))


def values_in(value: str) -> list[str]:
    """Return the values of a filter, which commas part; those in quotation marks hold commas and gaps."""
    found = (part.replace('"', "").strip() for part in _VALUE.findall(value))
    return [part for part in found if part]


def quoted(value: str) -> str:
    """Return a value as it can be typed."""
    return f'"{value}"' if any(sign.isspace() or sign == "," for sign in value) else value


def compared(value: str) -> tuple[str, str]:
    """Return the sign of comparison (`=` where there is none) and what follows it."""
    found = _COMPARED.fullmatch(value)
    sign, rest = (found[1] or "", found[2]) if found else ("", value)
    return _SIGNS.get(sign, sign), rest


def holds(sign: str, one: int, other: int) -> bool:
    """Tell whether a comparison of two places or numbers is true."""
    return {
        "=": one == other, "<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other,
    }[sign]  # fmt: skip


def number(value: str) -> tuple[str, int]:
    """Return sign and number of a value such as “>=2”. Raises `ValueError`."""
    sign, rest = compared(value)
    if not (rest.isascii() and rest.isdigit() and len(rest) <= _LONGEST_NUMBER):
        raise ValueError("is no number")
    return sign, int(rest)


def begun(word: str, words: Iterable[str]) -> list[str]:
    """Return the words that a word is, or where it is none of them, those that it is the beginning of."""
    known = list(words)
    wanted = word.casefold()
    exact = [one for one in known if one.casefold() == wanted]
    return exact or [one for one in known if wanted and one.casefold().startswith(wanted)]


def either(words: Sequence[str]) -> str:
    """Return words as a choice, such as “A, B or C”."""
    some = list(dict.fromkeys(words))
    return some[0] if len(some) == 1 else f"{', '.join(some[:-1])} or {some[-1]}"


def any_of(tests: Sequence[Test]) -> Test:
    """Return a test that passes where one of some does."""
    return tests[0] if len(tests) == 1 else lambda entity: any(test(entity) for test in tests)
