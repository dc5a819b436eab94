"""The order of many numbers at once, as `numbers` tells it of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from string import ascii_uppercase
from typing import Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.numbers import KIND, place_of

_PLAIN: Final = re.compile(r"(?:[A-Z][0-9]{1,9} )+")
"""Numbers that are a letter and digits, as nearly all are."""
_WITHOUT_LETTERS: Final = str.maketrans(ascii_uppercase, " " * len(ascii_uppercase))


def places_of(numbers: Sequence[str]) -> NDArray[np.int64]:
    """Return `place_of` of each number."""
    joined = " ".join([*numbers, ""])
    if not _PLAIN.fullmatch(joined):
        return np.fromiter(map(place_of, numbers), np.int64, len(numbers))
    digits = np.fromstring(joined.translate(_WITHOUT_LETTERS), np.int64, sep=" ")
    signs = np.frombuffer(joined.encode(), np.uint8)
    return (signs[signs > ord("9")].astype(np.int64) << KIND + 8) | (digits << 16)
