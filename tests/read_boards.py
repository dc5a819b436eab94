"""Boards as they are read: by columns, row by row, or some tables so and others so."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from evidenceboard.model.arriving import Arriving
from evidenceboard.model.document import Document
from evidenceboard.store.arrival import Arrival

COLUMNS: Final = 1
ROWS: Final = 2**40


def read(path: Path, large: int) -> tuple[Document, list[str]]:
    """Return a board and what had to be mended in it; tables of `large` or more rows are read by columns."""
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as connection:
        arrival = Arrival(connection, large=large)
        document = Arriving(arrival)
        while document.take():
            pass
        arrival.end()
        return document, arrival.problems
