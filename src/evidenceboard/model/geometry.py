"""What a board looks like without its words: cards and links as columns, from records or straight from a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast

from evidenceboard.model import link_look
from evidenceboard.model.link_types import LINK_TYPES
from evidenceboard.model.records import Entity
from evidenceboard.model.types import TYPES

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

_TYPE: Final = {kind.id: place for place, kind in enumerate(TYPES)}
_KIND: Final = {kind.id: place for place, kind in enumerate(LINK_TYPES)}
UNKNOWN_TYPE: Final = len(TYPES)
UNKNOWN_KIND: Final = len(LINK_TYPES)
_JUDGED: Final = "bears on"
"""The type of link of which each has its own tone."""
Row = Sequence[Any]


def type_index(type_id: str) -> int:
    """Return the place of a type of entity among all types."""
    return _TYPE.get(type_id, UNKNOWN_TYPE)


def kind_index(type_id: str) -> int:
    """Return the place of a type of link among all types."""
    return _KIND.get(type_id, UNKNOWN_KIND)


@dataclass(slots=True)
class Geometry:
    """Cards and links of one board, one list a column, in the order in which they were made.

    `box` holds x, y, w, h in board units, `ends` the places of the cards that a link joins,
    `coloured` the colours that a hand gave to cards, by place. `whole`: all is there.
    """

    card_ids: list[str] = field(default_factory=list)
    entity_ids: list[str] = field(default_factory=list)
    frame_ids: list[str | None] = field(default_factory=list)
    box: tuple[list[float], list[float], list[float], list[float]] = field(default_factory=lambda: ([], [], [], []))
    z: list[int] = field(default_factory=list)
    types: list[int] = field(default_factory=list)
    coloured: dict[int, str] = field(default_factory=dict)
    slot_of_entity: dict[str, int] = field(default_factory=dict)
    link_ids: list[str] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    tones: list[int] = field(default_factory=list)
    ends: tuple[list[int], list[int]] = field(default_factory=lambda: ([], []))
    whole: bool = True

    def add_cards(self, rows: Sequence[Row]) -> None:
        """Take cards in: id, entity, frame, x, y, w, h, z, colour and the type of the entity."""
        if not rows:
            return
        ids, entities, frames, x, y, w, h, z, colours, types = zip(*rows, strict=True)
        slots = range(len(self.card_ids), len(self.card_ids) + len(ids))
        self.slot_of_entity.update(zip(entities, slots, strict=True))
        if any(colours):
            self.coloured.update((slot, colour) for slot, colour in zip(slots, colours, strict=True) if colour)
        self.card_ids += ids
        self.entity_ids += entities
        self.frame_ids += frames
        for column, values in zip(self.box, (x, y, w, h), strict=True):
            column += values
        self.z += z
        self.types += map(type_index, types)

    def add_links(self, rows: Iterable[Row], tone: Callable[[str, str], int]) -> None:
        """Take those links in whose ends both have a card: id, type, from, to.

        `tone` is asked with id and type; only of judgements for each link, else once for each type.
        """
        rows = rows if isinstance(rows, list) else list(rows)
        if not rows:
            return
        ids, kinds, starts, ends = zip(*rows, strict=True)
        slots = self.slot_of_entity
        start, end = list(map(slots.get, starts)), list(map(slots.get, ends))
        if None in start or None in end:
            there = [row for row, a, b in zip(rows, start, end, strict=True) if a is not None and b is not None]
            self.add_links(there, tone)
            return
        plain = {kind: tone("", kind) for kind in set(kinds) - {_JUDGED}}
        self.link_ids += ids
        self.kinds += [_KIND.get(kind, UNKNOWN_KIND) for kind in kinds]
        self.tones += [
            tone(link_id, kind) if kind == _JUDGED else plain[kind] for link_id, kind in zip(ids, kinds, strict=True)
        ]
        self.ends[0].extend(cast("list[int]", start))
        self.ends[1].extend(cast("list[int]", end))


def geometry_of(document: Document, board_id: str) -> Geometry:
    """Return the geometry of a board of a document."""
    made = Geometry()
    entities = document.table("entities")
    made.add_cards(
        [
            (c.id, c.entity_id, c.frame_id, c.x, c.y, c.w, c.h, c.z, c.colour, _type_of(entities.get(c.entity_id)))
            for c in document.cards_on(board_id)
        ]
    )
    links = document.links
    tones = {link.id: link_look.tone(document, link) for link in links if link.type == "bears on"}
    made.add_links(
        [(link.id, link.type, link.from_id, link.to_id) for link in links],
        lambda link_id, kind: tones[link_id] if kind == "bears on" else link_look.tone_of_type(kind),
    )
    return made


def _type_of(entity: object) -> str:
    return entity.type if isinstance(entity, Entity) else ""
