"""Undo of everything: back to the file as it was made, and forward again, after closing too."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from benchmarks.promises.outcome import Tried
from benchmarks.promises.worlds import Records, records, small_board
from evidenceboard import Session, commands
from evidenceboard.errors import EvidenceBoardError
from evidenceboard.model.transaction import Transaction

STEPS = 25


def failures(folder: Path, n: int) -> Tried:
    """Work at random and take it all back so many times; count the times in which a step back was not one."""
    return Tried(n, sum(not _back_and_forth(folder / f"{number}.db", random.Random(number)) for number in range(n)))


def _back_and_forth(path: Path, chance: random.Random) -> bool:
    small_board(path)
    with Session.open(path) as session:
        states: list[Records] = [records(session)]
        while len(states) <= STEPS:
            if _worked(session, chance):
                states.append(records(session))
    with Session.open(path) as session:
        if records(session) != states[-1]:
            return False
        for wanted in reversed(states[:-1]):
            session.undo()
            if records(session) != wanted:
                return False
    with Session.open(path) as session:
        for wanted in states[1:]:
            session.redo()
            if records(session) != wanted:
                return False
        return records(session) == states[-1]


def _worked(session: Session, chance: random.Random) -> bool:
    """Do something; return whether anything changed."""
    count = session.operation_count()
    document = session.document
    entities, cards = [entity.id for entity in document.entities], [card.id for card in document.cards]

    def add(tx: Transaction) -> None:
        made = commands.add_entity(tx, chance.choice(("claim", "source", "note", "actor")), title=f"new {count}")
        commands.place(tx, document.boards[0].id, made.id, x=chance.randrange(2000), y=chance.randrange(2000))

    def join(tx: Transaction) -> None:
        commands.link(tx, "related", chance.choice(entities), chance.choice(entities))

    works: tuple[Callable[[Transaction], object], ...] = (
        add,
        add,
        join,
        lambda tx: commands.move_cards(tx, chance.sample(cards, min(3, len(cards))), chance.randrange(9), 8),
        lambda tx: commands.set_fields(tx, chance.choice(entities), title=f"title {count}"),
        lambda tx: commands.add_frame(tx, document.boards[0].id, title="f", x=0, y=0, w=300, h=200, cards=cards[:2]),
        lambda tx: commands.remove(tx, [chance.choice(entities)]),
    )
    try:
        with session.transaction("Work") as tx:
            chance.choice(works[: 3 if len(cards) < 3 else None])(tx)
    except EvidenceBoardError:
        return False  # such as a link of a thing with itself: refused in words, nothing changed
    return session.operation_count() > count
