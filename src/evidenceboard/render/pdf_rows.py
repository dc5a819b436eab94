"""Rows of whole numbers as words of a PDF, thousands at once: each number is looked up, not worked out."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_LEAST: Final = -8_000
_BEYOND: Final = 24_000
"""Between these lie the numbers that are looked up, a page of A4 in parts of a point and what is around it."""
_LONG: Final = len(b"-8000")
_NOTHING: Final = b"\0"
"""Stands where a number is shorter; no word of a form holds it."""


@lru_cache(maxsize=1)
def _known() -> NDArray[np.uint8]:
    """Return the digits of each number that is looked up, in one row."""
    return np.arange(_LEAST, _BEYOND).astype(f"S{_LONG}").view(np.uint8).reshape(-1, _LONG)


def filled(form: bytes, values: NDArray[Any], edges: list[int]) -> list[bytes]:
    """Return a form such as `%d %d m`, filled in with each row of whole numbers (m, k): a line each, part by part.

    `edges` is where each part begins, and where the last ends. In a part what is off the page may come last.
    """
    words = (form + b"\n").split(b"%d")
    whole = values.astype(np.int64)
    inside: NDArray[np.bool_] = np.all((whole >= _LEAST) & (whole < _BEYOND), axis=1)
    line = np.frombuffer((_NOTHING * _LONG).join(words), np.uint8)
    lines = np.tile(line, (len(whole), 1))
    at = len(words[0])
    places = np.where(inside[:, None], whole - _LEAST, 0)
    for column, word in zip(places.T, words[1:], strict=True):
        lines[:, at : at + _LONG] = np.take(_known(), column, axis=0)
        at += _LONG + len(word)
    lines[~inside] = 0
    outside = np.flatnonzero(~inside)
    text, made = lines.tobytes(), []
    for start, end in pairwise(edges):
        part = text[start * len(line) : end * len(line)].translate(None, _NOTHING)
        if len(outside):
            far = outside[slice(*np.searchsorted(outside, [start, end]).tolist())]
            part += (form + b"\n") * len(far) % tuple(whole[far].ravel().tolist())
        made.append(part)
    return made
