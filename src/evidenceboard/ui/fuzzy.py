"""Ordering names by how well they fit what was typed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


def score(typed: str, name: str) -> int:
    """Return how well a name fits, 0 where it does not: words that begin so count more than letters in passing."""
    wanted, said = typed.casefold().split(), name.casefold()
    if not wanted:
        return 1
    total = 0
    for word in wanted:
        place = said.find(word)
        if place == 0:
            total += 100
        elif place > 0:
            begins = any(part.startswith(word) for part in said.replace("-", " ").split())
            if len(word) == 1 and not begins:
                return 0
            total += 60 if begins else 30
        elif len(word) >= 3 and (gaps := _gaps(word, said)) is not None and gaps <= 2 * len(word):
            total += max(1, 20 - gaps)
        else:
            return 0
    return total


def best(typed: str, names: Iterable[tuple[T, str]]) -> list[tuple[T, str]]:
    """Return what fits, best first; equal ones keep their order."""
    rated = [(score(typed, name), thing, name) for thing, name in names]
    return [(thing, name) for rate, thing, name in sorted(rated, key=lambda row: -row[0]) if rate]


def _gaps(word: str, said: str) -> int | None:
    place, gaps = -1, 0
    for letter in word:
        found = said.find(letter, place + 1)
        if found < 0:
            return None
        gaps += found - place - 1 if place >= 0 else 0
        place = found
    return gaps
