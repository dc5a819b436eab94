"""A whole copy of a board while somebody works on it: a little at a time, so that no step waits for it."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

from evidenceboard.errors import EvidenceBoardError, SaveFailedError, StoppedError
from evidenceboard.store import gate, new_place
from evidenceboard.store.failures import failed

_PAGES: Final = 128
"""Pages that are copied under one lock: about a millisecond, for which a step that is written may have to wait."""
_REST: Final = 0.004
"""Seconds in which the board is free after that."""
_FLUSHED: Final = 2048
"""Pages after which the copy goes to the disk: all at once would keep the board's own disk busy for long."""
_PATIENCE: Final = 60.0
"""Seconds without any progress after which the copy is given up."""
_TRIES: Final = 20
"""Beginnings from the start, each because a step was written meanwhile."""
_WORK_GOES_ON: Final = "Your own work is not touched by this: every step is still written to the file."


class RestlessError(SaveFailedError):
    """Report that a board was written to so often that no copy of one moment came about; a pause is waited for."""


def copy_beside(board: Path, to: Path, stop: Callable[[], bool] = lambda: False) -> None:
    """Write a whole copy of a board, mode 0600, to a place that holds nothing yet, and look it through.

    Reads by a connection of its own, so that it can run in a worker. Raises `SaveFailedError` where it does not come
    about or is not sound, `StoppedError` where `stop` says so; then no copy is left.
    """
    try:
        descriptor = os.open(to, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise _failed(str(error.strerror)) from error
    try:
        pace = _Pace(descriptor, stop)
        # The same library as the session's: a file closed by any other means would take the locks of that along.
        with closing(_connected(board, "ro")) as source, closing(_connected(to, "rw")) as copy:
            # What is half written is thrown away as a whole, so it needs neither journal nor order.
            for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-2048"):
                copy.execute(f"pragma {pragma}")
            source.backup(copy, pages=_PAGES, progress=pace.on, sleep=0.02)
        os.fsync(descriptor)
        check(to)
    except BaseException as error:
        to.unlink(missing_ok=True)
        if isinstance(error, (sqlite3.Error, OSError)):
            raise _failed(str(error)) from error
        raise
    finally:
        os.close(descriptor)


def check(copy: Path) -> None:
    """Look a copy through that nobody writes to. Raises `SaveFailedError` where anything is wrong with it."""
    try:
        gate.check_bytes(copy)
        gate.check_schema(copy)
        found = gate.quick_check(copy)
    except EvidenceBoardError as error:
        raise SaveFailedError(error.message, error.hint) from error
    if found:
        raise SaveFailedError("Parts of the file cannot be read.", "Save a copy, and look for an older one.")


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True)


def _failed(said: str) -> SaveFailedError:
    full = "full" in said or "No space" in said
    why = "the disk is full" if full else "it could not be written"
    return SaveFailedError(
        f"No whole copy of your board could be made: {why}. {_WORK_GOES_ON}", "Make room." if full else ""
    )


def no_room() -> SaveFailedError:
    """Return what is said where a snapshot would fill the disk."""
    return _failed("full")


class _Pace:
    """Let the board alone between two steps of copying, and give up what leads nowhere."""

    def __init__(self, descriptor: int, stop: Callable[[], bool]) -> None:
        self._descriptor = descriptor
        self._stop = stop
        self._left = -1
        self._flushed = -1
        self._tries = 0
        self._since = time.monotonic()

    def on(self, status: int, left: int, total: int) -> None:
        if self._stop():
            raise StoppedError("The snapshot was stopped; nothing was changed.")
        if left != self._left:
            self._since = time.monotonic()
        if left > self._left >= 0:
            self._tries += 1
        if self._tries > _TRIES or time.monotonic() - self._since > _PATIENCE:
            raise RestlessError(f"No whole copy of your board could be made while it was written to. {_WORK_GOES_ON}")
        if self._flushed < 0 or abs(self._flushed - left) >= _FLUSHED:
            os.fsync(self._descriptor)
            self._flushed = left
        self._left = left
        time.sleep(_REST)


def copy_at_once(connection: sqlite3.Connection, path: Path) -> None:
    """Write a whole file to a place that holds nothing yet, in one go. Raises `SaveFailedError`."""
    new_place.make(path)
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)) as copy:
            copy.execute("pragma synchronous=EXTRA")  # else a power cut brings back the journal, which empties it
            connection.backup(copy)
            copy.execute("pragma journal_mode=DELETE")
    except sqlite3.Error as error:
        new_place.discard(path)
        raise failed(error) from error
