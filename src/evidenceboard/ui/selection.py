"""What is selected: one selection for the board and every panel."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QObject, Signal

from evidenceboard.model.changes import Operation
from evidenceboard.model.document import Document
from evidenceboard.model.records import Card


class Selection(QObject):
    """Hold the ids of selected cards, frames and links, and one entity that has no card on this board."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.cards: frozenset[str] = frozenset()
        self.frames: frozenset[str] = frozenset()
        self.links: frozenset[str] = frozenset()
        self.entity: str | None = None
        self._asked: tuple[frozenset[str], Document | None, int] = (frozenset(), None, 0)
        self._entities: list[str] = []

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
        """Return the ids of the entities whose cards are selected. Asked for the same again, they are known."""
        asked = (self.cards, document, document.size("cards"))
        if asked != self._asked:
            self._asked, self._entities = asked, [card.entity_id for card in self._cards_in(document)]
        if self._entities:
            return list(self._entities)
        return [self.entity] if self.entity and document.find("entities", self.entity) else []

    def _cards_in(self, document: Document) -> list[Card]:
        if document.is_whole:
            # All of a large board can be selected: a plain look into the table is the quickest.
            table = document.table("cards")
            found = [table.get(card_id) for card_id in self.cards]
        else:
            found = [document.find("cards", card_id) for card_id in self.cards]
        return cast("list[Card]", [card for card in found if card is not None])

    def prune(self, operation: Operation) -> None:
        """Let go of what an operation took from the file."""
        gone = {change.record_id for change in operation.changes if change.after is None}
        if gone and not all(gone.isdisjoint(there) for there in (self.cards, self.frames, self.links, {self.entity})):
            entity = None if self.entity in gone else self.entity
            self.set(self.cards - gone, self.frames - gone, self.links - gone, entity)
