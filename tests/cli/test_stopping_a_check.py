"""Ctrl+C while a file is looked over: one sentence, the code of an interruption, nothing left behind."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from evidenceboard.store import unchanged
from evidenceboard.store.personal import private_dir

Children = Callable[[int], list[int]]
STOPPED = "Stopped before the end, so nothing is known of this file. It was not touched."


def begun(children: Children, *words: str, **more: str) -> tuple[subprocess.Popen[str], list[int]]:
    """Return a program that looks a file over, and the processes that do it, held where they are.

    On a busy machine those may have answered before they can be held: then another one is begun.
    """
    end = time.monotonic() + 60
    while True:
        process = subprocess.Popen(
            [sys.executable, "-m", "evidenceboard", *words],
            env={**os.environ, **more},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            # What is run in the background of a shell ignores this signal, and so would what it begins.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        while not (at_work := children(process.pid)) and process.poll() is None:
            assert time.monotonic() < end
        for pid in at_work:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGSTOP)
        time.sleep(0.5)  # by then it is waited for
        if at_work and process.poll() is None:
            return process, at_work
        process.communicate(timeout=60)


def is_gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


@pytest.mark.parametrize("whom", ["the program alone", "all that the terminal began"])
def test_a_check_that_is_interrupted_ends_at_once_and_leaves_nothing(
    board_path: Path, children: Children, tmp_path: Path, whom: str
) -> None:
    aside = tmp_path / "aside"
    aside.mkdir()
    before = board_path.read_bytes(), sorted(tmp_path.iterdir())
    process, at_work = begun(children, "check", str(board_path), TMPDIR=str(aside))
    (os.kill if whom == "the program alone" else os.killpg)(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err.strip()) == (130, "", STOPPED)
    assert all(map(is_gone, at_work))
    assert (board_path.read_bytes(), sorted(tmp_path.iterdir())) == before
    assert not list(aside.iterdir())


@pytest.mark.parametrize("words", [("list",), ("set", "C1", "title=Tanks"), ("verify",)])
def test_other_verbs_that_look_a_file_over_first_end_as_well(
    board_path: Path, children: Children, words: tuple[str, ...]
) -> None:
    (private_dir("known") / "left.json").unlink()
    unchanged._here.clear()
    before = board_path.read_bytes()
    process, at_work = begun(children, words[0], str(board_path), *words[1:])
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err.strip()) == (130, "", "Stopped.")
    assert all(map(is_gone, at_work))
    assert board_path.read_bytes() == before


def test_a_terminal_sees_how_far_a_check_is_and_the_answer_stays_clean(board_path: Path) -> None:
    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "evidenceboard", "check", str(board_path)]
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=theirs, text=True, check=True)
    os.close(theirs)
    assert b"Looking it over" in os.read(ours, 65536)
    os.close(ours)
    assert done.stdout == "The file is sound.\n"
