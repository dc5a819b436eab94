"""Boxes on a board, and the columns of numbers that hold many of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom in board units."""


def around(boxes: list[Box]) -> Box | None:
    """Return the box around boxes, or None where there are none."""
    if not boxes:
        return None
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def marked(n: int, places: NDArray[Any] | Iterable[int]) -> NDArray[np.bool_]:
    """Return `n` truth values, those at some places true: to look a number up there takes no search, as `isin` does."""
    made = np.zeros(n, np.bool_)
    made[places if isinstance(places, np.ndarray) else np.fromiter(places, np.intp)] = True
    return made


def once(numbers: NDArray[Any]) -> NDArray[Any]:
    """Return each of some numbers once, in their order: `np.unique` loads modules for 9 ms when it is first asked."""
    found = np.sort(numbers)
    return found[np.concatenate([[True], found[1:] != found[:-1]])] if len(found) else found
