"""What a PDF of many pages takes: the time of each card, memory, and how long a window would have to wait meanwhile."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

from benchmarks.desk import Desk
from benchmarks.peak import anew, peak
from evidenceboard.formats import FORMATS
from evidenceboard.formats.format import ExportOptions
from evidenceboard.ui import collecting

PAPER, LARGE_PAPER = "A4", "A1"
MANY = 300_000
"""Cards above which A4 would need more pages than an atlas may have."""


def measure(board: Path, rounds: int) -> dict[str, tuple[float, float | None]]:
    """Return the microseconds of a card in an atlas of the first board, written once from a window: it takes minutes.

    Memory is the most that the process had while it was written, less what it had before.
    """
    write = next(one for one in FORMATS if one.id == "pdf").writer()
    desk = Desk(board)
    desk.wait_for_search()
    desk.stand("reading")
    desk.rest()
    session = desk.window.session
    paper = LARGE_PAPER if session.document.size("cards") > MANY else PAPER
    before = anew()
    told = [time.perf_counter()]
    options = ExportOptions(product="atlas", paper=paper, progress=lambda _: told.append(time.perf_counter()))
    with collecting.held_off():  # as the dialog does it
        write(session, options)
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
    desk.close()
    return found
