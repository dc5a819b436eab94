"""How far long work is: told now and then, to whoever may also stop it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

T = TypeVar("T")
Tick = Callable[[float], object]
"""Takes the share of the work that is done, 0 to 1. It raises `StoppedError` where the work shall stop."""
EACH: Final = 200
"""Records between two ticks: about a millisecond."""


def unheard(share: float) -> None:
    """Take how far work is that nobody waits for."""


def from_to(tick: Tick, start: float, end: float) -> Tick:
    """Return the tick of one part of the work, from the share `start` to `end`."""
    return lambda share: tick(start + (end - start) * share)


class Pace:
    """Tell of one part of some work, from the share `start` to `end`, that has `total` records to go through."""

    def __init__(self, tick: Tick | None, start: float = 0.0, end: float = 1.0, total: int = 1) -> None:
        self._tick = tick
        self._start, self._width = start, end - start
        self._total = max(1, total)
        self._done = 0
        self._next = EACH

    def on(self, count: int = 1) -> None:
        """Note that so many more records are done."""
        self._done += count
        if self._tick is not None and self._done >= self._next:
            self._next = self._done + EACH
            self._tick(self._start + self._width * min(1.0, self._done / self._total))

    def expect(self, total: int) -> None:
        """Say how many records there are to go through, once that is known."""
        self._total = max(1, total)

    def over(self, items: Iterable[T]) -> Iterable[T]:
        """Go through records, telling of it."""
        return items if self._tick is None else self._told(items)

    def _told(self, items: Iterable[T]) -> Iterator[T]:
        for item in items:
            yield item
            self.on()


@contextmanager
def uncollected() -> Iterator[None]:
    """Do not look for garbage in this block: among many objects that are made and kept that is slow and finds none."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
