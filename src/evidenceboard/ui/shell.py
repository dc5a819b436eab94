"""What the window offers to the board, the panels and the actions; they know nothing else of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from evidenceboard.model.document import Document
from evidenceboard.model.pace import Tick
from evidenceboard.model.transaction import Transaction
from evidenceboard.render.palette import Palette
from evidenceboard.session import Session
from evidenceboard.ui.bridge import Bridge
from evidenceboard.ui.finder import Finder
from evidenceboard.ui.selection import Selection
from evidenceboard.ui.sight import Sight
from evidenceboard.ui.supposing import Supposing

T = TypeVar("T")


class Shell(Protocol):
    """The open file and the window around it."""

    session: Session
    bridge: Bridge
    finder: Finder
    selection: Selection
    sight: Sight
    supposing: Supposing
    """What is supposed; figures are computed from its document `seen`, facts from that of the file."""
    palette_: Palette
    """The colours in use; `look_changed` on the window tells when they change."""
    board_id: str
    """The board that is shown."""

    @property
    def document(self) -> Document: ...

    def perform(
        self, label: str, command: Callable[[Transaction], T], *, group: str | None = None, **values: Any
    ) -> T | None:
        """Run a command in a transaction of its own. A refusal becomes a banner and returns None."""
        ...

    def look_up(self, read: Callable[[Tick], T], words: str) -> T | None:
        """Work something out beside the window, with a bar and a way to stop it; no record changes meanwhile.

        `words` are our own. A refusal becomes a banner and returns None.
        """
        ...

    def banner(self, message: str, hint: str = "", *, alarm: bool = False) -> None:
        """Show a sentence above the board, as plain text, until it is closed or outdated."""
        ...

    def show_board(self, board_id: str) -> None:
        """Show another board of the file."""
        ...

    def show_entity(self, entity_id: str) -> None:
        """Select an entity and fly to its card, on this board or the first other that has one."""
        ...

    def run(self, action_id: str) -> None:
        """Run a registered action by its id."""
        ...
