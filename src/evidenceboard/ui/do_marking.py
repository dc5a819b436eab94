"""Markings: of what is selected, and of the board that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidenceboard.ui.actions import action
from evidenceboard.ui.dialogs import marking as dialog

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window


def _selected(window: Window) -> list[str]:
    links = [link for link in window.selection.links if window.document.find("links", link)]
    return [*window.selection.entities(window.document), *links]


@action("marking", "Marking…", "Edit", shortcut="Ctrl+M", writes=True,
        enabled=lambda window: bool(_selected(window)),
        help="Who may see the selected cards and links (TLP 2.0)")  # fmt: skip
def mark_selected(window: Window) -> None:
    dialog.ask(window, window, _selected(window))


@action("board_marking", "Marking of this board…", "Board", writes=True, help="Who may see this board (TLP 2.0)")
def mark_board(window: Window) -> None:
    dialog.ask(window, window, [window.board_id])
