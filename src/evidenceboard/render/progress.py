"""Telling how far long work is; whoever is told may stop it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import lru_cache
from typing import Final, TypeVar, cast

from evidenceboard.errors import StoppedError
from evidenceboard.model.pace import Tick, from_to, uncollected, unheard

__all__ = ["Tick", "awaited", "beside", "from_to", "stopped", "ticking", "uncollected", "unheard"]

T = TypeVar("T")
_EACH: Final = 0.01
"""Seconds after which it is told again that work goes on."""


def stopped() -> StoppedError:
    """Return what is raised where an export is stopped."""
    return StoppedError("The export was stopped; nothing was written.")


def ticking(told: Callable[[float], None] | None) -> Tick:
    """Return what tells `told` of progress, never backwards. Raises `StoppedError` where that returns False."""
    if told is None:
        return unheard
    asked = cast(Callable[[float], object], told)
    farthest = 0.0

    def tick(share: float) -> None:
        nonlocal farthest
        farthest = max(farthest, min(share, 1.0))
        if asked(farthest) is False:
            raise stopped()

    return tick


@lru_cache(maxsize=1)
def _workers() -> ThreadPoolExecutor:
    """Return threads that stay, as to begin one takes longer than much that is done in them on a small board."""
    return ThreadPoolExecutor(4, "export")


def beside(work: Callable[[], T], tick: Tick) -> T:
    """Return what work without Qt gives, done in a thread, so that a window stays alive meanwhile.

    Where it shall stop, that happens when the thread is done.
    """
    made = _workers().submit(work)
    try:
        return awaited(made, tick)
    finally:
        wait([made])


def awaited(made: Future[T], tick: Tick) -> T:
    """Return what a thread gives, once it is done with it; until then it is told that work goes on."""
    while not made.done():
        tick(0.0)
        wait([made], _EACH)
    return made.result()
