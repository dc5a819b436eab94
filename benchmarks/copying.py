"""A copy of a board that lies on the disk already, as a file does that nobody wrote a moment ago."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def copied(board: Path, to: Path) -> None:
    """Copy a board and wait until its bytes are on the disk: else the first commit would wait for all of them."""
    shutil.copyfile(board, to)
    with to.open("rb+") as file:
        os.fsync(file.fileno())
