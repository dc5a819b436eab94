"""Numbers that two copies gave to different things: both keep theirs, told apart by a letter behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

_PARTS: Final = re.compile(r"([^0-9]+[0-9]+)[a-z]*")
_LETTERS: Final = "bcdefghijklmnopqrstuvwxyz"


def bare(number: str) -> str:
    """Return a number without the letter behind it: C3 for C3b."""
    found = _PARTS.fullmatch(number)
    return found[1] if found else number


def told_apart(numbers: Mapping[str, str], new: Iterable[str]) -> dict[str, str]:
    """Return the numbers that have to be others, by id, where things of these ids came together with `new` ones.

    Of those that share a number the first by id keeps it, the next ones get a letter: the same in every copy.
    """
    sharing: dict[str, list[str]] = {}
    for record_id, number in numbers.items():
        sharing.setdefault(bare(number), []).append(record_id)
    made: dict[str, str] = {}
    for number in dict.fromkeys(bare(numbers[record_id]) for record_id in new):
        ids = sorted(sharing[number])
        if len({numbers[one] for one in ids}) == len(ids):
            continue  # each has its own already, or there is one only
        for place, record_id in enumerate(ids):
            wanted = number + ("" if place == 0 else _letter(place))
            if numbers[record_id] != wanted:
                made[record_id] = wanted
    return made


def _letter(place: int) -> str:
    return _LETTERS[place - 1] if place <= len(_LETTERS) else "z" + _letter(place - len(_LETTERS))
