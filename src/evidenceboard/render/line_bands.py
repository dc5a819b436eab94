"""Which of very many short lines touch a strip: those of each band of an area are listed once, then looked up."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

MOST: Final = 64
"""Bands of an area, where lines are short; longer ones are listed in wider bands, so that few are listed often."""
LEAST: Final = 8
FEW: Final = 2000
"""Lines up to which looking at all of them takes no longer than looking their bands up."""


def in_bands(low: NDArray[np.float32], high: NDArray[np.float32], start: float, end: float) -> Bands | None:
    """Sort lines that reach from `low` to `high` across an area; None where most reach so far that it is no use."""
    if len(low) <= FEW:
        return None
    reach = float(np.mean(np.clip(high, start, end) - np.clip(low, start, end)))
    count = min(MOST, int((end - start) / max(reach, 1e-9)))
    return Bands(low, high, start, end, count) if count >= LEAST else None


class Bands:
    """Lists of the lines that reach into each of some bands, from one side of an area to the other."""

    def __init__(
        self, low: NDArray[np.float32], high: NDArray[np.float32], start: float, end: float, count: int
    ) -> None:
        """Sort lines into so many bands; what lies outside counts to the outermost."""
        self.count = count
        # Short numbers throughout: what is rounded alike never falls on the wrong side of a bound.
        self._start, self._step = np.float32(start), np.float32((end - start) / count)
        first, last = self._band(low), self._band(high)
        many = last - first + 1
        of = np.repeat(np.arange(len(low), dtype=np.int32), many)
        further = np.arange(len(of)) - np.repeat(np.cumsum(many) - many, many)
        band = (np.repeat(first, many) + further).astype(np.uint8)
        order = np.argsort(band, kind="stable")
        self._of = of[order]
        self._begins = (further == 0)[order]
        self._bounds = np.searchsorted(band[order], np.arange(count + 1)).tolist()

    def _band(self, at: NDArray[np.float32]) -> NDArray[np.intp]:
        made: NDArray[np.intp] = np.clip((at - self._start) / self._step, 0, self.count - 1).astype(np.intp)
        return made

    def _one(self, at: float) -> int:
        return min(max(int((np.float32(at) - self._start) / self._step), 0), self.count - 1)

    def span(self, low: float, high: float) -> tuple[int, int]:
        """Return the first and the last band that a strip lies in."""
        return self._one(low), self._one(high)

    def within(self, first: int, last: int) -> NDArray[np.int32]:
        """Return the places of the lines that reach into any of some bands, each once, in no order."""
        here, then, end = self._bounds[first], self._bounds[first + 1], self._bounds[last + 1]
        # One that was there in an earlier band is listed there.
        return np.concatenate([self._of[here:then], self._of[then:end][self._begins[then:end]]])
