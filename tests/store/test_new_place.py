"""The place of a new file: taken or free, and nothing is left there of what was not finished."""

from __future__ import annotations

from pathlib import Path

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
