"""Links: tying two entities, changing what a link says, hanging an end elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evidenceboard.commands.comments import hand_comments_on
from evidenceboard.commands.judgements import check_confirmed, drop_judgements, hand_on, judge
from evidenceboard.commands.lowering import OWN as MARKING
from evidenceboard.commands.lowering import lowers, settled
from evidenceboard.commands.values import dated, plain, reason_beside, typed
from evidenceboard.errors import InvalidValueError
from evidenceboard.model.copied import changed
from evidenceboard.model.link_types import BY_ID, LinkType, fits, fitting, link_type
from evidenceboard.model.records import Entity, Link
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.types import entity_type

OWN = ("notes", "marking", "marking_reason", "tags")


def link(
    tx: Transaction,
    type_id: str,
    from_id: str,
    to_id: str,
    *,
    props: dict[str, Any] | None = None,
    id: str = "",
    strangers: bool = False,
    **values: Any,
) -> Link:
    """Link two entities. Raises `InvalidValueError` where the type does not join these, naming those that do.

    Of a type that is single two entities have one link: its id is derived from the two, in every copy alike.
    """
    start, end = tx.document.get(Entity, from_id), tx.document.get(Entity, to_id)
    kind = link_type(type_id)
    if not strangers:
        _check_fit(type_id, start, end)
    own, rest = plain(values, OWN)
    rest |= props or {}
    reason = "" if strangers else reason_beside(kind.props, rest, own)
    props_, judged = typed(tx.document, kind.props, rest, strangers)
    if not strangers:
        props_ = dated(tx, kind.props, props_, {})
        _check_reason(kind, judged, props_)
    record_id = id or kind.pair_id(start.id, end.id) or tx.new_id()
    if kind.single and tx.document.find("links", record_id):
        raise InvalidValueError(f"{_there(kind, start, end)} already; nothing was changed.", "Change that link.")
    made = tx.make(Link, id=record_id, type=type_id, from_id=start.id, to_id=end.id, props=props_, **own)
    if not strangers:
        made = tx.change(made, **settled(tx.document, made, {key: own[key] for key in MARKING if key in own}))
        check_confirmed(tx, made, judged, reason)
    judge(tx, made.id, judged, reason or (str(props_.get("reason") or "") if kind.reasoned else ""))
    return made


def _there(kind: LinkType, start: Entity, end: Entity) -> str:
    if kind.mutual:
        return f"{start.number} and {end.number} have the link “{kind.word}” between them"
    return f"{start.number} {kind.word} {end.number}"


def _check_fit(type_id: str, start: Entity, end: Entity) -> None:
    if type_id in BY_ID and fits(BY_ID[type_id], start.type, end.type):
        if BY_ID[type_id].mutual and start.id == end.id:
            raise InvalidValueError(
                f"“{type_id}” is said of two; {start.number} is one. Nothing was changed.",
                "Choose another end, or “related”.",
            )
        return
    straight = [kind.id for kind, turned in fitting(start.type, end.type) if not turned]
    raise InvalidValueError(
        f"“{type_id[:40]}” does not lead from {_one(start)} to {_one(end)}; nothing was changed.",
        "From the one to the other: " + ", ".join(straight) + ".",
    )


def _check_reason(kind: LinkType, judged: Mapping[str, str], props: Mapping[str, Any]) -> None:
    if judged.get(kind.reasoned) and not str(props.get("reason") or "").strip():
        raise InvalidValueError(
            f"“{kind.reasoned}” is judged with a reason, and none was given; nothing was changed.",
            "Give the reason with it, or before it: say why.",
        )


def _one(entity: Entity) -> str:
    word = entity_type(entity.type).word.lower()
    return f"{'an' if word[:1] in 'aeiou' else 'a'} {word[:40]}"


def set_link(tx: Transaction, link_id: str, **fields: Any) -> None:
    """Change what a link says: notes, marking, tags and what its type adds.

    `reason` beside a judgement is kept with it; beside a marking alone it says why that is lowered.
    """
    found = tx.document.get(Link, link_id)
    kind = link_type(found.type)
    model = kind.props
    own, rest = plain(fields, OWN)
    reason = reason_beside(model, rest, own, found.props)
    own = settled(tx.document, found, own)
    known = {key for key in rest if key in found.props} - set(model.model_fields)
    props, judged = typed(tx.document, model, rest, strangers=bool(known))
    props = {**found.props, **dated(tx, model, props, found.props)}
    if kind.reasoned and (judged or "reason" in rest):
        held = {kind.reasoned: tx.document.judged(found.id, kind.reasoned)}
        _check_reason(kind, held | judged, props)
    tx.change(found, **own, props=props)
    check_confirmed(tx, found, judged, reason)
    said = str(rest["reason"]) if "reason" in rest else reason
    judge(tx, found.id, judged, said or (str(props.get("reason") or "") if kind.reasoned else ""))


def rehang(tx: Transaction, link_id: str, *, from_id: str | None = None, to_id: str | None = None) -> Link:
    """Hang an end of a link on another entity; where its type no longer fits, the link becomes “related”."""
    found = tx.document.get(Link, link_id)
    return relink(tx, found, found.type, from_id or found.from_id, to_id or found.to_id)


def relink(tx: Transaction, found: Link, type_id: str, from_id: str, to_id: str) -> Link:
    """Give a link another type or other ends, keeping note, tags, properties and judgements that still apply."""
    start, end = tx.document.get(Entity, from_id), tx.document.get(Entity, to_id)
    if type_id not in BY_ID or not fits(BY_ID[type_id], start.type, end.type):
        type_id = "related"
    if (type_id, start.id, end.id) == (found.type, found.from_id, found.to_id):
        return found
    if BY_ID[type_id].mutual and start.id == end.id:
        _check_fit(type_id, start, end)
    moved = changed(found, from_id=start.id, to_id=end.id)
    if found.marking_reason and lowers(tx.document, moved, found.marking):
        # The reason was given for other ends.
        found = tx.change(found, marking="", marking_reason="")
    if not BY_ID[type_id].single and not link_type(found.type).single:
        return tx.change(found, type=type_id, from_id=start.id, to_id=end.id)
    # The id of such a link says what it joins, so it cannot be kept.
    names = link_type(type_id).props.model_fields
    judged = [one for one in tx.document.assessments_of(found.id) if one.field in names]
    drop_judgements(tx, found.id)
    tx.remove(found)
    made = link(
        tx, type_id, start.id, end.id, props=found.props, strangers=True, notes=found.notes, marking=found.marking,
        marking_reason=found.marking_reason, tags=found.tags,
    )  # fmt: skip
    hand_on(tx, judged, made.id)
    hand_comments_on(tx, found.id, made.id)
    return made
