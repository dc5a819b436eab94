"""Where claims come from: drawing the chain behind one over the board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from evidenceboard.model.records import Entity
from evidenceboard.ui.actions import action
from evidenceboard.ui.board.chain import NAME

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window


def _claim(window: Window) -> str | None:
    """Return the one claim that is selected, or None."""
    chosen = window.selection.entities(window.document)
    entity = window.document.find("entities", chosen[0]) if len(chosen) == 1 else None
    return entity.id if isinstance(entity, Entity) and entity.type == "claim" else None


def _is_shown(window: Window) -> bool:
    if not window.sight.is_wished(NAME):
        return False
    return _claim(window) in (None, window.board.surface.chain.claim_id)


def _says(window: Window) -> str:
    ending, showing = "End showing where the claim comes from", "Show where this claim comes from"
    return QCoreApplication.translate("Action", ending if _is_shown(window) else showing)


@action("chain", "Show where this claim comes from", "View", shortcut="Ctrl+Shift+L", says=_says,
        enabled=lambda window: _is_shown(window) or _claim(window) is not None,
        help="Its reports, what they cite, and the origins at the ends, drawn over the board")  # fmt: skip
def chain(window: Window) -> None:
    claim, shown = _claim(window), window.board.surface.chain
    if claim is None or claim == shown.claim_id:
        shown.end()
    else:
        shown.show(claim)
