"""When the whole process dies: Python writes where into a private file, and the next start tells of it once."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import time
import uuid
from pathlib import Path
from typing import IO, Final

from evidenceboard.store.personal import private_dir
from evidenceboard.ui.crash_text import cleaned, versions

_STALE: Final = 30 * 24 * 3600
"""Seconds after which a file that tells of nothing is deleted: its process was ended from outside long ago."""


class Watch:
    """Have the place of a crash written down while the program runs."""

    def __init__(self) -> None:
        self._file: IO[str] | None = None
        self._path = Path()
        # A folder that cannot be written to costs the report, never the start.
        with contextlib.suppress(OSError):
            self._path = private_dir("crashes") / f"{uuid.uuid4().hex}.txt"
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            self._file = os.fdopen(descriptor, "w", encoding="utf-8")
            self._file.write(versions() + "\n")
            self._file.flush()
            faulthandler.enable(self._file)

    def end(self) -> None:
        """Stop: the program ends as it should, and nothing is left of this."""
        if self._file is None:
            return
        faulthandler.disable()
        self._file.close()
        self._file = None
        with contextlib.suppress(OSError):
            self._path.unlink()


def take_report() -> str:
    """Return the report of the newest crash that was not told of yet, "" where there is none, and forget them all."""
    newest = (0.0, "")
    with contextlib.suppress(OSError):
        for path in private_dir("crashes").glob("*.txt"):
            about = path.stat()
            head, _, rest = path.read_text("utf-8", "replace").partition("\n")
            told = cleaned(rest)
            if told:
                newest = max(newest, (about.st_mtime, f"{head}\n\n{told}"))
            if told or time.time() - about.st_mtime > _STALE:
                path.unlink()
    return newest[1]
