"""Joining two entities into one, splitting them again, and judging that two are not the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from evidenceboard.commands.cards import fit_cards
from evidenceboard.commands.joined_fields import joined_link, joined_values
from evidenceboard.commands.splitting import give_back
from evidenceboard.errors import InvalidValueError, NotFoundError
from evidenceboard.model.copied import changed
from evidenceboard.model.deception import TWIN_OF, twins_by_first
from evidenceboard.model.document import Document
from evidenceboard.model.entity_type import extra
from evidenceboard.model.joins import joined_id, joins, unlike_id
from evidenceboard.model.link_types import link_type
from evidenceboard.model.markings import effective, rank
from evidenceboard.model.records import Assessment, Comment, Entity, Link, Setting
from evidenceboard.model.seam import derived_id
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.types import entity_type

_AGAINST: Final = "nothing was changed."


def join(tx: Transaction, kept_id: str, gone_id: str) -> Setting:
    """Join the second of two entities of one type into the first, and remember all of it for `split`.

    Links, cards, files, comments and judgements go over. A card on a board that has one already, a link between the
    two, and one that says the same as another are set aside. Raises `InvalidValueError`, `NotFoundError`.
    """
    kept, gone = tx.document.get(Entity, kept_id), tx.document.get(Entity, gone_id)
    why = why_not(tx.document, kept, gone)
    if why:
        raise InvalidValueError(f"{why}; {_AGAINST}")
    inner = Transaction(tx.document, tx.seam, tx.author_id, {})
    left = _go_over(inner, kept, gone)
    _name_instead(inner, kept.id, gone.id)
    marked = effective(inner.document, gone).word
    inner.remove(gone)
    values = joined_values(tx.document, kept, gone, left)
    inner.change(inner.document.get(Entity, kept.id), **values)
    _keep_marking(inner, kept.id, marked)
    fit_cards(inner, kept.id)
    changes = inner.changes()
    for table, record_id, record in inner.swaps(changes):
        old = tx.document.find(table, record_id)
        if record is not None:
            tx.put(record)
        elif old is not None:
            tx.remove(old)
    rows = [[change.table, change.record_id, change.before, change.after] for change in changes]
    value = {"subject": kept.id, "gone": gone.id, "changes": rows, "by": tx.author_id, "at": tx.seam.now()}
    known = tx.document.find("settings", joined_id(gone.id))
    if isinstance(known, Setting):
        return tx.change(known, value=value)
    return tx.make(Setting, id=joined_id(gone.id), value=value)


def why_not(document: Document, kept: Entity, gone: Entity) -> str:
    """Say in words why two entities cannot be joined, without an end; "" where they can."""
    if kept.id == gone.id:
        return "One card cannot be joined with itself"
    if kept.type != gone.type:
        return f"{kept.number} and {gone.number} are of different types"
    twins = twins_by_first(document)
    for one in (kept, gone):
        if one.props.get(TWIN_OF) or one.id in twins:
            return f"{one.number} has a deception twin or is one; take the twin out of the matrix first"
    open_ = {one.record_id for one in document.conflicts}
    judged = {one.id for entity in (kept, gone) for one in document.assessments_of(entity.id)}
    links = {link.id for link in document.links_of(gone.id)}
    if open_ & {kept.id, gone.id, *judged, *links}:
        return f"Two copies disagree about {kept.number} or {gone.number}; decide that first"
    return ""


def judge_unlike(tx: Transaction, one_id: str, other_id: str) -> Setting:
    """Remember that two entities are not the same, by whom and when; they are not proposed again."""
    one, other = tx.document.get(Entity, one_id), tx.document.get(Entity, other_id)
    value = {"subject": one.id, "other": other.id, "by": tx.author_id, "at": tx.seam.now()}
    known = tx.document.find("settings", unlike_id(one.id, other.id))
    if isinstance(known, Setting):
        return known
    return tx.make(Setting, id=unlike_id(one.id, other.id), value=value)


def forget_unlike(tx: Transaction, one_id: str, other_id: str) -> None:
    """Let two entities be proposed again that were judged not to be the same."""
    known = tx.document.find("settings", unlike_id(one_id, other_id))
    if isinstance(known, Setting):
        tx.remove(known)


def _go_over(tx: Transaction, kept: Entity, gone: Entity) -> list[tuple[str, Assessment]]:
    """Put what hangs on the second onto the first; return the judgements that found their place taken, with whence."""
    document, left = tx.document, []
    for link in document.links_of(gone.id):
        left += _link_over(tx, link, kept.id, gone.id)
    for card in document.cards_of(gone.id):
        if document.card_on(card.board_id, kept.id):
            tx.remove(card)
        else:
            tx.change(card, entity_id=kept.id)
    for attachment in document.attachments_of(gone.id):
        tx.change(attachment, entity_id=kept.id)
    left += [("", one) for one in _judgements_over(tx, gone.id, kept.id)]
    for comment in list(document.where("comments", "subject_id", gone.id)):
        if isinstance(comment, Comment):
            tx.change(comment, subject_id=kept.id)
    return left


def _link_over(tx: Transaction, link: Link, kept_id: str, gone_id: str) -> list[tuple[str, Assessment]]:
    ends = {name: kept_id if getattr(link, name) == gone_id else getattr(link, name) for name in ("from_id", "to_id")}
    other_id = link.to_id if link.from_id == gone_id else link.from_id
    if kept_id in (link.from_id, link.to_id) or (link.from_id == link.to_id and link_type(link.type).mutual):
        _set_aside(tx, link)
        return []
    moved = changed(link, **ends)
    if link.marking_reason:
        moved = changed(moved, marking="", marking_reason="")  # the reason was given for other ends
    pair_id = link_type(link.type).pair_id(moved.from_id, moved.to_id)
    if not pair_id or pair_id == link.id:
        if not tx.document.assessments_of(link.id) and _is_there(tx.document, moved):
            tx.remove(link)
        else:
            tx.put(moved)
        return []
    # The id of such a link says what it joins, so it cannot be kept.
    there = tx.document.find("links", pair_id)
    if isinstance(there, Link):
        higher = max((there, moved), key=lambda one: rank(effective(tx.document, one).word))
        marked = {"marking": higher.marking, "marking_reason": higher.marking_reason}
        tx.change(there, **joined_link(there, moved), **marked)
    else:
        tx.put(replace(moved, id=pair_id))
    taken = _judgements_over(tx, link.id, pair_id)
    tx.remove(link)
    other = tx.document.find("entities", other_id)
    return [(f"{link.type} {other.number if isinstance(other, Entity) else ''}", one) for one in taken]


def _is_there(document: Document, link: Link) -> bool:
    """Tell whether another link says the same between the same ends."""
    return any(changed(one, id=link.id) == link for one in document.links_from(link.from_id) if one.id != link.id)


def _set_aside(tx: Transaction, link: Link) -> None:
    for one in tx.document.assessments_of(link.id):
        tx.remove(one)
    tx.remove(link)


def _judgements_over(tx: Transaction, from_id: str, to_id: str) -> list[Assessment]:
    """Put judgements onto another subject; return those of analysts who judged that one too, differently."""
    left = []
    for one in tx.document.assessments_of(from_id):
        record_id = derived_id(to_id, one.field, one.author_id)
        there = tx.document.find("assessments", record_id)
        tx.remove(one)
        if not isinstance(there, Assessment):
            tx.put(replace(one, id=record_id, subject_id=to_id))
        elif (there.value, there.reason) != (one.value, one.reason):
            left.append(one)
    return left


def _name_instead(tx: Transaction, kept_id: str, gone_id: str) -> None:
    """Let what names the second name the first: the sources that something is known through, the claims it rests on."""
    for record in (*tx.document.table("entities").values(), *tx.document.table("links").values()):
        if not isinstance(record, Entity | Link) or not record.props or record.id == gone_id:
            continue
        model = (entity_type if isinstance(record, Entity) else link_type)(record.type).props
        for key, value in record.props.items():
            if isinstance(value, list) and gone_id in value and extra(model, key).get("refers_to"):
                named = dict.fromkeys(kept_id if one == gone_id else one for one in value)
                named.pop(record.id, None)
                tx.change(record, props={**record.props, key: list(named)})


def _keep_marking(tx: Transaction, kept_id: str, marked: str) -> None:
    """Let what was joined be marked as high as the higher of the two was."""
    made = tx.document.get(Entity, kept_id)
    if rank(effective(tx.document, made).word) < rank(marked):
        tx.change(made, marking=marked, marking_reason="")


def split(tx: Transaction, setting_id: str) -> Entity:
    """Give back the entity that was joined into another, with what came with it; return it.

    What was changed since stays where it was changed, and what is new stays with the one that was kept. Raises
    `InvalidValueError`, `NotFoundError`.
    """
    memory = tx.document.find("settings", setting_id)
    found = next(
        (one for several in joins(tx.document).values() for one in several if one.setting_id == setting_id), None
    )
    if memory is None or found is None:
        raise NotFoundError("What was joined here is no longer remembered; nothing was changed.")
    if tx.document.find("entities", found.kept_id) is None:
        raise InvalidValueError(
            f"What {found.number} was joined into is not in the file now; {_AGAINST}",
            "Where that was joined into another one itself, split that first; where it was removed, undo that.",
        )
    tx.remove(memory)
    give_back(tx, found)
    return tx.document.get(Entity, found.gone_id)
