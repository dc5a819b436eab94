"""A board where locks may lie: worked on through a copy, put back whole, never over what somebody else left there."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import stat
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard import Session, commands
from evidenceboard.errors import FileRefusedError, SaveFailedError, StaleFileError
from evidenceboard.store import places
from evidenceboard.store.gate import quick_check
from evidenceboard.store.personal import data_dir


@pytest.fixture
def far(board_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a board in a folder for which a working copy was chosen."""
    monkeypatch.setenv(places.FORCED, "always")
    return board_path


def add(session: Session, title: str) -> None:
    with session.transaction("Add a claim") as tx:
        commands.add_entity(tx, "claim", title=title)


def titles(path: Path) -> set[str]:
    with Session.open(path, read_only=True) as other:
        return {entity.title for entity in other.document.entities}


def by_a_colleague(path: Path, title: str, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Change the board as a colleague on another machine does, who knows nothing of our copy; return its bytes."""
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv(places.FORCED, "never")
        with Session.open(path, holder="a colleague") as theirs:
            add(theirs, title)
    return path.read_bytes()


def working() -> list[str]:
    return sorted(found.name for folder in data_dir("working").iterdir() for found in folder.iterdir())


def test_steps_are_written_to_the_copy_alone_and_put_back_whole_when_the_board_is_closed(far: Path) -> None:
    before = far.read_bytes()
    far.chmod(0o640)
    with Session.open(far) as session:
        assert session.path == far
        add(session, "mine")
        assert far.read_bytes() == before
        assert [found.name for found in far.parent.iterdir()] == ["board.db"]
        for found in data_dir("working").rglob("*"):
            assert stat.S_IMODE(found.stat().st_mode) & 0o077 == 0, found
    assert "mine" in titles(far)
    assert quick_check(far) == []
    assert [found.name for found in far.parent.iterdir()] == ["board.db"]
    assert stat.S_IMODE(far.stat().st_mode) == 0o640
    assert working() == [], "no copy stays on this machine"
    with Session.open(far) as session:
        assert session.undo_label() == "Add a claim"
        assert session.undo() is not None


def test_it_can_be_put_back_in_between_and_nothing_new_writes_nothing(far: Path) -> None:
    with Session.open(far) as session:
        publishing = session.hold.publishing
        assert publishing is not None and publishing.is_published
        before = far.stat()
        assert not publishing.publish()
        assert far.stat() == before
        add(session, "mine")
        assert not publishing.is_published
        assert publishing.publish()
        assert publishing.is_published and "mine" in titles(far)
        after = far.stat()
    assert far.stat() == after


def test_what_a_colleague_left_there_meanwhile_is_not_overwritten_and_ones_own_steps_are_kept(
    far: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session.open(far)
    add(session, "mine")
    theirs = by_a_colleague(far, "theirs", monkeypatch)
    with pytest.raises(StaleFileError, match=r"not put over it.*working copy") as caught:
        session.close()
    assert caught.value.hint
    assert far.read_bytes() == theirs
    with Session.open(far) as again:
        publishing = again.hold.publishing
        assert publishing is not None and len(publishing.aside) == 1
        assert {entity.title for entity in again.document.entities} >= {"theirs"}
        assert "mine" in titles(publishing.aside[0]) and "theirs" not in titles(publishing.aside[0])
        add(again, "on theirs")
    assert titles(far) >= {"theirs", "on theirs"}


def test_a_copy_can_be_saved_while_the_place_is_taken(far: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session.open(far)
    add(session, "mine")
    by_a_colleague(far, "theirs", monkeypatch)
    copy = far.with_name("copy.db")
    session.save_copy(copy)
    session.close(publish=False)
    assert "mine" in titles(copy)


def test_a_crash_leaves_the_copy_which_is_found_and_put_back(far: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        add(Session.open(far), "mine")
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert "mine" not in titles(far)
    with Session.open(far) as session:
        assert session.hold.publishing is not None and session.hold.publishing.found
        assert "mine" in {entity.title for entity in session.document.entities}
    assert "mine" in titles(far)
    with Session.open(far) as session:
        assert session.hold.publishing is not None and not session.hold.publishing.found


def test_a_copy_that_says_nothing_new_gives_way_to_what_lies_there(far: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        Session.open(far)
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert working() == ["board.db", "left.json"]
    by_a_colleague(far, "theirs", monkeypatch)
    with Session.open(far) as session:
        assert session.hold.publishing is not None and not session.hold.publishing.aside
        assert "theirs" in {entity.title for entity in session.document.entities}
    assert working() == []


@pytest.mark.parametrize("spoil", [lambda place: place.write_bytes(b"{"), Path.unlink])
def test_a_copy_of_which_nothing_is_known_is_kept_apart_only_where_it_says_something_new(
    far: Path, spoil: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session.open(far)
    add(session, "mine")
    by_a_colleague(far, "theirs", monkeypatch)
    session.close(publish=False)
    spoil(next(data_dir("working").rglob("left.json")))
    Session.open(far).close()
    assert working() == ["unpublished 1.db"]
    Session.open(far).close(publish=False)
    assert working() == ["unpublished 1.db"], "what says nothing new is not kept"


def test_a_copy_that_is_damaged_is_kept_apart(far: Path) -> None:
    session = Session.open(far)
    add(session, "mine")
    session.close(publish=False)
    next(data_dir("working").rglob("board.db")).write_bytes(b"no board")
    with Session.open(far) as session:
        assert session.read_only == ""
        assert len(session.document.entities) == 5
    assert "unpublished 1.db" in working()


def test_the_same_bytes_under_another_date_are_what_was_left(far: Path) -> None:
    with Session.open(far) as session:
        add(session, "mine")
        content = far.read_bytes()
        far.unlink()
        far.write_bytes(content)
        os.utime(far, (1, 1))
    assert "mine" in titles(far)


def test_the_same_date_and_length_with_another_log_is_not_what_was_left(
    far: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session.open(far)
    add(session, "mine")
    before = far.stat()
    theirs = by_a_colleague(far, "theirs", monkeypatch)
    with far.open("rb+") as file:
        file.write(theirs)
        file.truncate()
    os.utime(far, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert far.stat().st_mtime_ns == before.st_mtime_ns
    with pytest.raises(StaleFileError):
        session.close()
    assert "theirs" in titles(far)


@pytest.mark.parametrize("left", [b"", b"no board at all" * 500, None])
def test_a_file_that_is_gone_or_no_board_any_more_is_left_so(far: Path, left: bytes | None) -> None:
    session = Session.open(far)
    add(session, "mine")
    far.unlink() if left is None else far.write_bytes(left)
    with pytest.raises(StaleFileError):
        session.close()
    assert (far.read_bytes() if far.exists() else None) == left
    if left is None:
        with pytest.raises(FileRefusedError, match="working copy") as caught:
            Session.open(far)
        assert caught.value.code == "missing"


def test_a_place_that_cannot_be_reached_is_told_and_works_again_later(far: Path) -> None:
    session = Session.open(far)
    add(session, "mine")
    away = far.parent.rename(far.parent.with_name("away"))
    publishing = session.hold.publishing
    assert publishing is not None
    with pytest.raises(SaveFailedError, match="working copy on this machine") as caught:
        publishing.publish()
    assert not isinstance(caught.value, StaleFileError)
    add(session, "goes on")
    away.rename(far.parent)
    session.close()
    assert titles(far) >= {"mine", "goes on"}


def test_a_place_that_is_full_keeps_what_it_had(far: Path) -> None:
    import resource

    session = Session.open(far)
    add(session, "x" * 90_000)
    before, (soft, hard) = far.read_bytes(), resource.getrlimit(resource.RLIMIT_FSIZE)
    usual = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    publishing = session.hold.publishing
    assert publishing is not None
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) // 2, hard))
        with pytest.raises(SaveFailedError):
            publishing.publish()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, usual)
    assert far.read_bytes() == before
    assert [found.name for found in far.parent.iterdir()] == ["board.db"]
    session.close()
    assert quick_check(far) == [] and far.stat().st_size > len(before)


def test_a_new_board_lies_at_its_place_at_once_and_never_over_a_file(far: Path) -> None:
    place = far.with_name("new.db")
    with Session.create(place, title="New") as made:
        assert place.is_file() and made.path == place
        add(made, "mine")
    assert titles(place) == {"mine"}
    before = far.read_bytes()
    with pytest.raises(SaveFailedError, match="not touched"):
        Session.create(far)
    assert far.read_bytes() == before


def test_who_opens_it_second_reads_it_and_is_told_who_holds_it(far: Path) -> None:
    with Session.open(far, holder="the window “Winter”") as first:
        add(first, "mine")
        first.hold.publish()  # the file at the place is another one now
        with Session.open(far) as second:
            assert "the window “Winter”" in second.read_only and second.hold.waits and not second.hold.is_free()
    with Session.open(far) as third:
        assert third.read_only == ""


def test_a_strangers_file_beside_the_board_is_named_and_left_alone(far: Path) -> None:
    stranger = far.with_name("board.db-wal")
    stranger.write_bytes(b"rubbish" * 1000)
    with Session.open(far) as session:
        assert session.hold.publishing is None
        assert "board.db-wal" in session.read_only
    assert stranger.read_bytes() == b"rubbish" * 1000


def test_a_crash_of_our_own_at_the_place_is_rolled_back_before_a_copy_is_made(far: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        connection = sqlite3.connect(far, isolation_level=None)
        connection.execute("pragma cache_size=1")
        connection.execute("begin immediate")
        connection.execute("update entities set title = 'half written', notes = hex(randomblob(20000))")
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert far.with_name("board.db-journal").exists()
    with Session.open(far) as session:
        assert session.hold.publishing is not None
        assert "half written" not in {entity.title for entity in session.document.entities}
    assert [found.name for found in far.parent.iterdir()] == ["board.db"]


def test_a_link_to_a_board_stays_a_link(far: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(far)
    with Session.open(link) as session:
        add(session, "mine")
    assert link.is_symlink() and "mine" in titles(far)


@given(st.lists(st.sampled_from(["step", "publish", "crash", "colleague", "open"]), max_size=8))
def test_whatever_happens_no_step_of_anybody_is_lost(tmp_path_factory: pytest.TempPathFactory, done: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("far")
        patch.setenv("EVIDENCEBOARD_CONFIG_DIR", str(folder / "config"))
        patch.setenv(places.FORCED, "always")
        path, wanted = folder / "board.db", set()
        session = Session.create(path)
        for number, what in enumerate([*done, "open"]):
            if what == "step":
                add(session, f"mine {number}")
                wanted.add(f"mine {number}")
            elif what == "colleague":
                by_a_colleague(path, f"theirs {number}", patch)
                wanted.add(f"theirs {number}")
            else:
                try:
                    if what == "publish":
                        session.hold.publish()
                    else:
                        session.close(publish=what == "open")
                except StaleFileError:
                    pass
                if what != "publish":
                    session = Session.open(path)
        session.close()
        found = titles(path)
        for aside in data_dir("working").rglob("unpublished*.db"):
            found |= titles(aside)
        assert found == wanted


def test_a_folder_where_nothing_may_be_kept_is_told_and_the_board_not_touched(far: Path) -> None:
    before = far.read_bytes()
    folder = data_dir("working")
    shutil.rmtree(folder)
    folder.write_bytes(b"in the way")
    with pytest.raises(SaveFailedError, match="not touched"):
        Session.open(far)
    assert far.read_bytes() == before
