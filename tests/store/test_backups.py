"""Snapshots: whole, looked through, private, thinned out, and never in the way of the work."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import threading
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from evidenceboard import Session, commands
from evidenceboard.errors import SaveFailedError, StoppedError
from evidenceboard.store import backups, copying
from evidenceboard.store.personal import data_dir

START = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


def files() -> list[Path]:
    return [path for path in data_dir("snapshots").rglob("*") if path.is_file()]


def test_a_snapshot_is_the_whole_board_and_says_what_is_in_it(board_path: Path) -> None:
    made = backups.make(board_path, now=START)
    with Session.open(board_path) as session, Session.open(made.path, read_only=True) as kept:
        assert kept.document.table("entities") == session.document.table("entities")
        assert (made.operations, made.cards) == (kept.operation_count(), 5)
        assert made.newest == session.history(1)[0][0].id
    assert made.is_there() and made.is_sound()
    (series,) = backups.series_of(board_path)
    assert series.backups() == [made]
    assert backups.is_backup(made.path) and not backups.is_backup(board_path)


def test_nobody_else_can_read_them_and_their_names_tell_nothing(board_path: Path) -> None:
    old = os.umask(0)
    try:
        backups.make(board_path, now=START)
    finally:
        os.umask(old)
    for path in files():
        modes = path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777
        assert modes == (0o600, 0o700) or sys.platform == "win32"
        assert path.name in ("board.json", "2026-11-26 09.00.00 UTC.db", "2026-11-26 09.00.00 UTC.json")
        assert "board.db" not in str(path)


def test_no_way_of_opening_lets_a_snapshot_be_changed(board_path: Path) -> None:
    made = backups.make(board_path)
    with Session.open(made.path) as kept:
        assert kept.read_only == "it is a snapshot of board.db"
        with pytest.raises(SaveFailedError), kept.transaction("Add") as tx:
            commands.add_entity(tx, "note", title="m")


def test_of_a_board_that_is_worked_on_through_a_copy_the_copy_is_kept(board_path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with Session.open(board_path) as session:
        session.save_copy(copy)
    with Session.open(copy) as session, session.transaction("Add") as tx:
        commands.add_entity(tx, "note", title="m")
    made = backups.make(board_path, source=copy)
    assert [one.backups() for one in backups.series_of(board_path)] == [[made]]
    with Session.open(made.path) as kept:
        assert kept.document.entity("N1").title == "m"


def test_what_a_killed_run_left_half_done_is_deleted_once_it_is_old(board_path: Path) -> None:
    left, new = (data_dir("snapshots") / name for name in ("a.half", "b.half"))
    for path in (left, new):
        path.write_bytes(b"half")
    os.utime(left, (1, 1))
    backups.make(board_path)
    assert not left.exists() and new.exists()


def test_older_ones_are_thinned_out_and_the_newest_stays(board_path: Path) -> None:
    for step in range(16):
        newest = backups.make(board_path, now=START + timedelta(minutes=step))
    (series,) = backups.series_of(board_path)
    kept = series.backups()
    assert len(kept) == 10 and kept[0] == newest
    assert len(files()) == 21


def test_a_damaged_copy_is_never_kept(board_path: Path) -> None:
    with sqlite3.connect(board_path) as connection:
        page = connection.execute("select rootpage from sqlite_master where name = 'links'").fetchone()[0]
        size = connection.execute("pragma page_size").fetchone()[0]
    connection.close()
    with board_path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * 64)
    with pytest.raises(SaveFailedError):
        backups.make(board_path)
    assert files() == []


def test_a_copy_that_rots_is_no_longer_called_sound(board_path: Path, tmp_path: Path) -> None:
    made = backups.make(board_path)
    with made.path.open("r+b") as file:
        file.seek(made.size // 2)
        file.write(b"\xff" * 4096)
    assert made.is_there() and not made.is_sound()
    with pytest.raises(SaveFailedError):
        backups.write_out(made, tmp_path / "out.db")
    assert not (tmp_path / "out.db").exists()
    made.path.write_bytes(made.path.read_bytes()[:5000])
    assert not made.is_there()


def test_a_full_disk_is_said_and_leaves_nothing_half(board_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(100, 100, 0))
    with pytest.raises(SaveFailedError, match=r"the disk is full.*still written"):
        backups.make(board_path)
    assert files() == []


def test_the_oldest_of_all_boards_go_first_where_all_take_too_much(
    board_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.db"
    Session.create(other, title="Other").close()
    for step in range(3):
        backups.make(board_path, now=START + timedelta(hours=step))
    size = board_path.stat().st_size
    monkeypatch.setattr(backups, "TOTAL", size + other.stat().st_size)
    made = backups.make(other, now=START + timedelta(hours=5))
    (first,), (second,) = backups.series_of(board_path), backups.series_of(other)
    assert second.backups() == [made]
    assert [one.at for one in first.backups()] == [(START + timedelta(hours=2)).isoformat()]


def test_a_board_that_was_moved_goes_on_with_its_snapshots_and_one_in_its_place_has_its_own(
    board_path: Path, tmp_path: Path
) -> None:
    first = backups.make(board_path, now=START)
    moved = board_path.rename(tmp_path / "moved.db")
    second = backups.make(moved, now=START + timedelta(hours=1))
    (series,) = backups.series_of(moved)
    assert series.backups() == [second, first]
    assert backups.series_of(board_path) == []
    Session.create(moved.with_name("new.db")).close()
    moved.with_name("new.db").replace(moved)
    backups.make(moved, now=START + timedelta(hours=2))
    assert sorted(len(one.backups()) for one in backups.series_of(moved)) == [1, 2]


def test_deleting_the_last_one_leaves_nothing(board_path: Path) -> None:
    backups.delete(backups.make(board_path))
    assert list(data_dir("snapshots").iterdir()) == []


def test_a_copy_can_be_stopped_and_what_is_half_written_goes(board_path: Path) -> None:
    with pytest.raises(StoppedError):
        backups.make(board_path, lambda: True)
    assert files() == []


def test_steps_are_written_while_a_copy_is_made_and_the_copy_is_of_one_moment(tmp_path: Path) -> None:
    path = tmp_path / "large.db"
    with Session.create(path) as session, session.transaction("Fill") as tx:
        for _ in range(60):
            commands.add_entity(tx, "note", title="n", notes="x" * 40_000)
    made: list[backups.Backup] = []
    with Session.open(path) as session:
        worker = threading.Thread(target=lambda: made.append(backups.make(path)))
        worker.start()
        count = 0
        while worker.is_alive() and count < 10:
            with session.transaction("Add") as tx:
                commands.add_entity(tx, "note", title="m")
            count += 1
        worker.join()
        entities = set(session.document.table("entities"))
    with Session.open(made[0].path, read_only=True) as kept:
        assert 60 <= kept.document.size("entities") <= 60 + count
        assert set(kept.document.table("entities")) <= entities


def test_the_locks_of_the_open_board_are_still_there_afterwards(board_path: Path, tmp_path: Path) -> None:
    with Session.open(board_path) as session:
        with session.transaction("Add") as tx:
            commands.add_entity(tx, "note", title="m")
        copying.copy_beside(board_path, tmp_path / "copy.db")
        with session.transaction("Add") as tx:
            commands.add_entity(tx, "note", title="n")
        assert session.operation_count() == 4


def test_a_board_that_never_rests_gets_no_copy_and_none_is_left_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.db"
    with Session.create(path) as session, session.transaction("Fill") as tx:
        for _ in range(60):
            commands.add_entity(tx, "note", title="n", notes="x" * 40_000)
    monkeypatch.setattr(copying, "_REST", 0)
    with Session.open(path) as session:

        def step() -> bool:
            with session.transaction("Add") as tx:
                commands.add_entity(tx, "note", title="m")
            return False

        with pytest.raises(copying.RestlessError, match="still written"):
            copying.copy_beside(path, tmp_path / "copy.db", step)
    assert not (tmp_path / "copy.db").exists()
