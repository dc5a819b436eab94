"""What is said when the disk or the file refuses."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from evidenceboard.errors import EvidenceBoardError, FileRefusedError, ReadOnlyError, SaveFailedError


def damaged() -> FileRefusedError:
    """Return the refusal of a file whose pages or history cannot be read."""
    return FileRefusedError(
        "damaged", "This file is damaged and cannot be read. It was not touched.", "Use a backup or a copy."
    )


@contextmanager
def told() -> Iterator[None]:
    """Say in words why something cannot be read; also a decorator. Raises `EvidenceBoardError`."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise damaged() from error
        raise EvidenceBoardError(
            "Another program holds this file, so it cannot be read now; nothing was changed.", "Try again in a moment."
        ) from error
    except (sqlite3.Error, ValueError, TypeError) as error:
        raise damaged() from error


def failed(error: sqlite3.Error | EvidenceBoardError) -> EvidenceBoardError:
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


def only_read(why: str) -> ReadOnlyError:
    """Return the refusal to change a board that is only read."""
    return ReadOnlyError(f"This board is open for reading only: {why}. Nothing was changed.", "Save a copy to work on.")


def unsure() -> SaveFailedError:
    """Return what is said while a disk that failed cannot be read either."""
    return SaveFailedError(
        "The disk failed while this was saved, so it is not known yet whether this was saved; no step before it is"
        " touched.",
        "The file is read again as soon as that works; keep this window open.",
    )
