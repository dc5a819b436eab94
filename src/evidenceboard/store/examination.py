"""A file being looked over beside the program: the process that does it, how long it may take, what it says."""

from __future__ import annotations

import math
import subprocess
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from evidenceboard.errors import FileRefusedError, StoppedError
from evidenceboard.model.pace import Tick, unheard
from evidenceboard.store import examiner, own_process
from evidenceboard.store.examiner import GENTLY
from evidenceboard.store.how_far import Hearing
from evidenceboard.store.scrutiny import Finding

FIRST: Final = ("pages", "rows")
"""What is looked at before a board may be changed."""
THEN: Final = ("history", "attachments")
"""What is looked at as well where somebody asks for a check."""
WORD: Final = "--look-over"
"""The first word of the command line by which a frozen program looks a file over."""
_LEAST: Final = 5.0
"""Seconds of the processor that looking over the smallest file may take."""
_PACE: Final = 50e6
"""Bytes that even a slow machine looks over in a second."""
_BUSY: Final = 6.0
"""How many times longer it may last where the machine is busy with other things, or the disk is slow."""
_EACH: Final = 0.03
"""Seconds between two reports of how far it is."""


def command(path: Path, seconds: float, stages: Sequence[str]) -> list[str]:
    """Return the words that start the process."""
    return own_process.command(WORD, examiner.__name__, str(path), str(math.ceil(seconds)), *stages)


class Examination:
    """Look over a file beside the program. Whoever begins one has to `stop` it, or to wait until it is over.

    `alone` tells whether a process does it; where none can be started, a thread does.
    """

    def __init__(
        self, path: Path, stages: Sequence[str] = FIRST, patience: float = 1.0, *, gently: bool = False
    ) -> None:
        """`patience`: how many times the usual time it may take. `gently`: a window that is alive goes first."""
        self._path = path
        self._before = _stands(path)
        seconds = patience * (_LEAST + self._before[0] / _PACE)
        self._end = time.monotonic() + _BUSY * seconds
        self._share = 0.0
        self._stopped = False
        self._thread: Future[list[Finding]] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._hearing: Hearing | None = None
        try:
            self._process = subprocess.Popen(
                command(path, seconds, [GENTLY, *stages] if gently else stages),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=path.anchor or None,
                creationflags=own_process.NO_WINDOW,
            )
        except (OSError, ValueError):
            pool = ThreadPoolExecutor(1)
            self._thread = pool.submit(examiner.in_this_process, path, stages, self._note)
            pool.shutdown(wait=False)
        else:
            if self._process.stdout is not None:
                self._hearing = Hearing(self._process.stdout)
        self.alone = self._process is not None

    @property
    def share(self) -> float:
        """Return how much of the work is done, 0 to 1, as far as that can be told beforehand."""
        return self._hearing.share if self._hearing is not None else self._share

    def done(self) -> list[Finding] | None:
        """Return what was found; None while it goes on. Raises `FileRefusedError`, also where it takes too long."""
        return self._result(0.0)

    def wait(self, tick: Tick = unheard) -> list[Finding]:
        """Return what was found. Raises `FileRefusedError`, and what `tick` raises, which ends it at once."""
        try:
            while (found := self._result(_EACH)) is None:
                tick(self.share)
            return found
        finally:
            self.stop()

    def _note(self, share: float) -> None:
        self._share = share
        if self._stopped:
            raise StoppedError("Looking the file over was stopped.")

    def _result(self, seconds: float) -> list[Finding] | None:
        if self._thread is not None:
            with suppress(TimeoutError):
                return self._thread.result(seconds)
        elif self._process is not None and self._hearing is not None and self._hearing.is_over(seconds):
            with suppress(subprocess.TimeoutExpired):
                if self._process.wait(seconds) == _OUT_OF_TIME:
                    raise _too_long()
                return _read(self._hearing.lines)
        if time.monotonic() >= self._end:
            self.stop()
            raise _too_long()
        return None

    @property
    def changed(self) -> bool:
        """Tell whether the file was written to meanwhile, so that what was found may be of two states of it."""
        return _stands(self._path) != self._before

    def stop(self) -> None:
        """End the process, if it still is at work."""
        self._stopped = True
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        if self._hearing is not None:
            self._hearing.close()


def looked_over(
    path: Path,
    stages: Sequence[str] = FIRST,
    patience: float = 1.0,
    notes: list[str] | None = None,
    tick: Tick = unheard,
) -> list[Finding]:
    """Return what is wrong with a file, however long that takes within its bounds. Raises `FileRefusedError`.

    `notes` gets a sentence where no process of its own could be started for it. `tick` is told how far it is; what it
    raises ends it.
    """
    for _ in range(_TRIES):
        going = Examination(path, stages, patience)
        if not going.alone and notes is not None and _HERE not in notes:
            notes.append(_HERE)
        try:
            found = going.wait(tick)
        except FileRefusedError:
            if not going.changed:
                raise
        else:
            if not going.changed:
                return found
    return [("file", "another program wrote to it while it was looked over")]


_TRIES: Final = 3
_HERE: Final = "no process of its own could be started to look this file over, so this program did it itself"
_OUT_OF_TIME: Final = -24
"""How the system ends a process that has used up its processor time."""


def _read(lines: Sequence[Any]) -> list[Finding]:
    """Return the findings that a process printed. Raises `FileRefusedError`."""
    last = lines[-1] if lines else None
    if isinstance(last, dict) and last["hint"]:
        raise FileRefusedError(last["code"], last["message"], last["hint"])
    if last != "done":
        # Whatever this file did to it, it is none to be trusted.
        raise FileRefusedError(
            "damaged",
            "Looking this file over ended in the middle: it is damaged, or memory ran out. The file was not touched.",
            "Close other programs and try again; else use a backup or another copy.",
        )
    return [(where, what) for where, what in lines[:-1]]


def _too_long() -> FileRefusedError:
    return FileRefusedError(
        "timeout",
        "Looking this file over took too long, so it was stopped. The file was not touched.",
        "Try it on a quicker disk or a machine that is less busy; else use a backup or another copy.",
    )


def _stands(path: Path) -> tuple[int, int, int]:
    try:
        about = path.stat()
    except OSError:
        return (0, 0, 0)
    return (about.st_size, about.st_mtime_ns, about.st_ino)
