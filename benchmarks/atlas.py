"""How long a PDF of many pages takes for each card."""

from __future__ import annotations

import time
from pathlib import Path

from evidenceboard import Session
from evidenceboard.formats import FORMATS
from evidenceboard.formats.format import ExportOptions


def measure(board: Path, rounds: int) -> dict[str, tuple[float, float | None]]:
    """Return the microseconds of a card in an atlas of the first board."""
    write = next(one for one in FORMATS if one.id == "pdf").writer()
    with Session.open(board, read_only=True) as session:
        start = time.perf_counter()
        write(session, ExportOptions(product="atlas", paper="A4"))
        took = time.perf_counter() - start
        return {"PDF atlas, each card": (took / max(1, len(session.document.cards)) * 1e6, None)}
