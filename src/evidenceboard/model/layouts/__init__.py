"""Ways to lay cards out. To add one: write its file here and put its row into METHODS."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

from evidenceboard.errors import InvalidValueError
from evidenceboard.model.values import dataclass

if TYPE_CHECKING:
    from evidenceboard.model.layouts.things import Placed, Things, Tick


@dataclass(frozen=True, slots=True)
class Method:
    """One way to lay out. `label` names the operation, `file` the module that is loaded when it is first used."""

    id: str
    word: str
    label: str
    hint: str
    file: str

    @property
    def module(self) -> str:
        """Return the full name of the module."""
        return f"{__name__}.{self.file}"

    def lay(self, things: Things, seed: int, tick: Tick) -> Placed:
        """Return the corners, the same for one seed."""
        return cast("Placed", import_module(self.module).lay(things, seed, tick))


METHODS: Final[tuple[Method, ...]] = (
    Method("layered", "Layered", "Lay out {n} cards in layers", "Sources, then claims, then scenarios", "layered"),
    Method("force", "Force", "Lay out {n} cards by their links", "What is linked lies near each other", "force"),
    Method("grid", "Grid", "Lay out {n} cards in a grid", "Rows by type and number", "grid"),
    Method("time", "By time", "Lay out {n} cards by time", "From left to right as things happened", "by_time"),
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
