"""One turn of the event loop: all that works a little in each turn shares the time that a turn has."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QAbstractEventDispatcher

from evidenceboard.model import giving_way

ALL: Final = 0.006
"""Seconds of such work in one turn, so that what was clicked or typed meanwhile does not wait for several in a row."""
WHOLE: Final = 0.009
"""Seconds of a turn, all that was clicked, laid out and painted in it included, of which such work has what is left."""
LEAST: Final = 0.2
"""What of the time that it wants a piece of work gets in any case, as a share: nothing waits for another's end."""
_BARELY: Final = 0.0005
"""Seconds of work in a turn that count for nothing."""


class _Turn:
    """Add up what was worked since the turn began, and know how long the thread has been busy in it with anything."""

    def __init__(self) -> None:
        self.kept = 0.0
        self.left_to = 0
        self.begin()

    def begin(self) -> None:
        self.worked, self.kept = self.kept, 0.0
        # The time of the processor: a loop that waits for events is not busy.
        self._begun = time.thread_time()

    @property
    def left(self) -> float:
        """Return how many seconds are left for such work."""
        return min(ALL - self.worked, WHOLE - (time.thread_time() - self._begun))


_TURN: Final = _Turn()


def watch(dispatcher: QAbstractEventDispatcher | None) -> None:
    """Learn from the event loop of this thread when a turn begins."""
    if dispatcher is not None:
        dispatcher.awake.connect(_TURN.begin)
        # Told at the beginning of a turn, and at its end.
        dispatcher.aboutToBlock.connect(giving_way.let_pass)
        dispatcher.awake.connect(giving_way.let_pass)


def is_used() -> bool:
    """Tell whether something has worked in this turn, so that what cannot be done in parts waits for the next."""
    return _TURN.worked > _BARELY


def is_left() -> bool:
    """Tell whether turns are left to a worker for whom the window waits."""
    return _TURN.left_to > 0


@contextmanager
def leave() -> Iterator[None]:
    """Leave turns to a worker for whom the window waits: two threads that both work take three times as long."""
    _TURN.left_to += 1
    try:
        yield
    finally:
        _TURN.left_to -= 1


def keep(wanted: float) -> None:
    """Keep so many seconds of the next turn for work that cannot be done in parts: what shares it gets less."""
    _TURN.kept = wanted


@contextmanager
def share(wanted: float, *, first: bool = False) -> Iterator[float]:
    """Give a block until when it may work, by `time.perf_counter`: so many seconds, or what others left of the turn.

    Workers go on meanwhile, unless it goes `first`, as what somebody looks at does.
    """
    start = time.perf_counter()
    (giving_way.go_first if first else giving_way.let_pass)()
    try:
        yield start + max(min(wanted, _TURN.left), LEAST * wanted)
    finally:
        _TURN.worked += time.perf_counter() - start
        giving_way.go_first()
