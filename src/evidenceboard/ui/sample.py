"""The user's own copy of the sample board: made once, kept whatever the user does with it."""

from __future__ import annotations

import os
from pathlib import Path

from evidenceboard.errors import EvidenceBoardError, SaveFailedError
from evidenceboard.render.resources import sample_board
from evidenceboard.store import unchanged
from evidenceboard.ui import settings


def own_copy() -> Path:
    """Return the user's own copy of the sample board, made now where there is none. Raises `EvidenceBoardError`."""
    copy = settings.own_folder() / "sample_board.db"
    if copy.exists():
        return copy
    try:
        content = Path(sample_board()).read_bytes()
    except OSError as error:
        raise EvidenceBoardError(
            "The sample board did not come with this installation.", "Make a new board, or open one."
        ) from error
    beside = copy.with_suffix(".new")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        beside.replace(copy)
        unchanged.remember(copy)
    except OSError as error:
        raise SaveFailedError(
            "Your own copy of the sample board could not be made.", f"The system says: {error.strerror}."
        ) from error
    return copy


def is_sample(path: Path) -> bool:
    """Tell whether a path names the sample as it came, which is never worked on itself."""
    if path.name != "sample_board.db" or not path.is_file():
        return False
    came = Path(sample_board())
    if not came.is_file() or path.resolve() == (settings.own_folder() / "sample_board.db").resolve():
        return False
    return path.samefile(came) or path.read_bytes() == came.read_bytes()
