"""Adding entities, changing their fields, and removing anything with what hangs on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from evidenceboard.commands.cards import fit_cards
from evidenceboard.commands.frames import remove_frame
from evidenceboard.commands.judgements import drop_judgements, judge
from evidenceboard.commands.links import set_link
from evidenceboard.commands.lowering import OWN as MARKING
from evidenceboard.commands.lowering import set_marking, settled
from evidenceboard.commands.settling import let_go
from evidenceboard.commands.values import dated, plain, reason_beside, typed
from evidenceboard.errors import InvalidValueError, NotFoundError
from evidenceboard.model.deception import TWIN_OF, first_of, twins_by_first
from evidenceboard.model.document import Document
from evidenceboard.model.records import Card, Entity, Frame, Link
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.types import entity_type

OWN = ("title", "notes", "marking", "marking_reason", "tags")
_UNSEEN = {"marking_reason", "tags"}
"""What no card shows, so that none gets another height by it."""


def add_entity(
    tx: Transaction,
    type_id: str,
    *,
    title: str = "",
    props: dict[str, Any] | None = None,
    number: str = "",
    id: str = "",
    strangers: bool = False,
    **values: Any,
) -> Entity:
    """Add an entity with the next number of its type. `strangers` keeps properties that the type does not name."""
    kind = entity_type(type_id)
    if number:
        if next(tx.document.where("entities", "number", number), None) is not None:
            raise InvalidValueError("This number is given to another card already; nothing was changed.")
        tx.keep_number(number)
    own, rest = plain({"title": title, **values}, OWN)
    rest |= props or {}
    reason = "" if strangers else reason_beside(kind.props, rest, own)
    props_, judged = typed(tx.document, kind.props, rest, strangers or kind.key == "")
    if not strangers:
        props_ = dated(tx, kind.props, props_, {})
    entity = tx.make(
        Entity,
        id=id or tx.new_id(),
        type=type_id,
        number=number or tx.next_number(kind.prefix),
        props=props_,
        **own,
    )
    _check_twin(tx, entity, {} if strangers else props_)
    if not strangers:
        entity = tx.change(entity, **settled(tx.document, entity, {key: own[key] for key in MARKING if key in own}))
    judge(tx, entity.id, judged, reason)
    return entity


def set_fields(tx: Transaction, id: str, **fields: Any) -> None:
    """Change fields of an entity or link by its id: title, notes, marking, tags and what its type adds.

    `reason` beside a judgement is kept with the judgement, beside a marking alone with the marking. Of a board or
    a kept file the marking can be set. Raises `InvalidValueError`, `NotFoundError`.
    """
    record = tx.document.find("entities", id)
    if isinstance(record, Entity):
        _set_entity(tx, record, fields)
    elif isinstance(found := tx.document.find("links", id), Link):
        set_link(tx, found.id, **fields)
    elif tx.document.find("boards", id) or tx.document.find("attachments", id):
        _set_marking(tx, id, fields)
    else:
        raise NotFoundError("This is no longer in the file; nothing was changed.")


def _set_marking(tx: Transaction, id: str, fields: dict[str, Any]) -> None:
    reason = fields.pop("marking_reason", fields.pop("reason", ""))
    if set(fields) != {"marking"}:
        raise InvalidValueError(
            "Of a board or a kept file only the marking is set here; nothing was changed.",
            "Give marking, and marking_reason where it is lowered.",
        )
    set_marking(tx, id, str(fields["marking"]), str(reason))


def _set_entity(tx: Transaction, entity: Entity, fields: dict[str, Any]) -> None:
    kind = entity_type(entity.type)
    own, rest = plain(fields, OWN)
    reason = reason_beside(kind.props, rest, own, entity.props)
    known = {key for key in rest if key in entity.props}
    props, judged = typed(tx.document, kind.props, rest, strangers=bool(known - set(kind.props.model_fields)))
    own = settled(tx.document, entity, own)
    made = tx.change(entity, **own, props={**entity.props, **dated(tx, kind.props, props, entity.props)})
    _check_twin(tx, made, props)
    judge(tx, entity.id, judged, reason)
    if rest or not own.keys() <= _UNSEEN:
        fit_cards(tx, entity.id)


def _check_twin(tx: Transaction, entity: Entity, given: dict[str, Any]) -> None:
    """Refuse a tie that makes no deception twin. Raises `InvalidValueError`."""
    if not given.get(TWIN_OF):
        return
    others = (one for one in tx.document.twins() if one.type == entity.type)
    if first_of(tx.document, entity) is None or any(one.props[TWIN_OF] == [entity.id] for one in others):
        word = entity_type(entity.type).word.lower()
        raise InvalidValueError(
            f"{entity.number} cannot be the deception twin of that; nothing was changed.",
            f"A twin is tied to one other {word} that is no twin, and has none itself.",
        )


def remove(tx: Transaction, ids: Iterable[str]) -> None:
    """Remove entities, links, frames or cards by id, with all that hangs on them.

    Comments go with what they are about, and an open question whether it is to go is answered. An entity takes its
    cards, links, judgements, attachments and deception twins along; a frame only lets go of its cards; a card leaves
    its entity where it is.
    """
    wanted = dict.fromkeys(ids)
    if any(tx.document.find("entities", record_id) for record_id in wanted):
        twins = twins_by_first(tx.document)
        wanted |= dict.fromkeys(twin.id for record_id in list(wanted) for twin in twins.get(record_id, ()))
    for record_id in wanted:
        entity = tx.document.find("entities", record_id)
        link = tx.document.find("links", record_id)
        frame = tx.document.find("frames", record_id)
        card = tx.document.find("cards", record_id)
        if isinstance(entity, Entity):
            _remove_entity(tx, entity)
        elif isinstance(link, Link):
            _remove_link(tx, link)
        elif isinstance(frame, Frame):
            remove_frame(tx, frame.id)
        elif isinstance(card, Card):
            let_go(tx, card.id)
            tx.remove(card)
        elif any((table, record_id) in tx.document.touched for table in ("entities", "links", "frames", "cards")):
            continue  # it went along with something named before it
        else:
            raise NotFoundError("This is no longer in the file; nothing was changed.")


def _remove_entity(tx: Transaction, entity: Entity) -> None:
    for link in tx.document.links_of(entity.id):
        _remove_link(tx, link)
    for card in tx.document.cards_of(entity.id):
        let_go(tx, card.id)
        tx.remove(card)
    for attachment in tx.document.attachments_of(entity.id):
        let_go(tx, attachment.id)
        tx.remove(attachment)
    drop_judgements(tx, entity.id)
    let_go(tx, entity.id)
    tx.remove(entity)


def _remove_link(tx: Transaction, link: Link) -> None:
    drop_judgements(tx, link.id)
    let_go(tx, link.id)
    tx.remove(link)


def left_hanging(document: Document, ids: Iterable[str]) -> list[Entity]:
    """Return the claims that would have no source left if these entities and links were removed."""
    going = dict.fromkeys(ids)
    hanging: dict[str, Entity] = {}
    for record_id in going:
        named = document.find("links", record_id)
        for link in [named] if isinstance(named, Link) else document.links_from(record_id):
            claim = document.find("entities", link.to_id)
            if link.type != "states" or link.to_id in going or not isinstance(claim, Entity):
                continue
            others = (other for other in document.links_into(claim.id) if other.type == "states")
            if all(other.from_id in going or other.id in going for other in others):
                hanging[claim.id] = claim
    return list(hanging.values())
