"""When Python looks for garbage: not while a file opens, and afterwards not again and again in all that it holds.

A large board is a million objects. Walking through them takes longer than a frame has time, and finds nothing.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

LONG: Final = 0.002
"""Seconds of processor time from which on a look through everything is not taken again through the same things."""
OFTEN: Final = 2
"""Looks through what is young after which all is looked through: often, so that little has come in between."""
ENOUGH: Final = 32
"""Looks that set things aside until it is worth while to look through those again, when nobody waits for a window."""


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


def set_aside() -> None:
    """Take what there is for lasting: much of it has just come, and each of three looks would walk through it."""
    if gc.isenabled():
        gc.freeze()


def let_go() -> None:
    """Look through everything again: a window was closed, and what it held is garbage."""
    gc.unfreeze()


class _Looks:
    """Set aside what a long look found lasting, so that the next one is about what came since.

    A panel makes hundreds of thousands of objects and holds them, and Python would walk through all of them whenever a
    quarter more has come. Of what is set aside only circles wait to be found: all else goes when it is let go of.
    """

    def __init__(self) -> None:
        self._since = 0.0
        self._aside = 0

    def note(self, phase: str, info: dict[str, Any]) -> None:
        """Take the time of a look through everything that was not set aside."""
        if info["generation"] < 2:
            return
        if phase == "start":
            self._since = time.thread_time()
        elif time.thread_time() - self._since > LONG:
            gc.freeze()
            self._aside += 1

    def look_back(self, state: Qt.ApplicationState) -> None:
        """Look through what was set aside as well, once another program is in front."""
        if state != Qt.ApplicationState.ApplicationActive and self._aside >= ENOUGH and gc.isenabled():
            gc.unfreeze()
            gc.collect()
            self._aside = 0


_LOOKS: Final = _Looks()


def begin(app: QGuiApplication) -> None:
    """Have every look for garbage be a short one while this application lives."""
    if _LOOKS.note not in gc.callbacks:
        gc.callbacks.append(_LOOKS.note)
        gc.set_threshold(*gc.get_threshold()[:2], OFTEN)
        app.applicationStateChanged.connect(_LOOKS.look_back)
