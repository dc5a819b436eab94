"""A disk that is full: a change goes back, memory and file agree, and the next edit works when there is room."""

from __future__ import annotations

import resource
import signal
from pathlib import Path

from benchmarks.promises.outcome import Tried
from benchmarks.promises.worlds import ends_well, in_a_child, records, small_board
from evidenceboard import Session, commands
from evidenceboard.errors import SaveFailedError
from evidenceboard.store.gate import quick_check


def failures(folder: Path, n: int) -> Tried:
    """Fill the disk under a session so many times; count the times in which something was not as it should be."""
    broken = 0
    for number in range(n):
        path = small_board(folder / f"{number}.db")
        broken += not ends_well(in_a_child(lambda path=path, room=150_000 + 30_000 * number: _fill(path, room)))
    return Tried(n, broken)


def _fill(path: Path, room: int) -> None:
    # No file of this process may grow further than this: the system then refuses as a full disk does.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Session.open(path) as session:
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + room, hard))
        _grow_until_refused(session)
        _agree(session)
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        count = session.operation_count()
        with session.transaction("Move") as tx:
            commands.move_cards(tx, [card.id for card in tx.document.cards], 8, 8)
        if session.operation_count() != count + 1:
            raise AssertionError("the next edit was not kept")
        _agree(session)


def _grow_until_refused(session: Session) -> None:
    for number in range(1000):
        before, count = records(session), session.operation_count()
        try:
            with session.transaction("Add a note") as tx:
                note = commands.add_entity(tx, "note", title=f"note {number}", notes="ж" * 20_000)
                commands.place(tx, tx.document.boards[0].id, note.id, x=0, y=number * 100)
        except SaveFailedError:
            if records(session) != before or session.operation_count() != count:
                raise AssertionError("a refused change left something behind") from None
            return
    raise AssertionError("the disk took everything")


def _agree(session: Session) -> None:
    with Session.open(session.path, read_only=True) as other:
        if records(other) != records(session) or quick_check(session.path):
            raise AssertionError("memory and file do not agree")
