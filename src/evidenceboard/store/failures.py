"""What is said when the disk or the file refuses."""

from __future__ import annotations

import sqlite3

from evidenceboard.errors import EvidenceBoardError, FileRefusedError, SaveFailedError


def damaged() -> FileRefusedError:
    """Return the refusal of a file whose pages or history cannot be read."""
    return FileRefusedError(
        "damaged", "This file is damaged and cannot be read. It was not touched.", "Use a backup or a copy."
    )


def failed(error: sqlite3.Error) -> EvidenceBoardError:
    """Return what a failed write means, in words."""
    said = str(error)
    if isinstance(error, sqlite3.IntegrityError):
        return SaveFailedError(
            "Something else in the file hangs on this, so nothing was changed.", "Save a copy, and check it."
        )
    if "full" in said:
        return SaveFailedError(
            "The disk is full, so this was not saved; the file is as it was before.", "Make room, then do it again."
        )
    if "locked" in said or "busy" in said:
        return SaveFailedError(
            "Another program holds this file, so this was not saved.", "Close it there, then try again."
        )
    if "readonly" in said or "unable to open" in said:
        return SaveFailedError(
            "The file or its folder may not be written to; nothing was saved.", "Save a copy elsewhere."
        )
    return SaveFailedError(
        "The disk refused to take this, so it was not saved; the file is as it was before.", "Save a copy elsewhere."
    )
