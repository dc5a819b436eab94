"""The panels. To add one: write its file here and put its row into PANELS."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

from evidenceboard.model.values import dataclass

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from evidenceboard.ui.shell import Shell


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel that docks beside the board. `area` is left, right or bottom.

    Its module has its id for a name and a function `make`; it is loaded after the first frame, or when it is shown.
    """

    id: str
    title: str
    area: str
    shown_at_first: bool = False

    @property
    def module(self) -> str:
        """Return the full name of the module."""
        return f"{__name__}.{self.id}"

    def make(self, shell: Shell) -> QWidget:
        """Return the panel for a window."""
        return cast("QWidget", import_module(self.module).make(shell))


PANELS: Final = (
    Panel("inspector", "Inspector", "right", shown_at_first=True),
    Panel("outline", "Outline", "left"),
    Panel("search", "Search", "left"),
    Panel("history", "History", "right"),
    Panel("health", "Board health", "right"),
    Panel("comments", "Comments", "left"),
    Panel("conflicts", "Conflicts", "right"),
    Panel("timeline", "Timeline", "bottom"),
    Panel("matrix", "Matrix", "bottom"),
    Panel("table", "Table", "bottom"),
)
