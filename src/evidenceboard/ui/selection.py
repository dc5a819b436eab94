"""What is selected: one selection for the board and every panel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from PySide6.QtCore import QObject, Signal

from evidenceboard.model.changes import Operation
from evidenceboard.model.document import Document
from evidenceboard.model.records import Card
from evidenceboard.model.scene import Scene

_STEP: Final = 256
"""Cards that are looked up in one step."""


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

    def entities(self, document: Document, most: int | None = None) -> list[str]:
        """Return the ids of the entities whose cards are selected, of `most` cards where that is enough."""
        if most is not None and len(self.cards) > most:
            found = (document.find("cards", card_id) for card_id in islice(self.cards, most))
            return [card.entity_id for card in found if isinstance(card, Card)]
        *_, ids = self.looked_up(document)
        return list(ids or ())

    def looked_up(self, document: Document) -> Iterator[list[str] | None]:
        """Look the entities up in small steps: yield None after each, and their ids at the end.

        Asked for the same again, they are known.
        """
        asked = (self.cards, document, document.size("cards"))
        if asked != self._asked:
            found: list[str] = []
            for place, card_id in enumerate(asked[0], 1):
                card = document.find("cards", card_id)
                if isinstance(card, Card):
                    found.append(card.entity_id)
                if place % _STEP == 0:
                    yield None
            self._asked, self._entities = asked, found
        alone = [self.entity] if self.entity and document.find("entities", self.entity) else []
        yield self._entities or alone

    def prune(self, operation: Operation) -> None:
        """Let go of what an operation took from the file."""
        if not self:
            return
        gone = {change.record_id for change in operation.changes if change.after is None}
        if gone and not all(gone.isdisjoint(there) for there in (self.cards, self.frames, self.links, {self.entity})):
            entity = None if self.entity in gone else self.entity
            self.set(self.cards - gone, self.frames - gone, self.links - gone, entity)

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
