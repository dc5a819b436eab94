"""Text that asks for files and hosts, in every field, over every panel, dialog, menu and tip: nothing is opened."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from benchmarks.children import ROOT
from benchmarks.promises.outcome import SkippedError, Tried
from benchmarks.promises.poison import poisoned

_OPENED: Final = 0x20
"""IN_OPEN of inotify."""


def failures(folder: Path, n: int) -> Tried:
    """Look at a poisoned board, so many records of each kind; count planted files opened and networks asked for.

    Tried is how often something was painted and asked for its tip.
    """
    if not sys.platform.startswith("linux"):
        raise SkippedError("only Linux tells who opens a file")
    planted = folder / "planted" / "planted.png"
    planted.parent.mkdir()
    board = poisoned(folder / "board.db", planted)
    system = ctypes.CDLL(None, use_errno=True)
    watch = system.inotify_init1(os.O_NONBLOCK)
    if watch < 0 or system.inotify_add_watch(watch, os.fsencode(planted.parent), _OPENED) < 0:
        raise SkippedError("this system does not let files be watched")
    try:
        said = looked_over(board, n)
        opened = _events(watch)
        planted.read_bytes()
        if not _events(watch):
            raise RuntimeError("the watch over the planted file does not work")
    finally:
        os.close(watch)
    return Tried(said["n"], opened + len(said["asked"]) + len(said["sockets"]))


def looked_over(board: Path, most: int, before: tuple[str, ...] = ()) -> dict[str, Any]:
    """Look at a board in a process of its own, offscreen, and return what that printed.

    `most`: entities, links and boards that are looked at; `before`: words before those that start the process.
    """
    words = [*before, sys.executable, "-m", "benchmarks.promises.look_over", str(board), str(most)]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=900)
    if done.returncode:
        raise RuntimeError(f"the window ended with {done.returncode}: {done.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _events(watch: int) -> int:
    try:
        return len(os.read(watch, 65536)) // 16
    except BlockingIOError:
        return 0
