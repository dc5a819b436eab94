"""Long work done bit by bit, so that the window lives meanwhile."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import count
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from evidenceboard.ui import collecting, turn

AT_ONCE: Final = 16
"""Steps that are done at once, and more while they are short: what is small is there without a turn between."""
LONGEST: Final = 0.008
"""Seconds of work after which even fewer steps are no longer done at once."""
TURN: Final = 0.005
"""Seconds of work in one turn of the event loop."""
_LATER: Final = 50
"""Milliseconds between two looks at whether turns are free again."""


class Turns(QObject):
    """Do one piece of work at a time. It comes as steps that yield None, and yield the result at the end.

    `done` gives the result. Whoever changes what the work reads calls `stop`, or starts anew.
    """

    done = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Iterator[Any] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._work)

    @property
    def busy(self) -> bool:
        """Return whether work is under way."""
        return self._steps is not None

    def start(self, steps: Iterator[Any]) -> None:
        """Begin a piece of work in place of what is under way."""
        self.stop()
        self._steps = steps
        # Of this thread, so that other programs do not decide what is there at once.
        start = time.thread_time()
        for done in count():
            if time.thread_time() - start >= (TURN if done >= AT_ONCE else LONGEST):
                break
            if not self._step():
                return
        self._timer.start()

    def finish(self) -> None:
        """Do what is under way to its end now, because somebody asks for the result."""
        while self._step():
            pass

    def stop(self) -> None:
        """Let go of what is under way."""
        self._steps = None
        self._timer.stop()

    def _work(self) -> None:
        self._timer.setInterval(_LATER if turn.is_left() else 0)
        if turn.is_left():
            return
        with turn.share(TURN) as end:
            while self._step():
                if time.perf_counter() >= end:
                    # What it holds so far may be a list of a million, which the next look for garbage would go through.
                    collecting.set_aside()
                    return

    def _step(self) -> bool:
        """Do one step; return whether there is more to do."""
        if self._steps is None:
            return False
        made = next(self._steps)
        if made is None:
            return True
        self.stop()
        self.done.emit(made)
        return False
