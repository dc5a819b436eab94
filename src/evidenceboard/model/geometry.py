"""What a board looks like without its words: cards and links as columns, from records or straight from a file."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, repeat
from typing import TYPE_CHECKING, Any, Final, cast

from numpy.typing import NDArray

from evidenceboard.model import link_look
from evidenceboard.model.link_types import LINK_TYPES
from evidenceboard.model.many_by_id import ById, by_id
from evidenceboard.model.records import Card, Entity, Link
from evidenceboard.model.types import TYPES

if TYPE_CHECKING:
    from evidenceboard.model.boxes import Box
    from evidenceboard.model.document import Document

FOLLOWED: Final = 1200
"""Links of a board up to which each can be followed by eye: only then lines go round cards, and words look for room."""
_TYPE: Final = {kind.id: place for place, kind in enumerate(TYPES)}
_KIND: Final = {kind.id: place for place, kind in enumerate(LINK_TYPES)}
UNKNOWN_TYPE: Final = len(TYPES)
UNKNOWN_KIND: Final = len(LINK_TYPES)
_JUDGED: Final = "bears on"
"""The type of link of which each has its own tone."""
_STEP: Final = 100
"""Records that are looked at in one step: about a millisecond where they have to be made first."""
_FEW: Final = 1000
"""Cards up to which what is looked at is shown before the rest."""
_RARE: Final = 20
"""Links of the file for each card of a board, above which most of them are those of other boards."""
Row = Sequence[Any]
Numbers = Sequence[NDArray[Any]]
"""Columns of numbers."""


def type_index(type_id: str) -> int:
    """Return the place of a type of entity among all types."""
    return _TYPE.get(type_id, UNKNOWN_TYPE)


def type_indexes(type_ids: Iterable[str]) -> Iterator[int]:
    """Yield the places of many types of entities."""
    return map(_TYPE.get, type_ids, repeat(UNKNOWN_TYPE))


def kind_index(type_id: str) -> int:
    """Return the place of a type of link among all types."""
    return _KIND.get(type_id, UNKNOWN_KIND)


@dataclass(slots=True)
class Geometry:
    """Cards and links of one board, a column each, in the order in which they were made.

    `box` holds x, y, w, h in board units, `ends` the places of the cards that a link joins,
    `coloured` the colours that a hand gave to cards, by place. `slot_of_entity` tells the place of
    the card of an entity. `whole`: all is there. `crowded`: these are some of more links than can be followed.
    """

    card_ids: list[str] = field(default_factory=list)
    entity_ids: list[str] = field(default_factory=list)
    frame_ids: list[str | None] = field(default_factory=list)
    box: tuple[array[float], ...] = field(default_factory=lambda: tuple(array("d") for _ in range(4)))
    z: array[int] = field(default_factory=lambda: array("q"))
    types: array[int] = field(default_factory=lambda: array("h"))
    coloured: dict[int, str] = field(default_factory=dict)
    slot_of_entity: ById[int] = field(default_factory=dict)
    link_ids: list[str] = field(default_factory=list)
    kinds: array[int] = field(default_factory=lambda: array("h"))
    tones: array[int] = field(default_factory=lambda: array("h"))
    ends: tuple[array[int], array[int]] = field(default_factory=lambda: (array("i"), array("i")))
    whole: bool = True
    crowded: bool = False
    all_entities: list[str] = field(default_factory=list, compare=False)
    """The ids of all entities of the file, in the order in which they were made, where they were read as a column."""

    def add_cards(self, rows: Sequence[Row]) -> None:
        """Take cards in: id, entity, frame, x, y, w, h, z, colour and the type of the entity."""
        if not rows:
            return
        ids, entities, frames, x, y, w, h, z, colours, types = zip(*rows, strict=True)
        self._note_cards(ids, entities, frames, colours)
        for column, values in zip(self.box, (x, y, w, h), strict=True):
            column.extend(values)
        self.z.extend(z)
        self.types.extend(type_indexes(types))

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
        self.ends[0].extend(cast("list[int]", start))
        self.ends[1].extend(cast("list[int]", end))
        self._note_links(ids, kinds, tone)

    def add_card_columns(
        self,
        ids: Sequence[str],
        entities: Sequence[str],
        frames: Sequence[str | None],
        colours: Sequence[str],
        numbers: Numbers,
    ) -> None:
        """Take cards in by columns; `numbers` are x, y, w, h, z and the place of the type among all types."""
        self._note_cards(ids, entities, frames, colours)
        columns: tuple[array[Any], ...] = (*self.box, self.z, self.types)
        for column, values in zip(columns, numbers, strict=True):
            column.frombytes(values.astype(column.typecode).tobytes())

    def add_link_columns(
        self, ids: Sequence[str], kinds: Sequence[str], ends: Numbers, tone: Callable[[str, str], int]
    ) -> None:
        """Take links in by columns; `ends` are the places of the cards at both ends."""
        for column, values in zip(self.ends, ends, strict=True):
            column.frombytes(values.astype(column.typecode).tobytes())
        self._note_links(ids, kinds, tone)

    def _note_cards(
        self, ids: Sequence[str], entities: Sequence[str], frames: Sequence[str | None], colours: Sequence[str]
    ) -> None:
        slots = range(len(self.card_ids), len(self.card_ids) + len(ids))
        self.slot_of_entity.update(zip(entities, slots, strict=True))
        if any(colours):
            self.coloured.update((slot, colour) for slot, colour in zip(slots, colours, strict=True) if colour)
        self.card_ids += ids
        self.entity_ids += entities
        self.frame_ids += frames

    def _note_links(self, ids: Sequence[str], kinds: Sequence[str], tone: Callable[[str, str], int]) -> None:
        of_kind = {kind: 0 if kind == _JUDGED else tone("", kind) for kind in set(kinds)}
        self.link_ids += ids
        self.kinds.extend(map(_KIND.get, kinds, repeat(UNKNOWN_KIND)))
        tones = array("h", map(of_kind.__getitem__, kinds))
        if _JUDGED in of_kind:
            for place in [place for place, kind in enumerate(kinds) if kind == _JUDGED]:
                tones[place] = tone(ids[place], _JUDGED)
        self.tones.extend(tones)


def geometry_of(document: Document, board_id: str) -> Geometry:
    """Return the geometry of a board of a document."""
    *_, made = looking(document, board_id)
    return made or Geometry()


def looking(document: Document, board_id: str, box: Box | None = None) -> Iterator[Geometry | None]:
    """Yield None after each small step, and the geometry of a board of a document at the end.

    What touches `box` comes before, where it is not too much, with its links and the cards at their far ends; that is
    not `whole`. The records must not change meanwhile.
    """
    made, near = Geometry(slot_of_entity=by_id(document.size("cards"))), list[Row]()
    cards = cast("Iterator[Card]", document.where("cards", "board_id", board_id))
    while part := [_row(document, card) for card in islice(cards, _STEP)]:
        made.add_cards(part)
        if box is not None and len(near) <= _FEW:
            near += (row for row in part if _touches(row, box))
        yield None
    if 0 < len(near) <= _FEW:
        yield _around(document, board_id, near)
    links: Iterator[Link]
    if len(made.card_ids) * _RARE < document.size("links"):
        # Of a small board in a large file only its own links are looked at.
        links = (link for entity_id in made.entity_ids for link in document.links_from(entity_id))
    else:
        links = cast("Iterator[Link]", document.each("links"))
    while some := list(islice(links, _STEP)):
        _add_links(document, made, some)
        yield None
    yield made


def _around(document: Document, board_id: str, near: list[Row]) -> Geometry:
    made = Geometry(whole=False, crowded=document.size("links") > FOLLOWED)
    made.add_cards(near)
    links = {link.id: link for entity_id in made.entity_ids for link in document.links_of(entity_id)}
    ends = dict.fromkeys(end for link in links.values() for end in (link.from_id, link.to_id))
    far = (document.card_on(board_id, end) for end in ends if end not in made.slot_of_entity)
    made.add_cards([_row(document, card) for card in far if card is not None])
    _add_links(document, made, links.values())
    return made


def _row(document: Document, card: Card) -> Row:
    entity = document.find("entities", card.entity_id)
    type_id = entity.type if isinstance(entity, Entity) else ""
    return (
        card.id, card.entity_id, card.frame_id, card.x, card.y, card.w, card.h, card.z, card.colour, type_id,
    )  # fmt: skip


def _touches(row: Row, box: Box) -> bool:
    x, y, w, h = row[3:7]
    left, top, right, bottom = box
    return bool(x < right and x + w > left and y < bottom and y + h > top)


def _add_links(document: Document, made: Geometry, links: Iterable[Link]) -> None:
    tones = {link.id: link_look.tone(document, link) for link in links if link.type == "bears on"}
    made.add_links(
        [(link.id, link.type, link.from_id, link.to_id) for link in links],
        lambda link_id, kind: tones[link_id] if kind == "bears on" else link_look.tone_of_type(kind),
    )
