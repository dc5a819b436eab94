"""A disk that is full while two copies are merged or one is shared: said in words, and every file is as it was."""

from __future__ import annotations

import os
import resource
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from evidenceboard import Session, commands
from evidenceboard.errors import SaveFailedError
from evidenceboard.merge import merge_file
from evidenceboard.sharing.choice import Choice
from evidenceboard.sharing.copying import share
from evidenceboard.store.gate import quick_check
from test_crash import _FULL, in_a_child, records

ALL = Choice(history=True, authors=True, notes=True, attachments=True)


def in_a_child_all_holds(work: Callable[[], None]) -> None:
    _, status = os.waitpid(in_a_child(work), 0)
    assert os.waitstatus_to_exitcode(status) == 0


def no_file_beyond(size: int) -> None:
    """Let no file of this process grow beyond so many bytes: the system then refuses as a full disk does."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


def room_again() -> None:
    no_file_beyond(resource.getrlimit(resource.RLIMIT_FSIZE)[1])


def written(path: Path, count: int) -> Path:
    """Write so many long notes into a board, so that a copy of it is some hundred thousand bytes long."""
    with Session.open(path) as session:
        for number in range(count):
            with session.transaction("Add a note") as tx:
                note = commands.add_entity(
                    tx, "note", title=f"note {number} of {path.stem}", notes=f"{number} жито" * 2000
                )
                commands.place(tx, tx.document.boards[0].id, note.id, x=0, y=number * 100)
    return path


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


@pytest.mark.parametrize("room", [0, 4_000, 60_000, 200_000])
def test_a_merge_on_a_full_disk_says_so_changes_neither_file_and_works_when_there_is_room(
    board_path: Path, room: int
) -> None:
    theirs = Path(shutil.copy(board_path, board_path.with_name("theirs.db")))
    written(theirs, 12)
    written(board_path, 1)

    def work() -> None:
        before = files_of(board_path.parent)
        with Session.open(board_path) as session:
            was, count = records(session), session.operation_count()
            no_file_beyond(board_path.stat().st_size + room)
            with pytest.raises(SaveFailedError, match="so it was not saved; the file is as it was"):
                merge_file(session, theirs)
            assert (records(session), session.operation_count()) == (was, count)
            assert files_of(board_path.parent) == before
            room_again()
            assert merge_file(session, theirs).taken == 12
        assert quick_check(board_path) == []
        assert theirs.read_bytes() == before["theirs.db"]

    in_a_child_all_holds(work)


@pytest.mark.parametrize("room", [0, 30_000, 90_000, 150_000, 250_000])
def test_a_clean_copy_that_does_not_fit_leaves_nothing_behind_and_is_made_when_there_is_room(
    board_path: Path, room: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVIDENCEBOARD_CONFIG_DIR", str(tmp_path / "own"))
    written(board_path, 12)
    out = board_path.with_name("clean.db")

    def work() -> None:
        before = files_of(tmp_path)
        with Session.open(board_path, read_only=True) as session:
            no_file_beyond(room)
            with pytest.raises(SaveFailedError, match=r"[Tt]he disk|no room"):
                share(session, out, ALL)
            assert {name: data for name, data in files_of(tmp_path).items() if name in before} == before
            assert [
                name for name in files_of(tmp_path) if "clean" in name or "sharing" in name or ".part" in name
            ] == []
            room_again()
            share(session, out, ALL)
        with Session.open(out, read_only=True) as copy:
            assert len(copy.document.entities) > 12

    in_a_child_all_holds(work)


def test_what_lies_where_a_clean_copy_should_go_stays_whatever_room_there_is(board_path: Path) -> None:
    out = board_path.with_name("clean.db")
    out.write_bytes(b"minutes of a meeting")

    def work() -> None:
        with Session.open(board_path, read_only=True) as session:
            for size in (10, 10_000_000):
                no_file_beyond(size)
                with pytest.raises(SaveFailedError, match="already"):
                    share(session, out, ALL)
                assert out.read_bytes() == b"minutes of a meeting"

    in_a_child_all_holds(work)


@pytest.mark.parametrize("full", _FULL)
def test_a_small_disk_takes_neither_half_a_merge_nor_half_a_copy(
    board_path: Path, full: Callable[[Path], tuple[Path, Callable[[], None], Callable[[], None]]]
) -> None:
    theirs = written(Path(shutil.copy(board_path, board_path.with_name("theirs.db"))), 15)

    def work() -> None:
        board, fill, make_room = full(board_path)
        fill()
        before, there = board.read_bytes(), theirs.read_bytes()
        names = sorted(one.name for one in board.parent.iterdir())
        with Session.open(theirs, read_only=True) as other, pytest.raises(SaveFailedError, match="disk"):
            share(other, board.with_name("clean.db"), ALL)
        with Session.open(board) as session:
            with pytest.raises(SaveFailedError, match="disk"):
                merge_file(session, theirs)
            assert board.read_bytes() == before
            assert theirs.read_bytes() == there
            assert sorted(one.name for one in board.parent.iterdir()) == names
            make_room()
            assert merge_file(session, theirs).taken == 15

    in_a_child_all_holds(work)
