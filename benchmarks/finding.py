"""How long a search takes at each letter that is typed."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from evidenceboard import Session
from evidenceboard.store import index

TYPED = ("convoy bridge", "부대가 항구에", "колона міст", "C12", "warehouse was empty")
LIMIT = 50


def measure(board: Path, rounds: int) -> dict[str, tuple[float, float | None]]:
    """Return the p95 over all letters in ms."""
    with Session.open(board, read_only=True) as session:
        found = index.build(session.document)
    took = []
    for text in TYPED:
        for end in range(1, len(text) + 1):
            start = time.perf_counter()
            found.search(text[:end], LIMIT)
            took.append(time.perf_counter() - start)
    return {"search as you type, first 50 hits": (float(np.percentile(took, 95)) * 1000, None)}
