"""The steps that make and upgrade a file. Append only: a step that was released is never changed or moved."""

from __future__ import annotations

import sqlite_utils
from sqlite_utils.migrations import Migrations

from evidenceboard.store.tables import FIRST_FORMAT

steps = Migrations("evidenceboard")


@steps()
def first_format(db: sqlite_utils.Database) -> None:
    """Make every table of the first format."""
    for statement in FIRST_FORMAT.split(";"):
        if statement.strip():
            db.execute(statement)
