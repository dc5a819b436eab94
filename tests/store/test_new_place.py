"""A new file at a place: made, or nothing is left there."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from evidenceboard.errors import SaveFailedError
from evidenceboard.store import new_place


def test_a_file_that_was_made_and_reported_as_failed_does_not_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, real = tmp_path / "board.db", os.open

    def half_done(name: Any, flags: int, mode: int = 0o777) -> int:
        os.close(real(name, flags, mode))
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as disk:
        disk.setattr(os, "open", half_done)
        with pytest.raises(SaveFailedError, match="No file can be made"):
            new_place.make(path)
    assert not path.exists()
    new_place.make(path)
    assert path.stat().st_size == 0


def test_what_lies_there_already_stays_also_where_it_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "board.db"
    path.touch()
    with pytest.raises(SaveFailedError, match="already"):
        new_place.make(path)
    assert path.exists()
