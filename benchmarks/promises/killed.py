"""Kill -9 in the middle of work: what was confirmed is there, and no gesture is there by half."""

from __future__ import annotations

import os
import random
import select
import signal
import time
from pathlib import Path
from typing import Final

from benchmarks.promises.outcome import Tried
from benchmarks.promises.worlds import in_a_child, small_board
from evidenceboard import Session, commands
from evidenceboard.errors import EvidenceBoardError
from evidenceboard.store.gate import quick_check

_FRESH: Final = 20
"""Kills after which a new board is begun, so that looking at it stays quick."""
_LONGEST: Final = 0.02
"""Seconds of work after the first confirmed gesture, at most."""


def failures(folder: Path, n: int) -> Tried:
    """Kill a working process so many times; count the times after which the file is not as it was confirmed."""
    chance = random.Random(7)
    broken = 0
    done: int | None = None
    for number in range(n):
        if number % _FRESH == 0 or done is None:
            for left in folder.iterdir():
                left.unlink()
            path, done = small_board(folder / "board.db"), -1
        confirmed = _killed(path, done + 1, chance)
        try:
            done = _last_sound(path, confirmed)
        except EvidenceBoardError:
            done = None
        broken += done is None or [found.name for found in folder.iterdir()] != [path.name]
    return Tried(n, broken)


def _work(path: Path, pipe: int, start: int) -> None:
    with Session.open(path) as session:
        board = session.document.boards[0].id
        for number in range(start, start + 100_000):
            with session.transaction("Gesture {n}", n=number) as tx:
                pair = [commands.add_entity(tx, "claim", title=f"{number} of a pair") for _ in range(2)]
                for step, entity in enumerate(pair):
                    commands.place(tx, board, entity.id, x=number, y=step * 200)
                commands.link(tx, "supports", pair[0].id, pair[1].id, notes="n" * 3000)
                commands.set_file(tx, last=number)
            os.write(pipe, f"{number}\n".encode())


def _killed(path: Path, start: int, chance: random.Random) -> int:
    """Kill a child at work at a random moment; return the last gesture that it confirmed."""
    reading, writing = os.pipe()
    child = in_a_child(lambda: _work(path, writing, start))
    os.close(writing)
    said = b""
    while b"\n" not in said:
        said += os.read(reading, 65536)
    until = time.monotonic() + chance.uniform(0, _LONGEST)
    while (left := until - time.monotonic()) > 0:
        if select.select([reading], [], [], left)[0]:
            said += os.read(reading, 65536)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(reading, 65536):
        said += more
    os.close(reading)
    return int(said.split(b"\n")[-2])


def _last_sound(path: Path, confirmed: int) -> int | None:
    """Return the last gesture that is in the file, or None where one is lost or there by half."""
    with Session.open(path) as session:
        last = session.document.setting("last")
        pairs = [entity.title for entity in session.document.entities if entity.title.endswith("of a pair")]
        links = [link for link in session.document.links if link.type == "supports"]
        sound = (
            last in (confirmed, confirmed + 1)  # the one that was on its way may have arrived
            and pairs == [f"{number} of a pair" for number in range(last + 1) for _ in range(2)]
            and len(links) == last + 1
            and not session.problems
            and not session.read_only
            and quick_check(path) == []
        )
        # The next change works, and leaves no journal of the killed process beside the file.
        session.undo()
        session.redo()
        return last if sound and len(links) == len(session.document.links) - 2 else None
