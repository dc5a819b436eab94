"""Ways to lay cards out. To add one: write its file here and put its row into METHODS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from evidenceboard.errors import InvalidValueError
from evidenceboard.model.layouts import by_time, force, grid, layered
from evidenceboard.model.layouts.things import Placed, Things, Tick


@dataclass(frozen=True, slots=True)
class Method:
    """One way to lay out. `label` names the operation; `lay` gives the corners, the same for one seed."""

    id: str
    word: str
    label: str
    hint: str
    lay: Callable[[Things, int, Tick], Placed]


METHODS: Final[tuple[Method, ...]] = (
    Method("layered", "Layered", "Lay out {n} cards in layers", "Sources, then claims, then scenarios", layered.lay),
    Method("force", "Force", "Lay out {n} cards by their links", "What is linked lies near each other", force.lay),
    Method("grid", "Grid", "Lay out {n} cards in a grid", "Rows by type and number", grid.lay),
    Method("time", "By time", "Lay out {n} cards by time", "From left to right as things happened", by_time.lay),
)
_BY_ID: Final = {one.id: one for one in METHODS}


def method(name: str) -> Method:
    """Return a method by its id. Raises `InvalidValueError`."""
    found = _BY_ID.get(name)
    if found is None:
        raise InvalidValueError(
            f"Cards cannot be laid out “{name[:20]}”; nothing was changed.", "Methods: " + ", ".join(_BY_ID) + "."
        )
    return found
