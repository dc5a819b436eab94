"""Copies of kept files for other programs to read: in a folder of this user alone, gone with this run."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from evidenceboard.errors import SaveFailedError
from evidenceboard.store.personal import private_dir

_own: list[tempfile.TemporaryDirectory[str]] = []


def write(name: str, data: bytes) -> Path:
    """Write a copy that nobody may change and only this user may read. Raises `SaveFailedError`.

    `name` must be a safe one. What an earlier run left when it was killed is removed first.
    """
    if not _own:
        sweep()
        _own.append(tempfile.TemporaryDirectory(dir=_place(), prefix=f"{os.getpid()}-", ignore_cleanup_errors=True))
    try:
        path = Path(tempfile.mkdtemp(dir=_own[0].name)) / name
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        path.chmod(0o400)
    except OSError as error:
        raise SaveFailedError(
            "The copy for the other program could not be written; the file on the board is unchanged.",
            "See whether the disk is full, or save the file to another place.",
        ) from error
    return path


def sweep() -> None:
    """Remove the copies of runs that are over."""
    for folder in _place().iterdir():
        process = folder.name.partition("-")[0]
        if not (process.isdigit() and _lives(int(process))):
            shutil.rmtree(folder, ignore_errors=True)


def _place() -> Path:
    return private_dir("opened")


def _lives(process: int) -> bool:
    if os.name == "nt":
        return False  # what another program still reads cannot be removed there, and stays
    with suppress(ProcessLookupError):
        try:
            os.kill(process, 0)
        except PermissionError:
            return True
        return True
    return False
