"""How long it takes to merge in what a colleague did in a copy of a board over months."""

from __future__ import annotations

import random
import shutil
import sqlite3
import statistics
import time
from contextlib import closing
from pathlib import Path
from typing import Final

from evidenceboard import Session, commands
from evidenceboard.commands.generate import generated
from evidenceboard.merge import merge

THEIRS: Final = 25_000
OURS: Final = 200
"""Operations in the two copies; the few are such that some of them dispute what the others say."""
_ROUNDS: Final = 3


def seconds(folder: Path) -> float:
    """Return the median of some merges of two files that are open, until all of it is on the disk."""
    mine, theirs, merged = (folder / f"{name}.db" for name in ("mine", "theirs", "merged"))
    generated(mine, cards=2000, links=4000, seed=1)
    shutil.copy(mine, theirs)
    _worked(theirs, THEIRS, random.Random(1))
    _worked(mine, OURS, random.Random(2))
    took = []
    for _ in range(_ROUNDS):
        shutil.copy(mine, merged)
        with Session.open(merged) as session, Session.open(theirs, read_only=True) as other:
            start = time.perf_counter()
            merge(session, other)
            took.append(time.perf_counter() - start)
        with closing(sqlite3.connect(merged)) as connection:
            (there,) = connection.execute("select count(*) from operations").fetchone()
        if there < THEIRS + OURS:
            raise RuntimeError("not all was merged")
        merged.unlink()
    return statistics.median(took)


def _worked(path: Path, count: int, chance: random.Random) -> None:
    """Let somebody do so much in a file: words, places and judgements."""
    with Session.open(path) as session:
        # The disk is not what is measured here, and would take a minute.
        session._file._connection.execute("pragma synchronous = off")
        entities = [one.id for one in session.document.entities if one.type == "claim"]
        cards = [card.id for card in session.document.cards]
        done: list[object] = []
        session.subscribe(done.append)
        while len(done) < count:  # a judgement that was there already is none
            number = len(done)
            with session.transaction("Work") as tx:
                one = chance.choice(entities)
                if number % 4 == 0:
                    commands.set_fields(tx, one, title=f"Convoy {number} was seen at the border")
                elif number % 4 == 1:
                    commands.move_cards(tx, [chance.choice(cards)], 8, 8)
                elif number % 4 == 2:
                    commands.set_fields(tx, one, notes=f"Seen again, {number} by now")
                else:
                    commands.set_fields(tx, one, likelihood=chance.choice(("likely", "unlikely", "very likely")))
