"""No network: with none at all the program starts, shows, exports; and it never asks the system for a connection."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from benchmarks.children import ROOT
from benchmarks.promises.outcome import SkippedError, Tried
from benchmarks.promises.poison import poisoned
from benchmarks.promises.poisoned_text import looked_over
from benchmarks.promises.worlds import small_board

_ALONE: Final = ("unshare", "-rn")
_KINDS: Final = ("pdf", "png", "svg", "json", "csv", "md")
_VERBS: Final = (("info",), ("check",), ("list",), ("search", "a"), ("health",), ("history",))

_PRINTERS: Final = re.compile(r'htons\(631\).*("127\.0\.0\.1"|"::1")')


def failures(folder: Path, n: int) -> Tried:
    """Use the program where there is no network; count what fails, and connections asked for where that shows."""
    if not shutil.which("unshare") or subprocess.run([*_ALONE, "true"], capture_output=True, check=False).returncode:
        raise SkippedError("this system gives nobody an empty network of their own")
    board = poisoned(folder / "board.db")
    trace = folder / "trace"
    asked = ("strace", "-f", "-qq", "-e", "trace=connect,sendto", "-o", str(trace)) if shutil.which("strace") else ()
    said = looked_over(board, n, (*_ALONE, *asked))
    broken = len(said["asked"]) + len(said["sockets"]) + _connections(trace)
    board = small_board(folder / "small.db")
    words = [["export", str(board), str(folder / f"out.{kind}")] for kind in _KINDS]
    words += [[verb, str(board), *rest] for verb, *rest in _VERBS]
    for one in words[: max(1, n)]:
        run = [*_ALONE, *asked, sys.executable, "-m", "evidenceboard", *one, "--json"]
        done = subprocess.run(run, cwd=ROOT, env=dict(os.environ), capture_output=True, check=False, timeout=300)
        broken += (done.returncode != 0) + _connections(trace)
    return Tried(1 + len(words[: max(1, n)]), broken)


def _connections(trace: Path) -> int:
    """Return how many addresses of a network were asked for, beside this machine's printers for the dialog to print."""
    if not trace.exists():
        return 0
    asked = [line for line in trace.read_text("utf-8", "replace").splitlines() if re.search(r"AF_INET6?\b", line)]
    return sum(not _PRINTERS.search(line) for line in asked)
