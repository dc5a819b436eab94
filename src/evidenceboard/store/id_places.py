"""Places of ids in a list of them, looked up by the thousand: ids of 32 plain characters, as four numbers each.

Of one id at a time, and in less room, `IdPlaces` of `model/kept.py` tells it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

LONG: Final = 32
"""Characters of an id."""
Keys = NDArray[np.uint64]
"""Keys, (n, 4)."""
_END: Final = ord("\n")
"""Stands between words; a word that holds it is told by their number."""
_MIXED: Final = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
"""Odd numbers that spread the bits of a key."""
_ROOM: Final = 4
"""Slots for each id, at least: with so many hardly any id stands far from its own."""


class NotPlainError(Exception):
    """The file holds something that has to be read row by row."""


def keys_of(column: bytes, count: int) -> Keys:
    """Return ids, one a line. Raises `NotPlainError` where one is of another length."""
    lines = np.frombuffer(column + b"\n", np.uint8)
    if not column.isascii() or b"\0" in column or len(lines) != count * (LONG + 1):
        raise NotPlainError
    # As many ends of lines as there are lines, and the last of them where it would be: some of another length show.
    table = lines.reshape(count, LONG + 1)
    if (table[:, LONG] != _END).any():
        raise NotPlainError
    return np.ascontiguousarray(table[:, :LONG]).view(np.uint64)


class PlacesOfIds:
    """Tell the place of each of many ids in a list of them: a table of hashes, where a full slot leads to the next.

    To search among a million sorted numbers takes fifteen times as long.
    """

    def __init__(self, ids: Sequence[Keys]) -> None:
        """Take the parts of the list. Raises `NotPlainError` where an id comes twice."""
        self._ids = np.concatenate([*ids, np.zeros((0, LONG // 8), np.uint64)])
        self._keys = _mixed(self._ids)
        bits = max(4, (_ROOM * len(self._ids) - 1).bit_length())
        self._aside, self._mask = np.uint64(64 - bits), (1 << bits) - 1
        self._table = np.full(1 << bits, -1, np.int32)
        left, at = np.arange(len(self._ids), dtype=np.int32), self._slots(self._keys)
        while len(left):
            free = self._table[at] < 0
            self._table[at[free]] = left[free]
            there = self._table[at]
            out = there != left
            left, at, there = left[out], at[out] + 1 & self._mask, there[out]
            if (self._keys[there] == self._keys[left]).any():
                raise NotPlainError

    def of(self, asked: Keys) -> NDArray[np.intp]:
        """Return the place of each id, -1 where it is none of the list."""
        if not len(self._ids) or not len(asked):
            return np.full(len(asked), -1, np.intp)
        keys = _mixed(asked)
        at = self._slots(keys)
        found = self._table[at].astype(np.intp)
        left = np.flatnonzero((found >= 0) & (self._keys[found] != keys))
        while len(left):
            at[left] = following = at[left] + 1 & self._mask
            found[left] = there = self._table[following]
            left = left[(there >= 0) & (self._keys[there] != keys[left])]
        same = (np.take(self._ids, found, axis=0, mode="clip") == asked).view(np.uint32)[:, 0] == _ALL
        return np.where(same & (found >= 0), found, -1)

    def _slots(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Return the slot where the search for each key begins."""
        return (keys * np.uint64(_MIXED[0]) >> self._aside).astype(np.int64)


_ALL: Final = np.uint32(0x01010101)
"""Four times true, side by side."""


def _mixed(ids: Keys) -> NDArray[np.uint64]:
    """Return one number for each id, hardly ever the same for two."""
    made = ids[:, 0].copy()
    for place, factor in enumerate(_MIXED, 1):
        made ^= made >> np.uint64(29)
        made *= np.uint64(factor)
        made += ids[:, place]
    return made
