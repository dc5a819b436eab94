"""What the promises share: a small real board, its records, and work in a process that may be killed."""

from __future__ import annotations

import os
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evidenceboard import Session, commands
from evidenceboard.model.records import TABLES, as_row
from evidenceboard.model.seam import Seam

Records = dict[tuple[str, str], dict[str, Any]]


def small_board(path: Path, seam: Seam | None = None) -> Path:
    """Make a board with a few linked and graded cards."""
    with Session.create(path, title="Winter", seam=seam) as made, made.transaction("Add cards") as tx:
        board = made.document.boards[0].id
        said = commands.add_entity(tx, "claim", title="Lorries carried 3,000 soldiers")
        source = commands.add_entity(tx, "source", title="Weekly report", props={"reliability": "B"})
        scenario = commands.add_entity(tx, "scenario", title="They stay until spring")
        commands.link(tx, "states", source.id, said.id, props={"credibility": "2"})
        commands.link(tx, "bears on", said.id, scenario.id, props={"consistency": "C"})
        for place, entity in enumerate((said, source, scenario)):
            commands.place(tx, board, entity.id, x=place * 320, y=0)
    return path


def records(session: Session) -> Records:
    """Return every record of an open file."""
    return {(table, key): as_row(one) for table in TABLES for key, one in session.document.table(table).items()}


def in_a_child(work: Callable[[], None]) -> int:
    """Run something in a child process and return the child's id; its exit status is 0 if it ends well."""
    with warnings.catch_warnings():
        # The child touches nothing that another thread could hold, which newer Pythons warn of.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        except BaseException:
            traceback.print_exc()
            raise
        finally:
            os._exit(status)
    return child


def ends_well(child: int) -> bool:
    """Wait for a child and return whether it ended well."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
