"""What became of the cards of a board since an earlier state: changed, moved, removed, and added where none was."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from evidenceboard.model.document import Document
from evidenceboard.model.records import Assessment, Attachment, Card, Link
from evidenceboard.model.values import dataclass

_WHERE: Final = ("board_id", "x", "y", "w", "h", "frame_id")
"""What tells where a card stands."""
CHANGED: Final = "changed"
MOVED: Final = "moved"
REMOVED: Final = "removed"


@dataclass(frozen=True, slots=True)
class Since:
    """What became of the cards of one board. `became` has a word by id of a card then: changed, moved or removed.

    `added` are the cards that stand on the board now and did not then. `links` counts those between cards of then that
    were added, removed and changed.
    """

    became: dict[str, str]
    added: tuple[Card, ...]
    links: int = 0

    def count(self, word: str) -> int:
        """Return how many cards this became of."""
        return sum(1 for one in self.became.values() if one == word)


def since(then: Document, now: Document, board_id: str, touched: Collection[tuple[str, str]]) -> Since:
    """Return what became of the cards of a board; `touched` are the tables and ids of all records that may differ.

    A card counts as changed where its entity, what was judged of it or a file of it is another, else as moved.
    """
    became: dict[str, str] = {}
    added: list[Card] = []
    entities: set[str] = set()
    links: set[str] = set()
    on_it = {card.entity_id for card in then.cards_on(board_id)} if any(t == "links" for t, _ in touched) else set()
    for table, record_id in touched:
        was, is_ = then.find(table, record_id), now.find(table, record_id)
        if was == is_:
            continue
        if table == "entities":
            entities.add(record_id)
        for one in (was, is_):
            if isinstance(one, Assessment):
                entities.add(one.subject_id)
            elif isinstance(one, Attachment):
                entities.add(one.entity_id)
            elif isinstance(one, Link) and one.from_id in on_it and one.to_id in on_it:
                links.add(one.id)
        if isinstance(was, Card) and was.board_id == board_id:
            gone = not isinstance(is_, Card) or is_.board_id != board_id
            if gone or any(getattr(was, name) != getattr(is_, name) for name in _WHERE):
                became[was.id] = REMOVED if gone else MOVED
        elif isinstance(is_, Card) and is_.board_id == board_id:
            added.append(is_)
    for entity_id in entities:
        for card in then.cards_of(entity_id):
            if card.board_id == board_id and became.get(card.id) != REMOVED:
                became[card.id] = CHANGED
    return Since(became, tuple(added), len(links))
