"""Hostile and broken files of every kind: each is named in time, stays as it was, and nothing beside it is touched."""

from __future__ import annotations

import hashlib
import os
import random
import resource
import signal
import stat
import sys
from pathlib import Path
from typing import Final

from benchmarks.promises.hostile import KINDS
from benchmarks.promises.outcome import Tried
from benchmarks.promises.worlds import in_a_child
from evidenceboard.cli.checking import checked

LONGEST: Final = 60
"""Seconds after which looking counts as hanging, on however busy a machine."""
TRIES: Final = 4
"""Times that a file is looked at where that was stopped after 5 s by the clock: a machine that is busy is no failure
of the program, and whether a file takes long of itself is told by the seconds of a processor."""
MOST: Final = 1.0
"""Seconds of a processor until a file is named."""
_LARGE: Final = 64 * 1024 * 1024


def failures(folder: Path, n: int) -> Tried:
    """Have so many kinds looked at, or all; count those that are not named as they should be, or leave a trace."""
    names = list(KINDS) if n >= len(KINDS) else random.Random(29).sample(list(KINDS), n)
    broken = 0
    for number, name in enumerate(names):
        place = folder / str(number)
        place.mkdir()
        (place / "another file").write_text("not to be touched", "utf-8")
        KINDS[name].make(place / "board.db")
        before = _all(place)
        _, status, used = os.wait4(in_a_child(lambda p=place, e=KINDS[name].expected: _look(p / "board.db", e)), 0)
        named = os.waitstatus_to_exitcode(status) == 0
        if not named or _all(place) != before or _seconds(used) > MOST * TRIES:
            print(f"That was {name}, {_seconds(used):.2f} s.", file=sys.stderr)
            broken += 1
    return Tried(len(names), broken)


def _look(path: Path, expected: str) -> None:
    signal.alarm(LONGEST)
    for _ in range(TRIES):
        said = checked(path)
        if said["refused"] != "timeout":
            break
    problems = said["problems"]
    right = said["ok"] if expected == "ok" else not said["ok"] and (said["refused"] or "problems") == expected
    if not right or any(len(problem["what"]) < 10 for problem in problems):
        raise AssertionError(f"expected {expected}, and it was said: {str(said)[:500]}")


def _seconds(used: resource.struct_rusage) -> float:
    return used.ru_utime + used.ru_stime


def _all(folder: Path) -> dict[str, tuple[int, ...] | tuple[str, ...]]:
    """Return what lies in a folder: kind, size and time of each, and the bytes of files that are not very large."""
    found: dict[str, tuple[int, ...] | tuple[str, ...]] = {}
    for path in sorted(folder.rglob("*")):
        about = path.lstat()
        known = (about.st_mode, about.st_size, about.st_mtime_ns, about.st_ino)
        small = stat.S_ISREG(about.st_mode) and about.st_size < _LARGE
        found[str(path)] = (*map(str, known), hashlib.sha256(path.read_bytes()).hexdigest()) if small else known
    return found
