"""A session at work whose calls to the disk are written down: `python -m benchmarks.promises.recorded FOLDER LOG`."""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.promises import calls
from benchmarks.promises.worlds import records, small_board
from evidenceboard import Session, commands
from evidenceboard.formats.safe_write import write_whole
from evidenceboard.store import boardfile

BOARD, EXPORT = "board.db", "export.csv"
STICK = "stick"
"""A second folder, for copies."""


def state(session: Session) -> str:
    """Return a digest of all records and of how long the log is."""
    said = json.dumps([session.operation_count(), sorted(records(session).items())], sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()


def main() -> None:
    """Work, and note after each confirmed gesture what the file must hold from then on."""
    folder, log, *pragmas = sys.argv[1:]
    if pragmas:
        boardfile._PRAGMAS = tuple(_other(known, pragmas) for known in boardfile._PRAGMAS)  # type: ignore[assignment,misc]
    place, log_path = Path(folder), Path(log)
    calls.watch(place, log_path)
    small_board(place / BOARD)
    promised: dict[str, str] = {}
    with Session.open(place / BOARD) as session:
        for kind, done in _work(session, place, random.Random(5)):
            promised[kind] = done
            calls.noted(log_path, json.dumps(promised))


def _work(session: Session, place: Path, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield what is confirmed, as it is confirmed: the file's name and the digest that it has."""
    yield BOARD, state(session)
    board = session.document.boards[0].id
    for number in range(12):
        with session.transaction("Gesture {n}", n=number) as tx:
            pair = [commands.add_entity(tx, "claim", title=f"{number} of a pair") for _ in range(2)]
            for step, entity in enumerate(pair):
                commands.place(tx, board, entity.id, x=number * 300, y=step * 200)
            commands.link(tx, "supports", pair[0].id, pair[1].id, notes="n" * chance.choice((10, 3000, 30_000)))
        yield BOARD, state(session)
        with session.transaction("Move") as tx:
            commands.move_cards(tx, [card.id for card in tx.document.cards], 8, 8)
        yield BOARD, state(session)
        if number % 3 == 1:
            with session.transaction("Attach") as tx:
                commands.attach(tx, pair[0].id, f"{number}.bin", chance.randbytes(60_000))
            yield BOARD, state(session)
        if number % 4 == 2:
            for step in (session.undo, session.undo, session.redo):
                step()
                yield BOARD, state(session)
        if number % 4 == 3:
            with session.transaction("Remove") as tx:
                commands.remove(tx, [pair[1].id])
            yield BOARD, state(session)
        if number in (4, 8):
            data = f"{number}\n".encode() * 4000
            write_whole(place / EXPORT, data)
            yield EXPORT, hashlib.sha256(data).hexdigest()
        if number % 3 == 0:
            copy = f"{STICK}/{number}.db"
            session.save_copy(place / copy)
            yield copy, state(session)


def _other(known: str, pragmas: list[str]) -> str:
    name = known.partition("=")[0]
    return next((given for given in pragmas if given.partition("=")[0] == name), known)


def work(*words: Any) -> list[str]:
    """Return the words that run this module."""
    return [sys.executable, "-m", "benchmarks.promises.recorded", *map(str, words)]


if __name__ == "__main__":
    main()
