"""What many selected things are and have in common, looked up bit by bit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from evidenceboard.model.document import Document
from evidenceboard.model.link_types import link_type
from evidenceboard.model.records import Card, Entity, Link
from evidenceboard.model.types import TYPES, entity_type
from evidenceboard.model.values import dataclass

STEP: Final = 16
"""Things that are looked up in one step."""


@dataclass(frozen=True, slots=True)
class Together:
    """How many there are of each type, in words; the markings that any has, and the tags that all have."""

    counts: tuple[tuple[str, int], ...] = ()
    markings: frozenset[str] = frozenset()
    tags: tuple[str, ...] = ()


def together(document: Document, cards: Iterable[str], links: Iterable[str]) -> Iterator[Together | None]:
    """Look cards and links up in small steps: yield None after each, and what they have in common at the end."""
    kinds: Counter[str] = Counter()
    tied: Counter[str] = Counter()
    markings: set[str] = set()
    common: set[str] | None = None
    for place, record in enumerate(_records(document, cards, links), 1):
        if isinstance(record, Entity | Link):
            (kinds if isinstance(record, Entity) else tied)[record.type] += 1
            markings.add(record.marking)
            if common is None:
                common = set(record.tags)
            elif common:
                common &= set(record.tags)
        if place % STEP == 0:
            yield None
    order = [kind.id for kind in TYPES if kind.id in kinds] + sorted(set(kinds) - {kind.id for kind in TYPES})
    counts = [(entity_type(type_id).plural, kinds[type_id]) for type_id in order]
    counts += [(f"“{link_type(type_id).word}”", n) for type_id, n in sorted(tied.items())]
    yield Together(tuple(counts), frozenset(markings), tuple(sorted(common or ())))


def _records(document: Document, cards: Iterable[str], links: Iterable[str]) -> Iterator[object]:
    for card_id in cards:
        card = document.find("cards", card_id)
        yield document.find("entities", card.entity_id) if isinstance(card, Card) else None
    for link_id in links:
        yield document.find("links", link_id)
