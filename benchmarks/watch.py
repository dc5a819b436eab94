"""A watch on the thread of the window: what it was doing while a turn of the event loop took too long."""

from __future__ import annotations

import gc
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from types import FrameType
from typing import Any, Final

EVERY: Final = 0.001
"""Seconds between two looks."""
DEEP: Final = 8
"""Frames of the stack that are told, the innermost first."""
_TOLD: Final = 4


@dataclass(slots=True)
class Hold:
    """One turn that took too long: its seconds by the clock and of processor time, and in what they were spent."""

    what: str
    took: float = 0.0
    worked: float = 0.0
    doing: Counter[str] = field(default_factory=Counter)

    def told(self) -> str:
        """Return the figures in ms, and below them where most of the time was spent."""
        lines = [f"{self.what}: held {self.took * 1000:.1f} ms, worked {self.worked * 1000:.1f}"]
        return "\n".join(lines + [f"  {took * 1000:6.1f}  {where}" for where, took in self.doing.most_common(_TOLD)])


class Watch:
    """Look at the main thread every millisecond of a turn. `holds` are the turns of `late` seconds or more.

    The looks are taken in the watched thread itself, by an alarm of the system: a second thread that holds frames keeps
    their painters alive, and Qt does not survive that. What runs outside of Python is counted to the line that called.
    """

    def __init__(self, late: float) -> None:
        self.late = late
        self.what = ""
        self.holds: list[Hold] = []
        self._turn: Hold | None = None
        self._begun = self._worked = self._looked = 0.0
        self._before = signal.signal(signal.SIGALRM, self._look)
        gc.callbacks.append(self._note_garbage)

    def begin(self) -> None:
        """A turn begins."""
        self._turn = Hold(self.what)
        self._worked, self._begun = time.thread_time(), time.perf_counter()
        self._looked = self._begun
        signal.setitimer(signal.ITIMER_REAL, EVERY, EVERY)

    def end(self) -> None:
        """The turn is over; one that took long is kept."""
        signal.setitimer(signal.ITIMER_REAL, 0)
        turn, self._turn = self._turn, None
        if turn is None:
            return
        turn.took, turn.worked = time.perf_counter() - self._begun, time.thread_time() - self._worked
        if turn.took >= self.late:
            self.holds.append(turn)

    def close(self) -> None:
        """Look no more."""
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self._before)
        gc.callbacks.remove(self._note_garbage)

    def worst(self, count: int) -> list[Hold]:
        """Return the turns that took most processor time: what waits for other programs is not ours."""
        return sorted(self.holds, key=lambda one: -one.worked)[:count]

    def _look(self, number: int, frame: FrameType | None) -> None:
        self._note(_stack(frame))

    def _note(self, where: str) -> None:
        now = time.perf_counter()
        if self._turn is not None:
            self._turn.doing[where] += now - self._looked
        self._looked = now

    def _note_garbage(self, phase: str, info: dict[str, Any]) -> None:
        self._note(f"garbage of generation {info['generation']}" if phase == "stop" else "before garbage")


def _stack(frame: FrameType | None) -> str:
    found: list[str] = []
    while frame is not None and len(found) < DEEP:
        code = frame.f_code
        found.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{frame.f_lineno} {code.co_name}")
        frame = frame.f_back
    return " < ".join(found)
