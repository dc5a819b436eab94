"""The process that looks a file over: what it says, how it is ended, and what happens where there can be none."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from benchmarks.promises.hostile import run

from evidenceboard import Session, commands
from evidenceboard.errors import FileRefusedError, ReadOnlyError
from evidenceboard.store import examination, unchanged
from evidenceboard.store.examination import THEN, Examination, looked_over
from evidenceboard.store.personal import private_dir


def test_a_sound_file_is_found_sound_by_another_process(board_path: Path) -> None:
    before = board_path.read_bytes(), sorted(board_path.parent.iterdir())
    going = Examination(board_path)
    assert going.alone
    assert going.wait() == []
    assert looked_over(board_path, THEN) == []
    assert (board_path.read_bytes(), sorted(board_path.parent.iterdir())) == before


def test_it_can_be_asked_again_and_again_until_it_is_done(board_path: Path) -> None:
    run(board_path, "update entities set title = 'Tanks' where number = 'C1'")
    going = Examination(board_path)
    while (found := going.done()) is None:
        time.sleep(0.01)
    assert [where for where, _ in found] == ["C1"]
    going.stop()


def test_what_takes_too_long_is_ended_and_named(board_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examination, "command", lambda *_: [sys.executable, "-c", "import time; time.sleep(99)"])
    monkeypatch.setattr(examination, "_BUSY", 0.05)
    going = Examination(board_path)
    with pytest.raises(FileRefusedError) as caught:
        going.wait()
    assert caught.value.code == "timeout"
    assert going._process is not None and going._process.returncode is not None


def test_what_uses_up_its_processor_time_is_ended_by_the_system(
    board_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "from evidenceboard.store import examiner; examiner._hold_back(1, gently=False)\nwhile True: pass"
    monkeypatch.setattr(examination, "command", lambda *_: [sys.executable, "-c", code])
    with pytest.raises(FileRefusedError) as caught:
        Examination(board_path, patience=20).wait()
    assert caught.value.code == "timeout"


@pytest.mark.parametrize("code", ["import os; os.abort()", 'print(\'["C1", "x"]\')', "raise ValueError", "pass"])
def test_a_process_that_ends_before_it_is_through_means_damage(
    board_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    monkeypatch.setattr(examination, "command", lambda *_: [sys.executable, "-c", code])
    with pytest.raises(FileRefusedError) as caught:
        Examination(board_path).wait()
    assert caught.value.code == "damaged"


def test_where_no_process_can_be_started_the_file_is_looked_over_here(
    board_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(board_path, "update entities set title = 'Tanks' where number = 'C1'")
    monkeypatch.setattr(examination, "command", lambda *_: [str(board_path)])
    going = Examination(board_path)
    assert not going.alone
    assert [where for where, _ in going.wait()] == ["C1"]
    notes: list[str] = []
    assert looked_over(board_path, notes=notes)
    assert "no process of its own" in notes[0]


def test_it_runs_nothing_from_the_folder_or_the_variables_that_it_was_started_in(
    board_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "apsw", "evidenceboard", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "json.py"))
    assert looked_over(board_path) == []
    assert not (tmp_path / "ran").exists()


def test_a_frozen_program_begins_it_by_a_word_of_its_own(board_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    words = examination.command(board_path, 5, ("pages", "rows"))
    assert words[:2] == [sys.executable, examination.WORD]
    done = subprocess.run(
        [sys.executable, "-m", "evidenceboard", *words[1:]], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == '"done"'


def test_it_cannot_write_a_file(board_path: Path, tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from evidenceboard.store import examiner;"
        " examiner._hold_back(5, gently=True); Path('x').write_text('x')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode != 0
    assert (tmp_path / "x").stat().st_size == 0


def test_a_file_that_is_written_to_meanwhile_is_looked_over_again(
    board_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = []
    command = examination.command

    def disturbed(path: Path, seconds: float, stages: tuple[str, ...]) -> list[str]:
        begun.append(stages)
        if len(begun) == 1:
            os.utime(board_path, ns=(1, len(begun)))
        return command(path, seconds, stages)

    monkeypatch.setattr(examination, "command", disturbed)
    assert looked_over(board_path) == []
    assert len(begun) == 2


def test_a_file_as_this_program_left_it_is_not_looked_over_again(board_path: Path) -> None:
    assert unchanged.is_known(board_path)
    with Session.open(board_path) as session:
        assert not session.hold.entry.waits
        with session.transaction("Write") as tx:
            commands.set_fields(tx, session.document.entity("C1").id, title="Tanks")
        assert unchanged.is_known(board_path)
    assert unchanged.is_known(board_path)
    run(board_path, "update entities set title = 'Ships' where number = 'C1'")
    assert not unchanged.is_known(board_path)
    for _ in range(2):
        with Session.open(board_path) as session:
            assert [where for where, _ in session.hold.entry.findings] == ["C1"]


def test_what_is_remembered_is_private_and_names_nothing(board_path: Path) -> None:
    place = private_dir("known") / "left.json"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    said = place.read_text("utf-8")
    assert "board" not in said and "Lorries" not in said
    place.write_text("[]")
    with Session.open(board_path) as session:
        assert session.hold.entry.findings == []
    assert json.loads(place.read_text("utf-8"))


def test_a_file_is_not_changed_before_it_was_looked_over(board_path: Path) -> None:
    (private_dir("known") / "left.json").unlink()
    unchanged._here.clear()
    with Session.open(board_path, look="later") as session:
        assert "still being looked over" in session.read_only
        with pytest.raises(ReadOnlyError), session.transaction("Write") as tx:
            commands.set_fields(tx, session.document.entity("C1").id, title="Tanks")
        while session.hold.entry.look_beside():
            time.sleep(0.01)
        assert session.read_only == ""


def test_a_file_with_damaged_pages_can_be_read_and_not_changed(board_path: Path) -> None:
    from benchmarks.promises.hostile import KINDS

    board_path.unlink()
    KINDS["two tables on one page"].make(board_path)
    with suppress(FileRefusedError), Session.open(board_path) as session:
        assert session.read_only == "its pages are damaged"
        assert session.document.entities
