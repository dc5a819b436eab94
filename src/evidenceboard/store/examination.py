"""A file being looked over beside the program: the process that does it, how long it may take, what it says."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Final

from evidenceboard.errors import FileRefusedError
from evidenceboard.store import examiner
from evidenceboard.store.examiner import GENTLY
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
_RUN: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv.pop(1));"
    " from evidenceboard.store.examiner import main; sys.exit(main(sys.argv[1:]))"
)


def command(path: Path, seconds: float, stages: Sequence[str]) -> list[str]:
    """Return the words that start the process, from a wheel, a folder of sources or a frozen program alike."""
    words = [str(path), str(math.ceil(seconds)), *stages]
    if getattr(sys, "frozen", False):
        return [sys.executable, WORD, *words]
    # Only from where this program itself came, never from the folder that it was started in, nor by variables.
    places = [str(Path(__file__).parents[2]), *(place for place in sys.path if place and Path(place).is_absolute())]
    return [sys.executable, "-I", "-S", "-c", _RUN, json.dumps(places), *words]


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
        self._thread: Future[list[Finding]] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        try:
            self._process = subprocess.Popen(
                command(path, seconds, [GENTLY, *stages] if gently else stages),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=path.anchor or None,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except (OSError, ValueError):
            pool = ThreadPoolExecutor(1)
            self._thread = pool.submit(examiner.in_this_process, path, stages)
            pool.shutdown(wait=False)
        self.alone = self._process is not None

    def done(self) -> list[Finding] | None:
        """Return what was found; None while it goes on. Raises `FileRefusedError`, also where it takes too long."""
        return self._result(0.0)

    def wait(self) -> list[Finding]:
        """Return what was found. Raises `FileRefusedError`."""
        try:
            found = self._result(max(0.0, self._end - time.monotonic()))
        finally:
            self.stop()
        if found is None:
            raise _too_long()
        return found

    def _result(self, seconds: float) -> list[Finding] | None:
        if self._thread is not None:
            with suppress(TimeoutError):
                return self._thread.result(seconds)
        elif self._process is not None:
            with suppress(subprocess.TimeoutExpired):
                # Its few lines fit into the pipe, so it never waits for a reader.
                said, _ = self._process.communicate(timeout=seconds) if seconds else self._said()
                if self._process.returncode == _OUT_OF_TIME:
                    raise _too_long()
                return _read(said.decode())
        if time.monotonic() >= self._end:
            self.stop()
            raise _too_long()
        return None

    def _said(self) -> tuple[bytes, None]:
        if self._process is None or self._process.poll() is None:
            raise subprocess.TimeoutExpired("", 0)
        return self._process.communicate()[0], None

    @property
    def changed(self) -> bool:
        """Tell whether the file was written to meanwhile, so that what was found may be of two states of it."""
        return _stands(self._path) != self._before

    def stop(self) -> None:
        """End the process, if it still is at work."""
        if self._process is not None:
            if self._process.poll() is None:
                self._process.kill()
                self._process.wait()
            if self._process.stdout is not None:
                self._process.stdout.close()


def looked_over(
    path: Path, stages: Sequence[str] = FIRST, patience: float = 1.0, notes: list[str] | None = None
) -> list[Finding]:
    """Return what is wrong with a file, however long that takes within its bounds. Raises `FileRefusedError`.

    `notes` gets a sentence where no process of its own could be started for it.
    """
    for _ in range(_TRIES):
        going = Examination(path, stages, patience)
        if not going.alone and notes is not None and _HERE not in notes:
            notes.append(_HERE)
        try:
            found = going.wait()
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


def _read(said: str) -> list[Finding]:
    """Return the findings that a process printed. Raises `FileRefusedError`."""
    lines = [json.loads(line) for line in said.splitlines()]
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
