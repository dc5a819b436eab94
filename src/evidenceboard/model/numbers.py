"""The order of numbers as people read them: C2 before C10, C3 before C3b."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

KIND: Final = 46
"""Bits of a place below those of the letters that a number begins with."""
FREE: Final = 8
"""Bits of a place that tell no two numbers apart."""
_PARTS: Final = re.compile(r"(\D*)([0-9]{1,18})(.*)", re.DOTALL)


def natural(number: str) -> tuple[str, int, str]:
    """Return a key that sorts numbers of entities naturally; what has no digits comes first."""
    digits = number[1:]
    if digits.isascii() and digits.isdigit() and len(digits) < 18 and not number[0].isdigit():
        return (number[0], int(digits), "")  # nearly all numbers are a letter and digits
    found = _PARTS.match(number)
    return (found[1], int(found[2]), found[3]) if found else (number, -1, "")


def highest(numbers: Iterable[str]) -> dict[str, int]:
    """Return the highest of some numbers by the letter that they begin with; C3b counts as C3."""
    found: dict[str, int] = {}
    for number in numbers:
        prefix, value, _ = natural(number)
        if prefix and value >= 0:
            found[prefix] = max(found.get(prefix, 0), value)
    return found


def place_of(number: str) -> int:
    """Return a whole number that stands in the order of numbers: A1, A2, C1, C1b, C10."""
    if number.isascii() and len(number) <= 10 and number[:1] > "9" and number[1:].isdigit():
        return ord(number[0]) << KIND + 8 | int(number[1:]) << 16  # as below; nearly all numbers are such
    prefix, digits, suffix = natural(number)
    first = min(ord(prefix[0]), 255) << 8 if prefix else 0
    first += min(ord(prefix[1]), 255) if len(prefix) > 1 else 0
    last = min(ord(suffix[0]), 255) if suffix else 0
    return first << KIND | min(max(digits, 0), 2**30 - 1) << 16 | last << 8
