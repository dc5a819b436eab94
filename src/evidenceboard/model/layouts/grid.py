"""Grid: rows by type and number, as wide as a window for their height."""

from __future__ import annotations

from evidenceboard.model.layouts.packing import by_type
from evidenceboard.model.layouts.things import Placed, Things, Tick


def lay(things: Things, seed: int, tick: Tick) -> Placed:
    """Set things in rows; each type begins a new one."""
    tick(0.0)
    return Placed(by_type(things))
