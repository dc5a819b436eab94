"""What a PDF of many pages takes: the time of each card, memory, and how long a window would have to wait meanwhile."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

from benchmarks.peak import peak
from evidenceboard import Session
from evidenceboard.formats import FORMATS
from evidenceboard.formats.format import ExportOptions
from evidenceboard.model.records import TABLES
from evidenceboard.render import application

PAPER, LARGE_PAPER = "A4", "A1"
MANY = 300_000
"""Cards above which A4 would need more pages than an atlas may have."""


def measure(board: Path, rounds: int) -> dict[str, tuple[float, float | None]]:
    """Return the microseconds of a card in an atlas of the whole first board, written once: it takes minutes."""
    write = next(one for one in FORMATS if one.id == "pdf").writer()
    with Session.open(board, read_only=True) as session:
        # In a window all of it is there before anybody can ask for a PDF, and what Qt paints with as well.
        application.ensure()
        for table in TABLES:
            session.document.table(table)
        paper = LARGE_PAPER if session.document.size("cards") > MANY else PAPER
        before = peak()
        told = [time.perf_counter()]
        write(session, ExportOptions(product="atlas", paper=paper, progress=lambda _: told.append(time.perf_counter())))
        told.append(time.perf_counter())
        after = peak()
        found: dict[str, tuple[float, float | None]] = {
            "PDF atlas, each card": ((told[-1] - told[0]) / max(1, len(session.document.cards)) * 1e6, None),
            "PDF atlas, longest time without a sign of life": (
                max(end - start for start, end in pairwise(told)) * 1e3,
                None,
            ),
        }
        if before is not None and after is not None:
            found["PDF atlas, memory above the loaded board"] = (after - before, None)
        return found
