"""Kill -9 in the middle of work, and a disk that is full: nothing confirmed is lost, nothing half is kept."""

from __future__ import annotations

import ctypes
import os
import random
import resource
import select
import shutil
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from evidenceboard import Session, commands
from evidenceboard.errors import SaveFailedError
from evidenceboard.model.records import Card, as_row
from evidenceboard.store.gate import quick_check

KILLS = 15


def fork() -> int:
    """Fork; the child touches nothing that another thread could hold, which newer Pythons warn of."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def in_a_child(work: Callable[[], None]) -> int:
    """Run something in a child process and return the child's id; its exit status is 0 if it ends well."""
    child = fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        except BaseException:
            traceback.print_exc(file=sys.__stderr__)
            raise
        finally:
            os._exit(status)
    return child


def records(session: Session) -> dict[tuple[str, str], dict[str, object]]:
    tables = ("boards", "entities", "frames", "cards", "links", "assessments", "settings")
    return {(table, key): as_row(one) for table in tables for key, one in session.document.table(table).items()}


def _work_until_killed(path: Path, pipe: int, start: int) -> None:
    """Make gestures of several rows each; say the number of each one after it is confirmed."""
    with Session.open(path) as session:
        board = session.document.boards[0].id
        for number in range(start, start + 100_000):
            with session.transaction("Gesture {n}", n=number) as tx:
                made = [commands.add_entity(tx, "claim", title=f"{number} of a pair") for _ in range(2)]
                for step, entity in enumerate(made):
                    commands.place(tx, board, entity.id, x=number, y=step * 200)
                commands.link(tx, "supports", made[0].id, made[1].id, notes="n" * 3000)
                commands.set_file(tx, last=number)
            os.write(pipe, f"{number}\n".encode())
            if number % 5 == 4:
                session.undo()
                session.redo()


def _killed_at_random(path: Path, start: int, chance: random.Random) -> int:
    """Kill a working child at a random moment; return the last gesture that it confirmed."""
    reading, writing = os.pipe()
    child = in_a_child(lambda: _work_until_killed(path, writing, start))
    os.close(writing)
    said = b""
    while b"\n" not in said:  # it has begun
        said += os.read(reading, 65536)
    until = time.monotonic() + chance.uniform(0, 0.06)
    while (left := until - time.monotonic()) > 0:
        if select.select([reading], [], [], left)[0]:
            said += os.read(reading, 65536)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(reading, 65536):
        said += more
    os.close(reading)
    return int(said.split(b"\n")[-2])


def test_what_was_confirmed_outlives_kill_9_and_nothing_half_is_kept(board_path: Path) -> None:
    chance = random.Random(20241211)
    done = -1
    for _ in range(KILLS):
        confirmed = _killed_at_random(board_path, done + 1, chance)
        with Session.open(board_path) as session:
            done = session.document.setting("last")
            # The one gesture that was on its way may have arrived; it may also be undone just then.
            assert done in (confirmed, confirmed + 1) or (confirmed % 5 == 4 and done == confirmed - 1)
            if done < confirmed:
                session.redo()
                done = confirmed
            assert session.problems == []
            assert session.read_only == ""
            pairs = [e.title for e in session.document.entities if e.title.endswith("of a pair")]
            assert pairs == [f"{number} of a pair" for number in range(done + 1) for _ in range(2)]
            assert len(session.document.cards) == 5 + 2 * (done + 1)
            assert len(session.document.links) == 3 + done + 1
            assert quick_check(board_path) == []
            before = records(session)
            assert session.undo_label() == f"Gesture {done}"
            session.undo()
            assert len(session.document.links) == 3 + done
            session.redo()
            assert records(session) == before
        assert [found.name for found in board_path.parent.iterdir()] == ["board.db"]


def _grow_until_refused(session: Session) -> int:
    """Add long notes until the disk refuses; each refusal leaves memory and file as they were."""
    for number in range(1000):
        before, count = records(session), session.operation_count()
        try:
            with session.transaction("Add a note") as tx:
                entity = commands.add_entity(tx, "note", title=f"note {number}", notes="ж" * 20_000)
                commands.place(tx, tx.document.boards[0].id, entity.id, x=0, y=number * 100)
        except SaveFailedError as error:
            assert "so it was not saved" in str(error) or "so this was not saved" in str(error)
            assert records(session) == before
            assert session.operation_count() == count
            return number
    raise AssertionError("the disk took everything")


def _as_on_disk(session: Session) -> None:
    with Session.open(session.path, read_only=True) as other:
        assert records(other) == records(session)
    assert quick_check(session.path) == []


def _fill_and_make_room(path: Path, make_full: Callable[[], None], make_room: Callable[[], None]) -> None:
    with Session.open(path) as session:
        make_full()
        _grow_until_refused(session)
        _as_on_disk(session)
        _grow_until_refused(session)
        with pytest.raises(SaveFailedError), session.transaction("Attach") as tx:
            commands.attach(tx, tx.document.entity("S1").id, "film.mp4", os.urandom(12_000_000))
        _as_on_disk(session)
        make_room()
        count = session.operation_count()
        with session.transaction("Move") as tx:
            commands.move_cards(tx, [card.id for card in tx.document.cards], 5, 5)
        assert session.operation_count() == count + 1
        _as_on_disk(session)
        session.undo()
        session.undo()
        _as_on_disk(session)
        assert isinstance(session.document.cards[0], Card)


def _limited(path: Path) -> tuple[Path, Callable[[], None], Callable[[], None]]:
    """Forbid this process to let a file grow far; return the board, and what makes it full and gives room."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = path.stat().st_size + 500_000
    return (
        path,
        lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard)),
        lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard)),
    )


def _small_disk(path: Path) -> tuple[Path, Callable[[], None], Callable[[], None]]:
    """Mount a disk of 2 MB that only this process sees, with the board on it."""
    disk = path.parent / "disk"
    disk.mkdir(exist_ok=True)
    system = ctypes.CDLL(None, use_errno=True)
    new_mounts, private = 0x00020000, 0x4000 | 0x40000
    done = (
        system.unshare(new_mounts),
        system.mount(b"none", b"/", None, ctypes.c_ulong(private), None),
        system.mount(b"tmpfs", os.fsencode(disk), b"tmpfs", ctypes.c_ulong(0), b"size=2m"),
    )
    if any(done):
        raise OSError(ctypes.get_errno(), "no disk can be mounted")
    board, filler = disk / "board.db", disk / "filler"
    if path.exists():
        shutil.copyfile(path, board)
    return board, lambda: filler.write_bytes(bytes(1_300_000)) and None, filler.unlink


def _may_mount() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        child = in_a_child(lambda: _small_disk(Path(folder) / "none") and None)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


# A real small disk needs root; the limit stands for it everywhere else.
_FULL = [_limited, *([_small_disk] if sys.platform == "linux" and os.getuid() == 0 and _may_mount() else [])]


@pytest.mark.parametrize("full", _FULL)
def test_a_disk_that_is_full_leaves_the_file_as_it_was_and_the_next_edit_works(
    board_path: Path, full: Callable[[Path], tuple[Path, Callable[[], None], Callable[[], None]]]
) -> None:
    _, status = os.waitpid(in_a_child(lambda: _fill_and_make_room(*full(board_path))), 0)
    assert os.waitstatus_to_exitcode(status) == 0


def test_a_copy_or_a_new_board_that_does_not_fit_leaves_nothing_behind(board_path: Path) -> None:
    def work() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        with Session.open(board_path) as session:
            resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
            with pytest.raises(SaveFailedError):
                session.save_copy(board_path.with_name("copy.db"))
            with pytest.raises(SaveFailedError):
                Session.create(board_path.with_name("new.db"))
        assert [found.name for found in board_path.parent.iterdir()] == ["board.db"]
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        Session.create(board_path.with_name("new.db")).close()

    _, status = os.waitpid(in_a_child(work), 0)
    assert os.waitstatus_to_exitcode(status) == 0
