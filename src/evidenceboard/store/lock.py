"""Who has a board open: an advisory lock in the user's own folder, nothing beside the board."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import IO

from evidenceboard.store.personal import private_dir

if os.name == "nt":
    import msvcrt

    def _grab(file: IO[str]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
else:
    import fcntl

    def _grab(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lock:
    """Hold a board for writing, until `release`. The system lets go of it when the process dies."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def release(self) -> None:
        self._file.seek(0)
        self._file.truncate()
        self._file.close()


def name_of(path: Path) -> str:
    """Return the name of a board's lock, the same under whichever of its names it is opened."""
    about = path.stat()
    return f"{about.st_dev:x}-{about.st_ino:x}"


def take(name: str, holder: str) -> Lock | str:
    """Take a lock, or return in words who holds it."""
    place = private_dir("locks") / name
    descriptor = os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
    file = os.fdopen(descriptor, "r+", encoding="utf-8")
    try:
        _grab(file)
    except OSError:
        said = file.read()
        file.close()
        return _holder(said)
    file.seek(0)
    file.truncate()
    json.dump({"holder": holder, "process": os.getpid()}, file)
    file.flush()
    return Lock(file)


def is_free(name: str) -> bool:
    """Tell whether nobody holds a lock."""
    taken = take(name, "")
    if isinstance(taken, str):
        return False
    taken.release()
    return True


def _holder(said: str) -> str:
    try:
        known = json.loads(said)
        return f"{known['holder']} (process {int(known['process'])})"
    except (ValueError, KeyError, TypeError):
        return "another program"
