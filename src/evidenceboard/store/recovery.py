"""What to do about a journal that lies beside a board: ours is rolled back, a stranger's is left alone."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Final

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.store import examiner, gate
from evidenceboard.store.personal import private_dir

COPY: Final = "board.db"
_SUPER: Final = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
"""The last eight bytes of a journal that names another file to delete; this program never writes such a one."""


def rolled_back(path: Path) -> tempfile.TemporaryDirectory[str] | None:
    """Return a private folder with `COPY` in it, the board after its journal was rolled back; None if not ours."""
    journal = Path(f"{path}-journal")
    try:
        if not journal.is_file() or journal.is_symlink() or journal.read_bytes()[-8:] == _SUPER:
            return None
    except OSError as error:
        raise gate.unreadable() from error
    folder = tempfile.TemporaryDirectory(dir=private_dir("work"))
    copy = Path(folder.name) / COPY
    try:
        shutil.copyfile(path, copy)
        shutil.copyfile(journal, f"{copy}-journal")
        with closing(sqlite3.connect(f"{copy.as_uri()}?mode=rw", uri=True)) as connection:
            connection.execute("select count(*) from sqlite_master").fetchone()
        gate.check_bytes(copy)
        gate.check_size(copy)
        gate.check_schema(copy)
        if not examiner.in_this_process(copy, ("pages", "rows", "history")):
            return folder
    except (OSError, sqlite3.Error, EvidenceBoardError):
        pass  # a journal that cannot be rolled back is a stranger's
    folder.cleanup()
    return None
