"""The place of a new file: taken or free, and nothing is left there of what was not finished."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from evidenceboard.errors import SaveFailedError
from evidenceboard.store import new_place


def test_a_new_file_is_empty_and_only_its_user_may_read_it(tmp_path: Path) -> None:
    place = tmp_path / "new.db"
    new_place.make(place)
    assert place.read_bytes() == b""
    assert place.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("lies_there", ["new.db", "new.db-journal", "new.db-wal"])
def test_a_place_is_not_free_where_a_file_or_its_neighbour_lies(tmp_path: Path, lies_there: str) -> None:
    (tmp_path / lies_there).write_bytes(b"somebody's")
    with pytest.raises(SaveFailedError):
        new_place.make(tmp_path / "new.db")
    assert (tmp_path / lies_there).read_bytes() == b"somebody's"


def test_what_was_begun_goes_away_with_its_neighbours_and_nothing_else(tmp_path: Path) -> None:
    for name in ("new.db", "new.db-journal", "other.db"):
        (tmp_path / name).touch()
    new_place.discard(tmp_path / "new.db")
    assert [path.name for path in tmp_path.iterdir()] == ["other.db"]
    new_place.discard(tmp_path / "new.db")


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
