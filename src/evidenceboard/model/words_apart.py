"""Two texts compared word by word: which stretches only one of them has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

Stretch = tuple[int, int]
"""Where a stretch of a text starts, and how many signs it has."""
_PIECE: Final = re.compile(r"\w+|\s+|[^\w\s]")
_MOST: Final = 400_000
"""Pairs of words that are compared; of longer texts the part that differs is told as one."""


def words_apart(one: str, other: str) -> tuple[list[Stretch], list[Stretch]]:
    """Return the stretches that only the first text has, and those that only the second has.

    Without them the two texts are the same.
    """
    a, b = _PIECE.findall(one), _PIECE.findall(other)
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    mine, theirs = a[start : len(a) - end], b[start : len(b) - end]
    if len(mine) * len(theirs) > _MOST:
        changed = [(0, len(mine), 0, len(theirs))]
    else:
        steps = SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
        changed = [step[1:] for step in steps if step[0] != "equal"]
    return (
        _stretches(a, [(start + step[0], start + step[1]) for step in changed]),
        _stretches(b, [(start + step[2], start + step[3]) for step in changed]),
    )


def _stretches(pieces: Sequence[str], ranges: list[tuple[int, int]]) -> list[Stretch]:
    places = [0]
    for piece in pieces:
        places.append(places[-1] + len(piece))
    return [(places[low], places[high] - places[low]) for low, high in ranges if high > low]
