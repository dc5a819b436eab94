"""A second connection to a file that is being read, for what is read ahead of the rest."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final

READING: Final = ("temp_store=MEMORY", "trusted_schema=OFF", "busy_timeout=2000")
"""What a connection that only reads is told."""


def connection(path: Path, is_another: Callable[[], bool]) -> sqlite3.Connection | None:
    """Return one to the same file, in the same state, for any thread; None where that cannot be had.

    While a transaction is open on the first connection nobody can write. `is_another` tells whether another file lies
    at the place by now. Nothing here opens the file but SQLite: where a process closes a file that was opened twice,
    POSIX systems let go of all its locks on it.
    """
    try:
        made = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None, check_same_thread=False)
    except sqlite3.Error:
        return None
    try:
        for pragma in READING:
            made.execute(f"pragma {pragma}")
        made.execute("select count(*) from sqlite_master").fetchone()
    except sqlite3.Error:
        made.close()
        return None
    if is_another():
        made.close()
        return None
    return made
