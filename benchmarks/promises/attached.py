"""Attachments: the bytes that come out are those that went in, after closing and undoing too."""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.promises.outcome import Tried
from benchmarks.promises.worlds import small_board
from evidenceboard import Session, commands


def failures(folder: Path, n: int) -> Tried:
    """Attach so many files of random sizes; count those that do not come out as they went in."""
    path = small_board(folder / "board.db")
    chance = random.Random(3)
    # Bytes that are there already are kept once, under the name that they had first.
    kept = list(dict.fromkeys(chance.randbytes(chance.choice((0, 1, 17, 4096, 300_000))) for _ in range(n)))
    with Session.open(path) as session:
        claim = session.document.entity("C1").id
        for number, data in enumerate(kept):
            with session.transaction("Attach") as tx:
                commands.attach(tx, claim, f"{number}.bin", data)
        session.undo()
        session.redo()
    with Session.open(path) as session:
        found = {a.name: session.attachment(a.sha256) for a in session.document.attachments_of(claim)}
    return Tried(len(kept), sum(found.get(f"{number}.bin") != data for number, data in enumerate(kept)))
