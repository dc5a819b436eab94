"""What lies beside a board: our own crash is rolled back, a stranger's file is named and left alone."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import struct
import warnings
from pathlib import Path

import pytest

from evidenceboard import Session, commands
from evidenceboard.errors import FileRefusedError, ReadOnlyError, SaveFailedError
from evidenceboard.store.personal import private_dir


def fork() -> int:
    """Fork; the child touches nothing that another thread could hold, which newer Pythons warn of."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def crashed(path: Path) -> tuple[bytes, bytes]:
    """Leave a board as a crash in the middle of a write leaves it: pages half written, the journal beside it."""
    child = fork()
    if child == 0:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("pragma cache_size=1")
        connection.execute("begin immediate")
        connection.execute("update entities set title = 'half written', notes = hex(randomblob(20000))")
        connection.execute("delete from cards")
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    journal = Path(f"{path}-journal")
    assert journal.stat().st_size > 512
    return path.read_bytes(), journal.read_bytes()


def test_our_own_crash_is_rolled_back_when_the_board_is_opened(board_path: Path) -> None:
    sound = board_path.read_bytes()
    torn, _ = crashed(board_path)
    assert torn != sound
    with Session.open(board_path) as session:
        assert (session.read_only, session.sidecars, session.problems) == ("", [], [])
        assert "half written" not in {entity.title for entity in session.document.entities}
        assert len(session.document.cards) == 5
        assert session.undo() is not None
        session.redo()
    assert [found.name for found in board_path.parent.iterdir()] == ["board.db"]
    assert list(private_dir("work").iterdir()) == []


def test_a_crashed_board_is_read_whole_without_a_byte_changed(board_path: Path) -> None:
    torn, journal = crashed(board_path)
    with Session.open(board_path, read_only=True) as session:
        assert "half written" not in {entity.title for entity in session.document.entities}
        assert len(session.document.cards) == 5
        assert session.undo_label() == "Add cards"
        copy = board_path.with_name("copy.db")
        session.save_copy(copy)
    assert (board_path.read_bytes(), Path(f"{board_path}-journal").read_bytes()) == (torn, journal)
    with Session.open(copy) as session:
        assert len(session.document.cards) == 5
    assert list(private_dir("work").iterdir()) == []


def test_a_crashed_board_is_rolled_back_through_a_link_to_it(board_path: Path, tmp_path: Path) -> None:
    crashed(board_path)
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.db"
    link.symlink_to(board_path)
    with Session.open(link) as session:
        assert len(session.document.cards) == 5
        assert session.read_only == ""


def test_a_crash_after_the_file_was_said_to_grow_is_rolled_back_too(board_path: Path) -> None:
    # The first page is written before the pages that it counts: for a moment the file is shorter than it says.
    torn, _ = crashed(board_path)
    pages = int.from_bytes(torn[28:32], "big")
    board_path.write_bytes(torn[:28] + (pages + 40).to_bytes(4, "big") + torn[32:])
    with Session.open(board_path, read_only=True) as session:
        assert len(session.document.cards) == 5
    with Session.open(board_path) as session:
        assert (len(session.document.cards), session.read_only) == (5, "")


def test_a_board_cut_short_stays_so_with_an_empty_journal_beside_it(board_path: Path) -> None:
    board_path.write_bytes(board_path.read_bytes()[:-4096])
    Path(f"{board_path}-journal").write_bytes(b"")
    with pytest.raises(FileRefusedError) as caught:
        Session.open(board_path)
    assert caught.value.code == "truncated"


def super_journal(path: Path, victim: Path) -> bytes:
    """Make the journal of a crash name another file, which SQLite would delete; the board itself stays sound."""
    sound = path.read_bytes()
    _, journal = crashed(path)
    path.write_bytes(sound)
    name = os.fsencode(victim)
    end = struct.pack(">I", 1) + name + struct.pack(">II", len(name), sum(name)) + b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
    return journal + end


@pytest.mark.parametrize("through_link", [False, True])
def test_a_journal_that_names_another_file_is_named_and_left_alone(
    board_path: Path, tmp_path: Path, through_link: bool
) -> None:
    victim = tmp_path / "diary.txt"
    victim.write_text("dear diary")
    Path(f"{board_path}-journal").write_bytes(super_journal(board_path, victim))
    path = board_path
    if through_link:
        (tmp_path / "elsewhere").mkdir()
        path = tmp_path / "elsewhere" / "link.db"
        path.symlink_to(board_path)
    _left_alone(path, board_path, "board.db-journal")
    assert victim.read_text() == "dear diary"


@pytest.mark.parametrize("ending", ["-journal", "-wal", "-shm"])
@pytest.mark.parametrize("content", [b"", b"rubbish" * 1000])
def test_a_strangers_neighbour_is_named_and_left_alone(board_path: Path, ending: str, content: bytes) -> None:
    sidecar = Path(f"{board_path}{ending}")
    sidecar.write_bytes(content)
    if ending == "-journal":
        # A journal in which nothing stands has nothing to say: SQLite passes over it, and so does this program.
        with Session.open(board_path) as session:
            assert len(session.document.entities) == 5
        return
    _left_alone(board_path, board_path, sidecar.name)


def test_a_wal_that_would_show_other_content_is_not_read(board_path: Path, tmp_path: Path) -> None:
    twin = tmp_path / "twin.db"
    shutil.copyfile(board_path, twin)
    child = fork()
    if child == 0:
        connection = sqlite3.connect(twin, isolation_level=None)
        connection.execute("pragma journal_mode=wal")
        connection.execute("update entities set title = 'forged'")
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    shutil.copyfile(f"{twin}-wal", f"{board_path}-wal")
    _left_alone(board_path, board_path, "board.db-wal")


def test_a_journal_that_breaks_the_board_is_a_strangers(board_path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("create table birds (name text)")
    connection.executemany("insert into birds values (?)", [("wren" * 900,)] * 40)
    connection.commit()
    connection.close()
    child = fork()
    if child == 0:
        connection = sqlite3.connect(other, isolation_level=None)
        connection.execute("pragma cache_size=1")
        connection.execute("begin immediate")
        connection.execute("delete from birds")
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    shutil.copyfile(f"{other}-journal", f"{board_path}-journal")
    _left_alone(board_path, board_path, "board.db-journal")


def _left_alone(opened: Path, board: Path, name: str) -> None:
    sidecar = board.with_name(name)
    before, beside = board.read_bytes(), sidecar.read_bytes()
    with Session.open(opened) as session:
        assert name in session.read_only
        assert session.sidecars == [name]
        assert "forged" not in {entity.title for entity in session.document.entities}
        with pytest.raises(ReadOnlyError, match=name), session.transaction("Add") as tx:
            commands.add_entity(tx, "claim", title="x")
        copy = board.with_name("kept.db")
        session.save_copy(copy)
    with Session.open(copy) as session:
        assert session.read_only == ""
    assert (board.read_bytes(), sidecar.read_bytes()) == (before, beside)


def test_a_board_that_another_program_set_to_wal_is_read_and_can_be_copied(board_path: Path) -> None:
    connection = sqlite3.connect(board_path)
    connection.execute("pragma journal_mode=wal")
    connection.close()
    before = board_path.read_bytes()
    with Session.open(board_path) as session:
        assert "WAL" in session.read_only
        assert len(session.document.entities) == 5
        copy = board_path.with_name("copy.db")
        session.save_copy(copy)
    assert board_path.read_bytes() == before
    assert sorted(found.name for found in board_path.parent.iterdir()) == ["board.db", "copy.db"]
    with Session.open(copy) as session, session.transaction("Add") as tx:
        commands.add_entity(tx, "claim", title="x")


def test_a_copy_is_not_made_where_a_strangers_journal_waits(board_path: Path) -> None:
    waiting = board_path.with_name("copy.db-wal")
    waiting.write_bytes(b"rubbish")
    with Session.open(board_path) as session, pytest.raises(SaveFailedError, match=r"copy\.db-wal"):
        session.save_copy(board_path.with_name("copy.db"))
    assert waiting.read_bytes() == b"rubbish"
    assert not board_path.with_name("copy.db").exists()
