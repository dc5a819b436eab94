"""What is selected: one selection for the board and every panel."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QObject, Signal

from evidenceboard.model.document import Document
from evidenceboard.model.records import Card
from evidenceboard.model.scene import Scene

_MANY: Final = 1000
"""Things from which on it is quicker to go through all that is there."""


class Selection(QObject):
    """Hold the ids of selected cards, frames and links, and one entity that has no card on this board."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.cards: frozenset[str] = frozenset()
        self.frames: frozenset[str] = frozenset()
        self.links: frozenset[str] = frozenset()
        self.entity: str | None = None

    def set(
        self,
        cards: Iterable[str] = (),
        frames: Iterable[str] = (),
        links: Iterable[str] = (),
        entity: str | None = None,
    ) -> None:
        """Select exactly these; tells `changed` only where that differs."""
        wanted = (frozenset(cards), frozenset(frames), frozenset(links), entity)
        if wanted != (self.cards, self.frames, self.links, self.entity):
            self.cards, self.frames, self.links, self.entity = wanted
            self.changed.emit()

    def clear(self) -> None:
        self.set()

    def __bool__(self) -> bool:
        return bool(self.cards or self.frames or self.links or self.entity)

    def entities(self, document: Document) -> list[str]:
        """Return the ids of the entities whose cards are selected."""
        found = [record.entity_id for c in self.cards if isinstance(record := document.find("cards", c), Card)]
        return found or ([self.entity] if self.entity and document.find("entities", self.entity) else [])

    def prune(self, document: Document) -> None:
        """Let go of what is no longer in the file."""
        self.set(
            _left(self.cards, document, "cards"),
            _left(self.frames, document, "frames"),
            _left(self.links, document, "links"),
            self.entity if self.entity and document.find("entities", self.entity) else None,
        )

    def let_go_of_left_out(self, scene: Scene) -> None:
        """Select no card of a board that is left out, and no link at one: the next key would change it unseen."""
        away = scene.left_out
        if not away[: scene.n].any():
            return
        unseen = scene.links_left_out()
        self.set(
            [card for card in self.cards if (slot := scene.slot_of.get(card)) is None or not away[slot]],
            self.frames,
            [link for link in self.links if (at := scene.index_of.get(link)) is None or not unseen[at]],
            self.entity,
        )


def _left(ids: frozenset[str], document: Document, table: str) -> frozenset[str]:
    """Return those ids that are still there: the very same set where all are."""
    if len(ids) < _MANY:
        left = frozenset(one for one in ids if document.find(table, one))
    else:
        left = ids.intersection(document.table(table))
    return left if len(left) < len(ids) else ids
