"""Power cuts: what the real program asked of the disk is played to a disk that lies, then the program opens it."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from benchmarks.children import ROOT
from benchmarks.promises import calls
from benchmarks.promises.lying_disk import LyingDisk
from benchmarks.promises.outcome import Tried
from benchmarks.promises.recorded import BOARD, EXPORT, STICK, state, work
from benchmarks.promises.worlds import ends_well, in_a_child
from evidenceboard import Session, commands
from evidenceboard.store.gate import quick_check

Promised = dict[str, str]
"""The digest of what each file must hold, by name."""


def failures(folder: Path, n: int, pragmas: Sequence[str] = ()) -> Tried:
    """Cut the power so many times; count the cuts after which something confirmed is lost, or there by half.

    `pragmas` take the place of the program's own: how a trial of this trial finds that it can fail.
    """
    own = calls.loaded_before(folder)
    at_work = folder / "at work"
    (at_work / STICK).mkdir(parents=True)
    words = work(at_work, folder / "log", *pragmas)
    subprocess.run(words, env=own, cwd=ROOT, check=True)
    log = list(calls.read(folder / "log"))
    notes = [place for place, call in enumerate(log) if call.kind == "n"]
    chance = random.Random(17)
    cuts = sorted(chance.randrange(notes[0] + 1, len(log) + 1) for _ in range(n))
    disk, done, broken = LyingDisk((at_work, at_work / STICK)), 0, 0
    promised: Promised = {}
    for cut in cuts:
        for call in log[done:cut]:
            if call.kind == "n":
                promised = json.loads(call.data)
            else:
                disk.take(call)
        done = cut
        coming = next((json.loads(log[note].data) for note in notes if note >= cut), promised)
        found = folder / "found"
        (found / STICK).mkdir(parents=True)
        for path, data in disk.after_cut(chance).items():
            (found / Path(path).relative_to(at_work)).write_bytes(data)
        broken += not ends_well(in_a_child(lambda a=found, b=promised, c=coming: _look(a, b, c)))
        shutil.rmtree(found)
    return Tried(n, broken)


def _look(folder: Path, promised: Promised, coming: Promised) -> None:
    """Open what is left with the program. What was on its way may have arrived, whole."""
    allowed = {name: {digest, coming[name]} for name, digest in promised.items()}
    if EXPORT in promised and hashlib.sha256((folder / EXPORT).read_bytes()).hexdigest() not in allowed[EXPORT]:
        raise AssertionError("an export is neither the old nor the new one")
    # Of the copies the newest: those before it were looked at when they were that.
    for name in [BOARD, *[name for name in promised if name.startswith(STICK)][-1:]]:
        with Session.open(folder / name) as session:
            if state(session) not in allowed[name]:
                raise AssertionError(f"{name} is not as it was confirmed")
            if session.problems or session.read_only or quick_check(folder / name):
                raise AssertionError(f"{name} is damaged")
            if name == BOARD:
                with session.transaction("The next edit") as tx:
                    commands.set_file(tx, last=1)
        if os.path.lexists(folder / f"{name}-journal"):
            raise AssertionError(f"a journal is left beside {name}")
