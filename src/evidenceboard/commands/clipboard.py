"""Copying cards as plain data, and putting such data onto a board, in this file or another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from evidenceboard.commands.cards import place
from evidenceboard.commands.judgements import hand_on
from evidenceboard.commands.links import link
from evidenceboard.errors import InvalidValueError
from evidenceboard.model.document import Document
from evidenceboard.model.entity_type import Props, extra
from evidenceboard.model.link_types import link_type
from evidenceboard.model.markings import carried, of_file
from evidenceboard.model.pace import EACH, Pace
from evidenceboard.model.records import (
    Attachment,
    Board,
    Card,
    Entity,
    Frame,
    Link,
    Record,
    as_row,
    from_rows,
)
from evidenceboard.model.takes import NotTakenError
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.types import entity_type

KIND: Final = "evidenceboard cards"
COPIED: Final = ("entities", "frames", "cards", "links", "assessments", "attachments")
"""The tables of which records are copied."""
_PASSES: Final = 10
"""How often about as many records as there are cards are gone through for a copy."""


@dataclass(slots=True)
class Pasted:
    """What was put onto a board. `left_behind` counts attachments whose bytes are not in this file."""

    cards: list[str] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)
    left_behind: int = 0


def copied(
    document: Document, card_ids: Iterable[str], frame_ids: Iterable[str] = (), pace: Pace | None = None
) -> dict[str, Any]:
    """Return cards with their entities, the links among them, judgements and attachments, as plain data.

    A frame takes the cards that it owns along. Bytes of attachments are not part of it.
    """
    frames = [document.get(Frame, frame_id) for frame_id in dict.fromkeys(frame_ids)]
    owned = [card.id for frame in frames for card in document.cards_in(frame.id)]
    chosen_cards = frozenset([*card_ids, *owned])
    pace = pace or Pace(None)
    pace.expect(_PASSES * len(chosen_cards))
    told = pace.over
    cards = [document.get(Card, card_id) for card_id in told(chosen_cards)]
    if len({card.board_id for card in cards}) == 1:
        # In the order in which they were made, so that copies are numbered in that order too.
        cards = [card for card in told(document.cards_on(cards[0].board_id)) if card.id in chosen_cards]
    chosen = dict.fromkeys(card.entity_id for card in cards)
    entities = [document.get(Entity, entity_id) for entity_id in told(chosen)]
    links = [one for entity_id in told(chosen) for one in document.links_from(entity_id) if one.to_id in chosen]
    subjects = [*chosen, *(one.id for one in links)]
    judged = [one for subject in told(subjects) for one in document.assessments_of(subject)]
    attached = [one for entity_id in told(chosen) for one in document.attachments_of(entity_id)]
    found: tuple[Sequence[Record], ...] = (entities, frames, cards, links, judged, attached)
    rows = {table: [as_row(record) for record in told(records)] for table, records in zip(COPIED, found, strict=True)}
    return {"kind": KIND, "marking": of_file(document), **rows}


def as_text(document: Document, card_ids: Iterable[str], pace: Pace | None = None) -> str:
    """Return cards as lines of text for other programs, in reading order: number, title, what stands below it."""
    lines = []
    cards = [document.get(Card, card_id) for card_id in card_ids]
    # Sorted as arrays: to sort many objects would keep every other thread waiting until it is done.
    x, y = (np.fromiter((card.x for card in cards), float), np.fromiter((card.y for card in cards), float))
    order = np.lexsort((x, y)).tolist()
    for card in (cards[at] for at in (order if pace is None else pace.over(order))):
        entity = document.get(Entity, card.entity_id)
        face = entity_type(entity.type).face(entity, document, card.board_id)
        facts = " · ".join(part for part in (face.second_line, *(chip.text for chip in face.chips)) if part)
        lines.append(f"{entity.number}  {entity.title}" + (f"  ({facts})" if facts else ""))
    return "\n".join(lines)


def paste(tx: Transaction, board_id: str, data: dict[str, Any], *, dx: float, dy: float) -> Pasted:
    """Put copied cards onto a board, moved by dx, dy board units.

    An entity that is in this file and has no card on that board gets one; any other is added as a new one, with a
    number of its own. Raises `InvalidValueError` where the data is not what was copied.
    """
    board = tx.document.get(Board, board_id)
    cards = data.get("cards")
    tx.pace.expect(_PASSES * len(cards) if isinstance(cards, list) else 1)
    read = _read(data, tx.pace)
    for table in ("entities", "links", "attachments"):
        read[table] = [carried(one, str(data.get("marking", "")), tx.document) for one in read[table]]
    made = Pasted()
    kept = {one.sha256 for one in tx.document.table("attachments").values() if isinstance(one, Attachment)}
    new_frames = {frame.id: _paste_frame(tx, board.id, frame, dx, dy, made) for frame in read["frames"]}
    known = {entity.id for entity in read["entities"] if _is_here(tx, board.id, entity)}
    entities = {entity.id: entity.id if entity.id in known else tx.new_id() for entity in read["entities"]}
    new = frozenset(entities.values())
    for entity in read["entities"]:
        if entity.id not in known:
            _copy(tx, entity, entities, new)
    for card in read["cards"]:
        if card.entity_id not in entities:
            raise _refusal()
        put = place(
            tx, board.id, entities[card.entity_id], x=card.x + dx, y=card.y + dy, w=card.w,
            h=None if card.fitted else card.h, z=card.z, frame_id=new_frames.get(card.frame_id or ""),
        )  # fmt: skip
        made.cards.append(tx.change(put, colour=card.colour, pinned=card.pinned).id)
    subjects = {old: new for old, new in entities.items() if old not in known}
    for one in read["links"]:
        if {one.from_id, one.to_id} <= entities.keys() and not {one.from_id, one.to_id} <= known:
            subjects[one.id] = _paste_link(tx, one, entities, new)
    for judged in read["assessments"]:
        if judged.subject_id in subjects:
            hand_on(tx, [judged], subjects[judged.subject_id])
    for attached in read["attachments"]:
        if attached.entity_id in subjects:
            if attached.sha256 in kept:
                _paste_attachment(tx, attached, subjects[attached.entity_id])
            else:
                made.left_behind += 1
    return made


def duplicate(tx: Transaction, card_ids: Iterable[str], frame_ids: Iterable[str], *, dx: float, dy: float) -> Pasted:
    """Add copies of cards, as entities of their own, moved by dx, dy board units."""
    data = copied(tx.document, card_ids, frame_ids, tx.pace)
    if not data["cards"] and not data["frames"]:
        return Pasted()
    board_id = (data["cards"] or data["frames"])[0]["board_id"]
    return paste(tx, board_id, data, dx=dx, dy=dy)


def _read(data: dict[str, Any], pace: Pace) -> dict[str, list[Any]]:
    if not isinstance(data, dict) or data.get("kind") != KIND:
        raise _refusal()
    try:
        return {table: _records(table, data.get(table, []), pace) for table in COPIED}
    except NotTakenError as error:
        raise _refusal() from error


def _records(table: str, rows: Any, pace: Pace) -> list[Any]:
    if not isinstance(rows, list):
        raise _refusal()
    made: list[Any] = []
    # In parts: what pydantic does at once keeps every other thread waiting until it is done.
    for start in range(0, len(rows), EACH):
        made += from_rows(table, rows[start : start + EACH])
        pace.on(EACH)
    return made


def _refusal() -> InvalidValueError:
    return InvalidValueError("What was copied cannot be read as cards; nothing was changed.", "Copy the cards again.")


def _is_here(tx: Transaction, board_id: str, entity: Entity) -> bool:
    found = tx.document.find("entities", entity.id)
    return isinstance(found, Entity) and found.type == entity.type and not tx.document.card_on(board_id, found.id)


def _paste_frame(tx: Transaction, board_id: str, frame: Frame, dx: float, dy: float, made: Pasted) -> str:
    put = tx.make(
        Frame, board_id=board_id, title=frame.title, x=frame.x + dx, y=frame.y + dy, w=frame.w, h=frame.h, z=frame.z,
        collapsed=frame.collapsed, colour=frame.colour,
    )  # fmt: skip
    made.frames.append(put.id)
    return put.id


def _copy(tx: Transaction, entity: Entity, ids: dict[str, str], new: frozenset[str]) -> None:
    kind = entity_type(entity.type)
    tx.make(
        Entity, id=ids[entity.id], type=entity.type, number=tx.next_number(kind.prefix), title=entity.title,
        notes=entity.notes, marking=entity.marking, marking_reason=entity.marking_reason, tags=entity.tags,
        props=_led(tx, kind.props, entity.props, ids, new),
    )  # fmt: skip


def _led(
    tx: Transaction, model: type[Props], props: dict[str, Any], ids: dict[str, str], new: frozenset[str]
) -> dict[str, Any]:
    """Return properties whose references lead to what came along, else to what is in this file, else nowhere."""
    read = dict(props)
    for key, value in props.items():
        if extra(model, key).get("refers_to"):
            named = [ids.get(one, one) for one in value if isinstance(one, str)] if isinstance(value, list) else []
            read[key] = [one for one in named if one in new or tx.document.find("entities", one)]
    return read


def _paste_link(tx: Transaction, one: Link, entities: dict[str, str], new: frozenset[str]) -> str:
    props = _led(tx, link_type(one.type).props, one.props, entities, new)
    start, end = entities[one.from_id], entities[one.to_id]
    twin = link_type(one.type).pair_id(start, end)
    if twin and tx.document.find("links", twin):
        return twin
    return link(
        tx,
        one.type,
        start,
        end,
        props=props,
        strangers=True,
        notes=one.notes,
        marking=one.marking,
        marking_reason=one.marking_reason,
        tags=one.tags,
    ).id


def _paste_attachment(tx: Transaction, attached: Attachment, entity_id: str) -> None:
    tx.make(
        Attachment, entity_id=entity_id, name=attached.name, media_type=attached.media_type, size=attached.size,
        sha256=attached.sha256, url=attached.url, captured_at=attached.captured_at, tool=attached.tool,
        notes=attached.notes, marking=attached.marking, marking_reason=attached.marking_reason,
    )  # fmt: skip
