"""The place of a new file: whether it is free, an empty file there, and away with what was not finished."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from evidenceboard.errors import SaveFailedError
from evidenceboard.store import gate


def discard(path: Path) -> None:
    """Remove a file that this program has just begun to make, with what lies beside it."""
    for name in (path, *(path.with_name(beside) for beside in gate.sidecars(path))):
        with suppress(OSError):
            name.unlink(missing_ok=True)


def check(path: Path) -> None:
    """Raise `SaveFailedError` where a file lies at a place for a new one, or a journal waits for one."""
    try:
        taken, waiting = os.path.lexists(path), gate.sidecars(path.resolve())
    except (OSError, ValueError) as error:
        raise SaveFailedError("This is no name for a file; none was made.", "Choose another name.") from error
    if waiting:
        # A journal that lies where a new file will be is played into it, and could say anything.
        raise SaveFailedError(
            "A file that belongs to another one lies at this place: " + ", ".join(waiting) + ". Nothing was made.",
            "Choose another name.",
        )
    if taken:
        raise SaveFailedError("There is a file at this place already; it was not touched.", "Choose another name.")


def make(path: Path) -> None:
    """Make an empty file, mode 0600. Raises `SaveFailedError` where there is one, or a journal waits for one."""
    check(path)
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        if not isinstance(error, FileExistsError):
            _discard_empty(path)
        raise SaveFailedError("No file can be made at this place.", f"The system says: {error.strerror}.") from error


def _discard_empty(path: Path) -> None:
    """Remove what a call has made that was reported as failed: nothing was there a moment before."""
    with suppress(OSError):
        if path.is_file() and not path.is_symlink() and path.stat().st_size == 0:
            path.unlink()
