"""A clock that stands still while the host of a virtual machine has taken its processors away.

Such a host stops a machine for some tenth of a second now and then, whatever runs on it; Linux counts for how long.
Where it does not count, or nothing is taken, this is the clock on the wall.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from typing import Final

_LEAST: Final = 0.03
"""Seconds below which nothing is taken off: Linux tells hundredths."""
_OFTEN: Final = 0.005
"""Seconds after which it is looked again what was taken before: a look takes as long as some short turns."""
_STOLEN: Final = 7
"""Where in the first line of Linux's figures the stolen time stands, in ticks."""


class Clock:
    """Tell how long something took: begin with `start`, then ask `seconds` once."""

    def __init__(self, told: str = "/proc/stat") -> None:
        self._file: int | None = None
        self._tick = 0.0
        with suppress(OSError, AttributeError, ValueError):
            self._file = os.open(told, os.O_RDONLY)
            self._tick = 1 / os.sysconf("SC_CLK_TCK")
        self._look()
        self._made, self._before = self._looked, self._taken
        self.start()

    def start(self) -> None:
        """Begin anew."""
        self._begun, self._worked = time.perf_counter(), time.thread_time()
        if self._begun - self._looked > _OFTEN:
            self._look()

    def seconds(self) -> float:
        """Return the seconds since, less those taken away, and never less than this thread has worked in them."""
        took = time.perf_counter() - self._begun
        if took < _LEAST:
            return took
        before = self._taken
        self._look()
        taken = self._taken - before
        return max(time.thread_time() - self._worked, took - taken) if taken >= _LEAST else took

    def _look(self) -> None:
        self._taken, self._looked = self.taken(), time.perf_counter()

    def share(self) -> float:
        """Return what part of the processors' time was taken away since this clock was made."""
        took = (time.perf_counter() - self._made) * (os.cpu_count() or 1)
        return (self.taken() - self._before) / took if took else 0.0

    def taken(self) -> float:
        """Return the seconds that were taken from all processors since the machine was started."""
        if self._file is None:
            return 0.0
        words = os.pread(self._file, 256, 0).split(b"\n", 1)[0].split()
        return int(words[_STOLEN + 1]) * self._tick if len(words) > _STOLEN + 1 else 0.0
