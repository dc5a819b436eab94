"""Letting the window go first: what works beside it in the same process waits a little while it is busy.

What a window does lets go of Python at each call of Qt, some hundred times in a picture; a worker that takes it each
time makes a turn of 15 ms one of 50.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from time import monotonic
from typing import Final

LONGEST: Final = 0.03
"""Seconds that a worker waits at most, counted from when the window began: that may be waiting for the worker."""


class _Gate:
    """Where workers wait."""

    def __init__(self) -> None:
        self.open = Event()
        self.open.set()
        self.until = 0.0
        self.depth = 0


_GATE: Final = _Gate()


@contextmanager
def first() -> Iterator[None]:
    """Let workers wait that ask, as long as this lasts. In the thread of the window alone; it may be nested."""
    gate = _GATE
    gate.until = monotonic() + LONGEST
    gate.open.clear()
    gate.depth += 1
    try:
        yield
    finally:
        gate.depth -= 1
        if not gate.depth:
            gate.open.set()


def let_pass() -> None:
    """Let workers go on, because the window is about to wait for one of them."""
    _GATE.open.set()


def give_way() -> None:
    """Wait while the window goes first. For workers, between two small pieces of work."""
    if not _GATE.open.is_set():
        left = _GATE.until - monotonic()
        if left > 0:
            _GATE.open.wait(left)
