"""Letting the window go first: what works beside it in the same process waits a little while it is busy.

What a window does lets go of Python at each call of Qt and takes it again for each event, some hundred times in a
turn; a worker that has it then each time makes a turn of 15 ms one of 50.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from threading import Event
from time import monotonic, sleep
from typing import Final, TypeVar

Thing = TypeVar("Thing")

LONGEST: Final = 0.05
"""Seconds that a worker waits at most, counted from when the window began: that may be waiting for the worker."""

BREATH: Final = 0.0001
"""Seconds in which another thread wakes up and takes its turn."""


class _Gate:
    """Where workers wait."""

    def __init__(self) -> None:
        self.open = Event()
        self.open.set()
        self.until = 0.0


_GATE: Final = _Gate()


def go_first() -> None:
    """Let workers wait that ask, until this turn of the event loop ends. In the thread of the window alone."""
    _GATE.until = monotonic() + LONGEST
    if _GATE.open.is_set():
        _GATE.open.clear()


def let_pass() -> None:
    """Let workers go on: the turn ends, or what is done now can wait, or is about to wait for a worker."""
    _GATE.open.set()


def give_way() -> None:
    """Wait while the window goes first. For workers, between two small pieces of work."""
    if not _GATE.open.is_set():
        left = _GATE.until - monotonic()
        if left > 0:
            _GATE.open.wait(left)


def breathe() -> None:
    """Let go of Python long enough for another thread to take it. For workers that unpack many small things.

    Else they let go of it for microseconds at each, which wakes whoever waits for it, but too late; and that thread
    asks for it only where nothing has waked it for a while. So it might wait for a tenth of a second.
    """
    sleep(BREATH)


def giving_way(things: Iterable[Thing], few: int) -> Iterator[Thing]:
    """Yield things as they come, and give way after each few of them."""
    for count, thing in enumerate(things):
        if count % few == 0:
            give_way()
        yield thing
