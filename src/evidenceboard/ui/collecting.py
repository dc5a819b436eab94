"""When Python looks for garbage: not while a file opens, and afterwards not again and again in all that it holds.

A large board is a million objects. Walking through them takes longer than a frame has time, and finds nothing.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication

from evidenceboard.model.giving_back import NEVER
from evidenceboard.model.pace import uncollected

LONG: Final = 0.002
"""Seconds of processor time of looks from which on what they went through is not gone through again."""
YOUNG: Final = 4000
"""Objects that come, less those that go, before Python looks among them: a millisecond, ten among a million cards."""
OFTEN: Final = 3
"""Looks among what is young after which what these left is looked through too: some ten thousand objects at most."""
SOON: Final = 2000
"""Milliseconds after a window was closed until what it held is looked for."""
ENOUGH: Final = 32
"""Looks that set things aside until it is worth while to look through those again, when nobody waits for a window."""


@contextmanager
def held_off() -> Iterator[None]:
    """Do not look for garbage in this block; what is there at its end is taken for lasting."""
    with uncollected():
        try:
            yield
        finally:
            gc.freeze()


def set_aside() -> None:
    """Take what there is for lasting: much of it has just come, and each of three looks would walk through it."""
    if gc.isenabled():
        gc.freeze()


def let_go() -> None:
    """Look through everything again before long: a window was closed, and what it held is garbage."""
    _LOOKS.look_back_soon()


class _Looks:
    """Set aside what looks found lasting, so that each is about little: a look through everything holds the window.

    A panel makes hundreds of thousands of objects and holds them, and Python would walk through all of them whenever a
    quarter more has come. Of what is set aside only circles wait to be found: all else goes when it is let go of.
    """

    def __init__(self) -> None:
        self._since = self._walked = 0.0
        self._aside = 0
        self._soon: QTimer | None = None

    def note(self, phase: str, info: dict[str, Any]) -> None:
        """Take the time of a look; what is found lasting in a long one is not looked through again."""
        if phase == "start":
            self._since = time.thread_time()
            return
        took = time.thread_time() - self._since
        if info["generation"] == 1:
            self._walked = took = self._walked + took
        if took > LONG:
            gc.freeze()
            self._aside += 1
            self._walked = 0.0

    def begin(self, app: QGuiApplication) -> None:
        """Take part in what this application does."""
        self._soon = QTimer(app, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self._look_back)
        app.applicationStateChanged.connect(self.turn_away)

    def look_back_soon(self) -> None:
        """Look through what was set aside as well, once nothing more is closed."""
        if self._soon is not None:
            self._soon.start()

    def turn_away(self, state: Qt.ApplicationState) -> None:
        """Look through what was set aside as well, once another program is in front."""
        if state != Qt.ApplicationState.ApplicationActive and self._aside >= ENOUGH and gc.isenabled():
            self._look_back()

    def _look_back(self) -> None:
        if not gc.isenabled():
            self.look_back_soon()  # a file is being read
            return
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        self._aside = 0


_LOOKS: Final = _Looks()


def begin(app: QGuiApplication) -> None:
    """Have every look for garbage be a short one while this application lives."""
    if _LOOKS.note not in gc.callbacks:
        gc.callbacks.append(_LOOKS.note)
        gc.set_threshold(YOUNG, OFTEN, NEVER)
        _LOOKS.begin(app)
