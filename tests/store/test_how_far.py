"""How far looking a file over is: a share that only grows, told cheaply, and a way to end it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from benchmarks.promises.hostile import run

from evidenceboard import Session, commands
from evidenceboard.errors import ReadOnlyError, StoppedError
from evidenceboard.store import examination, examiner, unchanged
from evidenceboard.store.examination import FIRST, THEN, Examination, looked_over
from evidenceboard.store.how_far import spans
from evidenceboard.store.personal import private_dir

Children = Callable[[int], list[int]]
STAGES = (*FIRST, *THEN)


@pytest.fixture
def larger_path(board_path: Path) -> Path:
    """Return the board with 3,000 cards more and something attached, as a stranger sends it."""
    with Session.open(board_path) as session, session.transaction("Add") as tx:
        for at in range(3000):
            commands.add_entity(tx, "claim", title=f"Claim {at}")
        commands.attach(tx, session.document.entity("C1").id, "x.bin", os.urandom(300_000))
    forget()
    return board_path


def forget() -> None:
    (private_dir("known") / "left.json").unlink(missing_ok=True)
    unchanged._here.clear()


def test_the_share_grows_from_stage_to_stage_and_never_falls(larger_path: Path) -> None:
    told: list[float] = []
    with closing(examiner._connected(larger_path)) as connection:
        assert list(examiner.examined(connection, STAGES, told.append)) == []
    assert told == sorted(told)
    assert told[0] == 0.0 and told[-1] == pytest.approx(1.0)
    assert len({round(share, 2) for share in told}) > 10


def test_the_process_tells_it_and_it_is_heard(larger_path: Path) -> None:
    heard: list[float] = []
    assert looked_over(larger_path, STAGES, tick=heard.append) == []
    assert heard == sorted(heard)
    going = Examination(larger_path, STAGES)
    assert going.wait() == []
    assert going.share > 0.9


def test_what_is_told_fits_into_the_pipe_whatever_the_file(larger_path: Path) -> None:
    words = examination.command(larger_path, 5, STAGES)
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == '"done"'
    assert 2 < len(done.stdout.splitlines()) <= 102


@pytest.mark.parametrize(
    "spoilt",
    ["update changes set records = 9e300", "update changes set records = 'x'", "update attachments set size = -9e99"],
)
def test_numbers_in_the_file_spoil_no_more_than_the_guess(larger_path: Path, spoilt: str) -> None:
    run(larger_path, spoilt)
    with closing(examiner._connected(larger_path)) as connection:
        ends = [end for _, end in spans(connection, STAGES).values()]
    assert ends == sorted(ends) and ends[-1] == pytest.approx(1.0)


def test_who_waits_may_stop_it_and_its_process_ends_at_once(larger_path: Path, children: Children) -> None:
    def stop(share: float) -> None:
        for pid in children(os.getpid()):
            os.kill(pid, signal.SIGSTOP)  # so that it cannot be done before
        raise StoppedError("x")

    before = larger_path.read_bytes()
    with pytest.raises(StoppedError):
        Session.open(larger_path, tick=stop)
    assert children(os.getpid()) == []
    assert larger_path.read_bytes() == before
    with Session.open(larger_path) as session:  # nobody holds it any more
        assert session.read_only == ""


def test_where_no_process_can_be_started_it_can_be_stopped_as_well(
    larger_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examination, "command", lambda *_: [str(larger_path)])
    going = Examination(larger_path, STAGES)
    assert going._thread is not None
    going.stop()
    with pytest.raises(StoppedError):
        going._thread.result(20)


def test_it_ends_where_nobody_listens_any_more() -> None:
    code = (
        "import time; from evidenceboard.store.how_far import Telling; tell = Telling()\n"
        "for at in range(500): tell(at / 500); time.sleep(0.01)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        assert b"BrokenPipe" in process.stderr.read()
        assert process.wait(20) != 0


def test_what_was_left_off_stays_unwritten_and_can_be_begun_again(larger_path: Path, children: Children) -> None:
    with Session.open(larger_path, look="later") as session:
        entry = session.hold.entry
        assert entry.look_beside()
        entry.leave_off()
        assert children(os.getpid()) == []
        assert session.read_only == "it was not looked over"
        before = larger_path.read_bytes()
        with pytest.raises(ReadOnlyError), session.transaction("Write") as tx:
            commands.set_fields(tx, session.document.entity("C1").id, title="Tanks")
        assert larger_path.read_bytes() == before
        while entry.look_beside():
            assert session.read_only == "it is still being looked over"
        assert session.read_only == ""
    assert unchanged.is_known(larger_path)


def test_what_was_left_off_is_looked_over_when_it_is_opened_again(larger_path: Path) -> None:
    with Session.open(larger_path, look="later") as session:
        session.hold.entry.look_beside()
        session.hold.entry.leave_off()
        copy = larger_path.with_name("copy.db")
        session.save_copy(copy)
    for path in (larger_path, copy):
        assert not unchanged.is_known(path)
        with Session.open(path, look="later") as session:
            assert session.hold.entry.waits and not session.hold.entry.left_off
