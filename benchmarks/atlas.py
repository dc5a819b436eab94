"""What a PDF of many pages takes: the time of each card, memory, and how long a window would have to wait meanwhile."""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks.desk import Desk
from benchmarks.peak import anew, peak, with_those_begun
from benchmarks.stolen import Clock
from evidenceboard.formats import FORMATS
from evidenceboard.formats.format import ExportOptions
from evidenceboard.ui import collecting

PAPER, LARGE_PAPER = "A4", "A1"
OFTEN = 500
"""Signs of life after which it is looked what other processes hold."""
MANY = 300_000
"""Cards above which A4 would need more pages than an atlas may have."""


def measure(board: Path, rounds: int) -> dict[str, tuple[float, float | None]]:
    """Return the microseconds of a card in an atlas of the first board, written once from a window: it takes minutes.

    Memory is the most that the process had while it was written, alone or with those that it began, less what it had
    before.
    """
    write = next(one for one in FORMATS if one.id == "pdf").writer()
    desk = Desk(board)
    desk.wait_for_search()
    desk.stand("reading")
    desk.rest()
    session = desk.window.session
    paper = LARGE_PAPER if session.document.size("cards") > MANY else PAPER
    before = anew()
    begun, clock = time.perf_counter(), Clock()
    signs, silence, together = 0, 0.0, 0.0

    def tell(_: float) -> None:
        nonlocal signs, silence, together
        silence = max(silence, clock.seconds())
        signs += 1
        if signs % OFTEN == 0:
            together = max(together, with_those_begun())
        clock.start()

    with collecting.held_off():  # as the dialog does it
        write(session, ExportOptions(product="atlas", paper=paper, progress=tell))
    taken, silence = time.perf_counter() - begun, max(silence, clock.seconds())
    after = peak()
    found: dict[str, tuple[float, float | None]] = {
        "PDF atlas, each card": (taken / max(1, session.document.size("cards")) * 1e6, None),
        "PDF atlas, longest time without a sign of life": (silence * 1e3, None),
    }
    if before is not None and after is not None:
        found["PDF atlas, memory above the loaded board"] = (max(after, together) - before, None)
    desk.close()
    return found
