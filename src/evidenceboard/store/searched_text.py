"""What search reads of an entity: its own text, and that of the links, files and reasons that stand under it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from evidenceboard.model.document import Document
from evidenceboard.model.entity_type import Props, extra
from evidenceboard.model.link_types import BY_ID, link_type
from evidenceboard.model.records import Assessment, Attachment, Entity, Link
from evidenceboard.model.types import entity_type


@lru_cache(maxsize=256)
def owning_side(type_id: str) -> str:
    """Return which end a link's text is found under, as a column: that of the claim, else that where it starts."""
    known = BY_ID.get(type_id)
    into_a_claim = known is not None and all(end == "claim" != start for start, end in known.ends)
    return "to_id" if into_a_claim else "from_id"


def texts(document: Document, entity: Entity) -> Iterator[str]:
    """Yield the texts found under an entity, beside its number and title."""
    yield from (entity.notes, entity.marking_reason, *entity.tags)
    yield from _in_props(entity_type(entity.type).props, entity.props)
    yield from _reasons(document, entity.id)
    owned = [link for link in document.links_from(entity.id) if owning_side(link.type) == "from_id"]
    owned += [link for link in document.links_into(entity.id) if owning_side(link.type) == "to_id"]
    # In an order that does not depend on what was done in between.
    for link in sorted(owned, key=_id) if len(owned) > 1 else owned:
        yield from (link.notes, link.marking_reason, *link.tags)
        yield from _in_props(link_type(link.type).props, link.props)
        yield from _reasons(document, link.id)
    for attachment in sorted(document.attachments_of(entity.id), key=_id):
        yield from (attachment.name, attachment.notes, attachment.url, attachment.marking_reason)


def _id(record: Link | Attachment | Assessment) -> str:
    return record.id


def _reasons(document: Document, subject_id: str) -> Iterator[str]:
    for assessment in sorted(document.assessments_of(subject_id), key=_id):
        yield assessment.reason


def _in_props(model: type[Props], props: dict[str, Any]) -> Iterator[str]:
    """Yield every text of properties, those of foreign programs included; ids of other entities are no text."""
    for key, value in props.items():
        if not _refers(model, key):
            yield from _strings(value)


@lru_cache(maxsize=512)
def _refers(model: type[Props], key: str) -> bool:
    return bool(extra(model, key).get("refers_to"))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)
