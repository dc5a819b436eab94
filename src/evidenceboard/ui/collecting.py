"""When Python looks for garbage: not while a file opens, and afterwards not again and again in all that it holds.

A large board is a million objects. Walking through them takes longer than a frame has time, and finds nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_off() -> Iterator[None]:
    """Do not look for garbage in this block; what is there at its end is taken for lasting."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was:
            gc.enable()


def let_go() -> None:
    """Look through everything again: a window was closed, and what it held is garbage."""
    gc.unfreeze()
