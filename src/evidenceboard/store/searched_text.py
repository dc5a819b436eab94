"""What search reads of an entity: its own text, and that of links, files, reasons and comments under it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, Final

from evidenceboard.model.changes import Operation
from evidenceboard.model.comments import comments_on
from evidenceboard.model.document import Document
from evidenceboard.model.entity_type import Props, extra
from evidenceboard.model.link_types import BY_ID, link_type
from evidenceboard.model.records import Assessment, Attachment, Comment, Entity, Link
from evidenceboard.model.types import entity_type

Under = Link | Assessment | Attachment | Comment
"""What can stand under an entity with text of its own."""
READS: Final = frozenset({"entities", "links", "assessments", "attachments", "comments"})
"""The tables that texts are read from."""


@lru_cache(maxsize=256)
def owning_side(type_id: str) -> str:
    """Return which end a link's text is found under, as a column: that of the claim, else that where it starts."""
    known = BY_ID.get(type_id)
    into_a_claim = known is not None and all(end == "claim" != start for start, end in known.ends)
    return "to_id" if into_a_claim else "from_id"


def under(document: Document, entity: Entity) -> tuple[Under, ...]:
    """Return what stands under an entity with text of its own, in an order that does not hang on what was done."""
    owned = [link for link in document.links_from(entity.id) if owning_side(link.type) == "from_id"]
    owned += [link for link in document.links_into(entity.id) if owning_side(link.type) == "to_id"]
    subjects = [entity.id, *(link.id for link in owned)]
    reasons = {subject: [one for one in document.assessments_of(subject) if one.reason] for subject in subjects}
    below = (entity, owned, reasons, document.attachments_of(entity.id))
    return _ordered(*below, [one for subject in subjects for one in comments_on(document, subject)])


class Gathered:
    """What stands under every entity of a document, gathered table by table: for reading all of them at once.

    It is of one moment; what an operation touches later is read by `under`.
    """

    def __init__(self) -> None:
        self._links: dict[str, list[Link]] = {}
        self._reasons: dict[str, list[Assessment]] = {}
        self._attachments: dict[str, list[Attachment]] = {}
        self._comments: dict[str, list[Comment]] = {}

    def gathering(self, document: Document) -> Iterator[None]:
        """Look through the document, some records at a time."""
        for judged in document.parts("assessments"):
            for one in judged:
                if isinstance(one, Assessment) and one.reason:
                    self._reasons.setdefault(one.subject_id, []).append(one)
            yield
        sides = {kind: owning_side(kind) == "to_id" for kind in BY_ID}
        for links in document.parts("links"):
            for link in links:
                if isinstance(link, Link) and (_has_text(link) or link.id in self._reasons):
                    into = sides[link.type] if link.type in sides else owning_side(link.type) == "to_id"
                    self._links.setdefault(link.to_id if into else link.from_id, []).append(link)
            yield
        for record in document.table("attachments").values():
            if isinstance(record, Attachment):
                self._attachments.setdefault(record.entity_id, []).append(record)
        for owner, said in by_owner(document).items():
            self._comments[owner] = said

    def under(self, entity: Entity) -> tuple[Under, ...]:
        """Return what stands under an entity with text of its own; it is asked for once."""
        owned, attachments = self._links.pop(entity.id, ()), self._attachments.pop(entity.id, ())
        comments = self._comments.pop(entity.id, ())
        if not owned and not attachments and not comments and entity.id not in self._reasons:
            return ()
        return _ordered(entity, owned, self._reasons, attachments, comments)


def by_owner(document: Document) -> dict[str, list[Comment]]:
    """Return the comments on entities, and on the links whose text is found under them, by these entities."""
    made: dict[str, list[Comment]] = {}
    for one in document.table("comments").values():
        link = document.find("links", one.subject_id) if isinstance(one, Comment) else None
        if isinstance(one, Comment):
            owner = getattr(link, owning_side(link.type)) if isinstance(link, Link) else one.subject_id
            made.setdefault(owner, []).append(one)
    return made


def touched(operation: Operation, document: Document) -> set[str]:
    """Return the ids of the entities whose texts an operation may have changed."""
    # An edit holds only what differs, so what a link joins is put together from its changes and what it is now.
    ids = operation.ids("entities")
    links: dict[str, dict[str, set[Any]]] = {}
    for change in operation.changes:
        for values in (change.before or {}, change.after or {}):
            if change.table == "links" and change.record_id:
                seen = links.setdefault(change.record_id, {})
                for name in ("type", "from_id", "to_id"):
                    seen.setdefault(name, set()).update({values[name]} if name in values else ())
            elif change.table in ("attachments", "assessments", "comments"):
                ids |= {values[name] for name in ("entity_id", "subject_id") if name in values}
    for table, name in (("attachments", "entity_id"), ("assessments", "subject_id"), ("comments", "subject_id")):
        ids |= {getattr(document.find(table, record_id), name, "") for record_id in operation.ids(table)}
    links = {one: {} for one in ids if isinstance(document.find("links", one), Link)} | links
    for link_id, seen in links.items():
        now = document.find("links", link_id)
        kinds = {*seen.get("type", ()), getattr(now, "type", None)} - {None}
        for side in {owning_side(kind) for kind in kinds}:
            ids |= {*seen.get(side, ()), getattr(now, side, "")}
    return ids - {""}


def _ordered(
    entity: Entity,
    owned: Collection[Link],
    reasons: Mapping[str, Collection[Assessment]],
    attachments: Collection[Attachment],
    comments: Collection[Comment],
) -> tuple[Under, ...]:
    made: list[Under] = [*sorted(reasons.get(entity.id, ()), key=_id)]
    for link in sorted(owned, key=_id) if len(owned) > 1 else owned:
        if _has_text(link):
            made.append(link)
        if found := reasons.get(link.id):
            made += sorted(found, key=_id)
    return (*made, *sorted(attachments, key=_id), *sorted(comments, key=_id))


def _id(record: Under) -> str:
    return record.id


def _has_text(link: Link) -> bool:
    return bool(link.props or link.notes or link.tags or link.marking_reason)


def texts(entity: Entity, below: Collection[Under]) -> list[str]:
    """Return the texts found under an entity, beside its number and title."""
    said = texts_of_entity(entity.type, entity.notes, entity.marking_reason, entity.tags, entity.props)
    for record in below:
        if isinstance(record, Link):
            said += texts_of_link(record.type, record.notes, record.marking_reason, record.tags, record.props)
        elif isinstance(record, Assessment):
            said.append(record.reason)
        elif isinstance(record, Comment):
            said.append(record.text)
        else:
            said += texts_of_attachment(record)
    return [text for text in said if text]


def texts_of_entity(type_id: str, notes: str, reason: str, tags: Collection[str], props: dict[str, Any]) -> list[str]:
    """Return the texts of an entity itself; some may be empty."""
    said = [notes, reason, *tags]
    if props:
        _add_props(said, entity_type(type_id).props, props)
    return said


def texts_of_link(type_id: str, notes: str, reason: str, tags: Collection[str], props: dict[str, Any]) -> list[str]:
    """Return the texts of a link; some may be empty."""
    said = [notes, reason, *tags]
    if props:
        _add_props(said, link_type(type_id).props, props)
    return said


def texts_of_attachment(record: Attachment) -> list[str]:
    """Return the texts of an attachment; some may be empty."""
    return [record.name, record.notes, record.url, record.marking_reason]


def _add_props(said: list[str], model: type[Props], props: dict[str, Any]) -> None:
    """Add every text of properties, those of foreign programs included; ids of other entities are no text."""
    ids = _ids(model)
    for key, value in props.items():
        if key in ids:
            continue
        if type(value) is str:
            said.append(value)
        else:
            said.extend(_strings(value))


@cache
def _ids(model: type[Props]) -> frozenset[str]:
    """Return which properties of a type hold ids."""
    return frozenset(key for key in model.model_fields if extra(model, key).get("refers_to"))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)
