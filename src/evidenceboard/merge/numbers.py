"""Numbers that two copies gave to different things: both keep theirs, told apart by a letter behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_LETTERS: Final = "bcdefghijklmnopqrstuvwxyz"


def told_apart(numbers: Mapping[str, str]) -> dict[str, str]:
    """Return the numbers of those that were given the same one, by id; `numbers` are those they were made with.

    The first by id keeps it, the next ones get a letter: the same in every copy.
    """
    sharing: dict[str, list[str]] = {}
    for record_id, number in numbers.items():
        sharing.setdefault(number, []).append(record_id)
    return {
        record_id: number + (_letter(place) if place else "")
        for number, ids in sharing.items()
        if len(ids) > 1
        for place, record_id in enumerate(sorted(ids))
    }


def _letter(place: int) -> str:
    return _LETTERS[place - 1] if place <= len(_LETTERS) else "z" + _letter(place - len(_LETTERS))
