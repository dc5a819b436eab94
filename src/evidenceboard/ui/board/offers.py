"""What the chooser offers: types of cards, and the types of links that fit, likeliest first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF

from evidenceboard.model.link_types import LinkType, fitting
from evidenceboard.model.records import Entity
from evidenceboard.model.types import TYPES
from evidenceboard.ui.board.chooser import Choice

if TYPE_CHECKING:
    from evidenceboard.ui.board.surface import Surface

_say = QCoreApplication.translate
_LIKELY_NEXT = {"source": "claim", "claim": "scenario", "actor": "claim", "event": "scenario"}


def ask_type(surface: Surface, at: QPointF, done: Callable[[str | None], None], *, after: str = "claim") -> None:
    """Ask for a type of card at a pixel; the one that most often follows `after` stands first."""
    kinds = sorted(TYPES, key=lambda kind: kind.id != after)
    choices = [Choice(kind.word, kind.key, kind.id, kind.glyph, kind.colour) for kind in kinds]
    surface.chooser.ask(at, _say("Chooser", "New card"), choices, done)


def likely_next(type_id: str) -> str:
    """Return the type of card that is most often linked next."""
    return _LIKELY_NEXT.get(type_id, "claim")


def ask_link(
    surface: Surface, at: QPointF, start: Entity, end: Entity, done: Callable[[tuple[LinkType, bool] | None], None]
) -> None:
    """Ask which type of link joins two entities. Where only one fits there is nothing to ask."""
    found = fitting(start.type, end.type)
    if len(found) == 1:
        done(found[0])
        return
    choices = [Choice(_words(kind, turned), kind.key, (kind, turned)) for kind, turned in found]
    surface.chooser.ask(at, f"{start.number} → {end.number}", choices, done)


def _words(kind: LinkType, turned: bool) -> str:
    return kind.reverse if turned else kind.word
