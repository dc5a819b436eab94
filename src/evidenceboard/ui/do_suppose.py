"""What if: supposing the selected cards false or true, ending it, and the deception twin of a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from evidenceboard import commands
from evidenceboard.model.ach import ROW_TYPES
from evidenceboard.model.records import Entity, Link
from evidenceboard.ui.actions import action

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window

_say = QCoreApplication.translate


def _chosen(window: Window) -> list[str]:
    """Return the selected entities; of a selected cell of the matrix, the one that its row is."""
    selection, document = window.selection, window.document
    found = selection.entities(document)
    if not found and len(selection.links) == 1:
        link = document.find("links", next(iter(selection.links)))
        found = [link.from_id] if isinstance(link, Link) and link.type == "bears on" else []
    return found


def _supposed(window: Window) -> list[str]:
    """Return the selected entities that are supposed false or true."""
    supposition = window.supposing.supposed.supposition
    return [one for one in _chosen(window) if one in supposition.false or one in supposition.true]


def _row(window: Window) -> str:
    """Return the one claim or event that is selected, or ""."""
    chosen = _chosen(window)
    entity = window.document.find("entities", chosen[0]) if len(chosen) == 1 else None
    return entity.id if isinstance(entity, Entity) and entity.type in ROW_TYPES else ""


@action("suppose_false", "Suppose this is false", "Board", shortcut="Ctrl+Alt+0",
        enabled=lambda window: bool(_chosen(window)),
        help="See what falls with it and what the matrix would be; nothing is written")  # fmt: skip
def suppose_false(window: Window) -> None:
    window.supposing.suppose(_chosen(window), true=False)


@action("suppose_true", "Suppose this is true", "Board", shortcut="Ctrl+Alt+1",
        enabled=lambda window: bool(_chosen(window)),
        help="It never falls, and what contradicts it does; nothing is written")  # fmt: skip
def suppose_true(window: Window) -> None:
    window.supposing.suppose(_chosen(window), true=True)


@action("suppose_no_longer", "Suppose this no longer", "Board", enabled=lambda window: bool(_supposed(window)),
        help="Take back what is supposed of the selected cards")  # fmt: skip
def suppose_no_longer(window: Window) -> None:
    window.supposing.take_back(_supposed(window))


@action("end_supposing", "End supposing", "Board", enabled=lambda window: bool(window.supposing),
        help="Show the figures of the file again")  # fmt: skip
def end_supposing(window: Window) -> None:
    window.supposing.end()


@action("add_deception_twin", "Add a deception twin", "Board", enabled=lambda window: bool(_row(window)), writes=True,
        help="A second row of the matrix, “if this is deception”, rated apart")  # fmt: skip
def add_deception_twin(window: Window) -> None:
    made = window.perform("Add a deception twin", lambda tx: commands.add_deception_twin(tx, _row(window)))
    if made is not None:
        window.docks["matrix"].bring()
        window.selection.set(entity=made.id)
