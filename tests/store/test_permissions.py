"""Boards that may not be written to, and the folder of what the program remembers."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evidenceboard import Session, commands
from evidenceboard.errors import FileRefusedError, ReadOnlyError, SaveFailedError
from evidenceboard.store import personal


@pytest.fixture
def shelf(board_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder that other users may enter, with a board in it and a folder of settings for anyone."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        shutil.copyfile(board_path, folder / "board.db")
        (folder / "config").mkdir()
        (folder / "config").chmod(0o777)
        monkeypatch.setenv("EVIDENCEBOARD_CONFIG_DIR", str(folder / "config"))
        yield folder
        folder.chmod(0o755)


def fork() -> int:
    """Fork; the child touches nothing that another thread could hold, which newer Pythons warn of."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def as_an_ordinary_user(work: Callable[[], None]) -> None:
    """Run something in a child that is not root, whom no permission stops."""
    child = fork()
    if child == 0:
        status = 1
        try:
            if os.getuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            work()
            status = 0
        except BaseException:
            traceback.print_exc(file=sys.__stderr__)
            raise
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _reads_and_refuses(path: Path) -> None:
    before = path.read_bytes()
    with Session.open(path) as session:
        assert session.read_only == "the file or its folder may not be written to"
        assert len(session.document.entities) == 5
        with pytest.raises(ReadOnlyError, match="Save a copy"), session.transaction("Add") as tx:
            commands.add_entity(tx, "claim", title="x")
        session.save_copy(path.parent / "config" / "copy.db")
    with Session.open(path.parent / "config" / "copy.db") as session, session.transaction("Add") as tx:
        commands.add_entity(tx, "claim", title="x")
    assert path.read_bytes() == before


def test_a_file_that_may_not_be_written_to_is_read(shelf: Path) -> None:
    (shelf / "board.db").chmod(0o444)
    as_an_ordinary_user(lambda: _reads_and_refuses(shelf / "board.db"))


def test_a_folder_that_may_not_be_written_to_makes_its_boards_read_only(shelf: Path) -> None:
    (shelf / "board.db").chmod(0o666)
    shelf.chmod(0o555)
    as_an_ordinary_user(lambda: _reads_and_refuses(shelf / "board.db"))


def test_a_file_that_may_not_be_read_is_named(shelf: Path) -> None:
    (shelf / "board.db").chmod(0o000)

    def opened() -> None:
        with pytest.raises(FileRefusedError, match="who may read it"):
            Session.open(shelf / "board.db")

    as_an_ordinary_user(opened)


def test_no_board_can_be_made_where_nothing_may_be_written(shelf: Path) -> None:
    shelf.chmod(0o555)

    def made() -> None:
        with pytest.raises(SaveFailedError, match="No file can be made"):
            Session.create(shelf / "new.db")

    as_an_ordinary_user(made)


def test_what_the_program_remembers_is_for_its_user_alone(
    tmp_path: Path, board_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "fresh"
    monkeypatch.setenv("EVIDENCEBOARD_CONFIG_DIR", str(folder))
    with Session.open(board_path) as session:
        author = session.author_id
        for found in (folder, *folder.rglob("*")):
            assert stat.S_IMODE(found.stat().st_mode) & 0o077 == 0, found
            assert found.is_dir() or b"Lorries" not in found.read_bytes()
    with Session.open(board_path) as session:
        assert session.author_id == author == personal.author_id()


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"author_id": 5}', '{"author_id": ""}'])
def test_settings_that_cannot_be_read_count_as_none(own_config: Path, content: str) -> None:
    (own_config / "settings.json").write_text(content)
    author = personal.author_id()
    assert len(author) == 32
    assert personal.author_id() == author


def test_a_lock_that_a_dead_process_left_behind_holds_nobody_up(board_path: Path) -> None:
    child = fork()
    if child == 0:
        Session.open(board_path)
        os._exit(0)
    os.waitpid(child, 0)
    with Session.open(board_path) as session:
        assert session.read_only == ""


@pytest.mark.parametrize("said", ["", "no json", "[]", '{"holder": "x", "process": "many"}'])
def test_a_lock_that_says_nothing_readable_is_another_programs(board_path: Path, own_config: Path, said: str) -> None:
    with Session.open(board_path):
        lock = next((own_config / "locks").iterdir())
        lock.write_text(said)
        with Session.open(board_path) as second:
            assert second.read_only == "it is open in another program"


def test_a_folder_that_may_not_be_written_to_any_more_refuses_a_change_until_it_may_again(shelf: Path) -> None:
    (shelf / "board.db").chmod(0o666)
    shelf.chmod(0o777)

    def work() -> None:
        folder = shelf / "mine"
        folder.mkdir()
        path = folder / "board.db"
        shutil.copyfile(shelf / "board.db", path)
        with Session.open(path) as session:
            for mode, allowed in ((0o555, False), (0o755, True), (0o555, False)):
                folder.chmod(mode)
                before, count = path.read_bytes(), session.operation_count()
                try:
                    with session.transaction("Add") as tx:
                        commands.add_entity(tx, "claim", title="x")
                except SaveFailedError as error:
                    assert not allowed and "may not be written to" in str(error)
                    assert path.read_bytes() == before
                assert session.operation_count() == count + allowed
                with Session.open(path, read_only=True) as other:
                    assert other.document.entities == session.document.entities
        folder.chmod(0o755)

    as_an_ordinary_user(work)
