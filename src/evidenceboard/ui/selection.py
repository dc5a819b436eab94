"""What is selected: one selection for the board and every panel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import islice
from typing import Final

from PySide6.QtCore import QObject, Signal

from evidenceboard.model.cards_at import CardsAt
from evidenceboard.model.changes import Operation
from evidenceboard.model.document import Document
from evidenceboard.model.records import Card
from evidenceboard.model.scene import Scene
from evidenceboard.ui import collecting

MANY: Final = 20_000
"""Cards from which on a selection is set aside: a look for garbage would walk through all of them."""
_STEP: Final = 64
"""Cards that are looked up in one step."""
_TABLES: Final = ("cards", "frames", "links", "entities")
_Held = tuple[AbstractSet[str], AbstractSet[str], AbstractSet[str], AbstractSet[str]]
"""The ids of what is selected, for each of the tables."""


class Selection(QObject):
    """Hold the ids of selected cards, frames and links, and one entity that has no card on this board."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cards: AbstractSet[str] = frozenset()
        self.frames: frozenset[str] = frozenset()
        self.links: frozenset[str] = frozenset()
        self.entity: str | None = None
        self._asked: tuple[AbstractSet[str], Document | None, int] = (frozenset(), None, 0)
        self._entities: list[str] = []
        self._coming: tuple[_Held, _Held, CardsAt | None] | None = None
        """What was selected, what of it stays, and where these cards will stand: worked out for the next operation."""

    def set(
        self,
        cards: Iterable[str] = (),
        frames: Iterable[str] = (),
        links: Iterable[str] = (),
        entity: str | None = None,
    ) -> None:
        """Select exactly these; tells `changed` only where that differs."""
        chosen = cards if isinstance(cards, CardsAt) else frozenset(cards)
        wanted = (chosen, frozenset(frames), frozenset(links), entity)
        if wanted != (self.cards, self.frames, self.links, self.entity):
            self.cards, self.frames, self.links, self.entity = wanted
            if len(self.cards) > MANY and isinstance(self.cards, frozenset):
                collecting.set_aside()
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
        # Of a large file that is still being read the size is counted, so it is asked for only where it matters.
        asked = (self.cards, document, document.size("cards") if self.cards else 0)
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

    def expect(self, document: Document, scene: Scene | None) -> None:
        """Work out what stays selected once a document takes the place of this one, and a scene. In any thread."""
        held = self._held()
        cards, frames, links, alone = map(partial(_of_these, document), _TABLES, held)
        told = scene.named(scene.slots_as_array(cards)) if scene is not None and isinstance(cards, CardsAt) else None
        self._coming = (held, (cards, frames, links, alone), told)

    def _held(self) -> _Held:
        return self.cards, self.frames, self.links, frozenset([self.entity] if self.entity else [])

    def prune(self, operation: Operation) -> None:
        """Let go of what an operation took from the file."""
        coming, self._coming = self._coming, None
        if not self:
            return
        if coming is not None and coming[0] == self._held():
            _, (cards, frames, links, alone), told = coming
            self.set(cards, frames, links, next(iter(alone), None))
            if isinstance(cards, CardsAt) and told is not None and len(told) == len(cards):
                cards.move_to(told)
            return
        gone = {change.record_id for change in operation.changes if change.after is None}
        if gone and not all(there.isdisjoint(gone) for there in self._held()):
            entity = None if self.entity in gone else self.entity
            self.set(self.cards - gone, self.frames - gone, self.links - gone, entity)

    def let_go_of_left_out(self, scene: Scene) -> None:
        """Select no card of a board that is left out, and no link at one: the next key would change it unseen."""
        away = scene.left_out
        if not away[: scene.n].any():
            return
        unseen = scene.links_left_out()
        slots = scene.slots_as_array(self.cards)
        self.set(
            self.cards - scene.named(slots[away[slots]]),
            self.frames,
            [link for link in self.links if (at := scene.index_of.get(link)) is None or not unseen[at]],
            self.entity,
        )


def _of_these(document: Document, table: str, ids: AbstractSet[str]) -> AbstractSet[str]:
    """Return those of some ids that a document has."""
    there = document.table(table)
    found = [one for one in ids if one in there]
    return ids if len(found) == len(ids) else frozenset(found)
