"""Letting go of much without holding anything up, and giving the system memory back that was needed for a while."""

from __future__ import annotations

import gc
import sys
from contextlib import suppress
from threading import Thread
from time import sleep
from typing import Any, Final

FEW: Final = 4000
"""Things that are let go of at once: that is quicker than to begin a thread."""
NEVER: Final = 1 << 30
"""Looks for garbage until one goes through everything, where a window has it so: what lasts is set aside there."""
_AT_ONCE: Final = 500
"""Things that are let go of before others get their turn."""
_TURN: Final = 0.001


def give_back() -> None:
    """Give back what lies idle: 10 ms for 100 MB, in which other threads run. Only glibc keeps it otherwise."""
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


def give_spare_back() -> None:
    """Let go of the tuples that Python keeps at hand: they lie all over what was freed, and keep that in memory.

    It does so when it looks through all for garbage; where a window has that never done, what lasts is set aside.
    """
    if gc.get_threshold()[2] == NEVER:
        gc.freeze()
    gc.collect()


def empty(held: list[Any], turn: float = _TURN) -> None:
    """Empty dicts, lists and sets bit by bit: all at once would hold everything else up. In any thread.

    `turn`: seconds that others get between: where nobody is about to do anything else, as few as they need to wake up.
    """
    while held:
        one = held.pop()
        while one:
            if isinstance(one, dict):
                for _ in range(min(_AT_ONCE, len(one))):
                    one.popitem()
            elif isinstance(one, set):
                for _ in range(min(_AT_ONCE, len(one))):
                    one.pop()
            else:
                del one[-_AT_ONCE:]
            if gc.isenabled() and gc.get_threshold()[2] == NEVER:
                # As long as things go, Python looks for no garbage among those that come; then one look would be long.
                gc.freeze()
            sleep(turn)


def let_go(*held: dict[Any, Any] | list[Any]) -> None:
    """Empty dicts and lists that nobody asks any more, beside everything else where they hold much."""
    if sum(map(len, held)) > FEW:
        Thread(target=empty, args=(list(held),), name="letting go", daemon=True).start()
