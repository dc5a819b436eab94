"""Writing an export: whole or not at all, on a full disk, over an older one, into a folder, never over a board."""

from __future__ import annotations

import errno
import os
import resource
import signal
import stat
import sys
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from evidenceboard.errors import SaveFailedError
from evidenceboard.formats.safe_write import write_folder, write_whole


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def on_a_small_disk(size: int, work: Callable[[], None]) -> int:
    """Run something in a child that may not let a file grow beyond some bytes; return its exit status."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        status = 1
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
            work()
            status = 0
        except BaseException:
            traceback.print_exc(file=sys.__stderr__)
            raise
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_new_file_is_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    write_whole(tmp_path / "out.json", b"{}")
    assert (tmp_path / "out.json").read_bytes() == b"{}"
    assert stat.S_IMODE((tmp_path / "out.json").stat().st_mode) == 0o600
    assert names(tmp_path) == ["out.json"]


def test_an_older_file_gives_way_and_leaves_its_mode(tmp_path: Path) -> None:
    place = tmp_path / "out.json"
    place.write_bytes(b"older")
    place.chmod(0o644)
    (tmp_path / "name.json").symlink_to(place)
    write_whole(tmp_path / "name.json", b"newer")
    assert (tmp_path / "name.json").is_symlink()
    assert place.read_bytes() == b"newer"
    assert stat.S_IMODE(place.stat().st_mode) == 0o644
    assert names(tmp_path) == ["name.json", "out.json"]


def test_on_a_full_disk_the_older_file_stays_and_nothing_lies_about(tmp_path: Path) -> None:
    (tmp_path / "out.json").write_bytes(b"older")

    def work() -> None:
        for place in ("out.json", "new.json"):
            with pytest.raises(SaveFailedError, match="disk is full"):
                write_whole(tmp_path / place, b"x" * 100_000)
        with pytest.raises(SaveFailedError, match="disk is full"):
            write_folder(tmp_path / "tables", {"a.csv": b"x", "b.csv": b"x" * 100_000})

    assert on_a_small_disk(50_000, work) == 0
    assert names(tmp_path) == ["out.json"]
    assert (tmp_path / "out.json").read_bytes() == b"older"


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.4 half of it", b"\x89PNG half of it"], ids=["empty", "half a PDF", "half a picture"]
)
def test_what_came_out_incomplete_is_not_written(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "out").write_bytes(b"older")
    with pytest.raises(SaveFailedError, match="came out"):
        write_whole(tmp_path / "out", data)
    assert (tmp_path / "out").read_bytes() == b"older"
    write_whole(tmp_path / "out", b"%PDF-1.4 whole %%EOF\n")
    write_whole(tmp_path / "out", b"\x89PNG whole IEND\xaeB`\x82")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("board.db", "a board or another database"),
        ("folder", "a folder or a device"),
        ("out.db-journal", "part of a board"),
        ("no/out.json", "no such folder"),
        ("x" * 300, "nothing was changed"),
        ("nul\x00.json", "nothing was changed"),
    ],
)
def test_a_place_that_no_export_may_have(board_path: Path, name: str, said: str) -> None:
    folder = board_path.parent
    (folder / "folder").mkdir()
    before = board_path.read_bytes()
    with pytest.raises(SaveFailedError, match=said):
        write_whole(folder / name, b"{}")
    assert board_path.read_bytes() == before
    assert names(folder) == ["board.db", "folder"]


def test_a_folder_gets_its_files_and_keeps_those_that_are_not_ours(tmp_path: Path) -> None:
    for turn in (b"1", b"2"):
        write_folder(tmp_path / "tables", {"a.csv": turn, "b.csv": turn * 2})
        (tmp_path / "tables" / "mine.txt").write_text("mine")
    assert names(tmp_path / "tables") == ["a.csv", "b.csv", "mine.txt"]
    assert (tmp_path / "tables" / "b.csv").read_bytes() == b"22"
    (tmp_path / "file").write_text("x")
    with pytest.raises(SaveFailedError):
        write_folder(tmp_path / "file", {"a.csv": b"1"})
    with pytest.raises(SaveFailedError):
        write_folder(tmp_path / "no" / "tables", {"a.csv": b"1"})
    assert names(tmp_path) == ["file", "tables"]


def _refuse(monkeypatch: pytest.MonkeyPatch, call: str, at: int) -> None:
    """Let the system refuse one call, counted from 1."""
    real, made = getattr(os, call), iter(range(1, 100))

    def once(*words: object) -> object:
        if next(made) == at:
            raise OSError(errno.EIO, "Input/output error")
        return real(*words)

    monkeypatch.setattr(os, call, once)


def test_an_export_whose_name_the_disk_does_not_confirm_is_told_to_lie_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "out.json"
    place.write_bytes(b"old")
    _refuse(monkeypatch, "fsync", 2)
    with pytest.raises(SaveFailedError, match="lies in its place"):
        write_whole(place, b"{}")
    assert place.read_bytes() == b"{}"
    assert names(tmp_path) == ["out.json"]


@pytest.mark.parametrize("older", [False, True])
def test_tables_that_are_new_when_the_disk_fails_are_named_or_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, older: bool
) -> None:
    folder = tmp_path / "tables"
    if older:
        write_folder(folder, {"a.csv": b"old", "b.csv": b"old"})
    _refuse(monkeypatch, "replace", 2)
    _refuse(monkeypatch, "rename", 2)
    with pytest.raises(SaveFailedError, match=r"New already: a\.csv" if older else "as it was"):
        write_folder(folder, {"a.csv": b"new", "b.csv": b"new"})
    held = {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}
    assert held == ({"a.csv": b"new", "b.csv": b"old"} if older else {})
