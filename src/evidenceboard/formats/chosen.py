"""What goes out: the records that a marking allows, and how many stay behind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import cast

from evidenceboard.model.deception import first_of
from evidenceboard.model.document import Document
from evidenceboard.model.entity_type import extra
from evidenceboard.model.joins import PREFIX as JOINED
from evidenceboard.model.link_types import link_type
from evidenceboard.model.markings import Marked, allowed, effective, of_file
from evidenceboard.model.records import Assessment, Attachment, Comment, Entity, Link, Record, Setting
from evidenceboard.model.saved_searches import PREFIX
from evidenceboard.model.types import entity_type


def chosen(document: Document, at_most: str) -> tuple[Document, int]:
    """Return a document of the records that may go out at a marking, and the number of those that may not.

    What counts is the marking that a thing has or inherits; a card goes with its entity, a link with both its ends.
    """
    if not at_most:
        return document, 0

    def may(record: Marked) -> bool:
        return allowed(effective(document, record).word, at_most)

    entities = {entity.id: entity for entity in document.entities if may(entity)}
    for twin in [one for one in entities.values() if (first := first_of(document, one)) and first.id not in entities]:
        del entities[twin.id]  # without the row it reads as deception it would count as one of its own
    links = {
        link.id: link for link in document.links if link.from_id in entities and link.to_id in entities and may(link)
    }
    boards = {board.id: board for board in document.boards if may(board)}
    frames = {frame.id: frame for frame in document.frames if frame.board_id in boards}
    kept: list[Record] = [*boards.values(), *frames.values()]
    kept += [_without(entity, entities) for entity in entities.values()]
    kept += [card for card in document.cards if card.board_id in boards and card.entity_id in entities]
    kept += [_without(link, entities) for link in links.values()]
    for record in document.table("assessments").values():
        if cast(Assessment, record).subject_id in entities or cast(Assessment, record).subject_id in links:
            kept.append(record)
    attached = cast("list[Attachment]", list(document.table("attachments").values()))
    kept += [one for one in attached if one.entity_id in entities and may(one)]
    going = {record.id for record in kept}
    kept += [one for one in document.table("comments").values() if cast(Comment, one).subject_id in going]
    withheld = _count(document, kept)
    there = {record.id for record in kept}
    # That something is undecided goes along, so that no page says one value silently; what others say stays behind.
    kept += [replace(one, candidates={}) for one in document.conflicts if one.record_id in there]
    if allowed(of_file(document), at_most):
        choices = [cast(Setting, setting) for setting in document.table("settings").values()]
        kept += [*(setting for setting in choices if _subject(setting) in {None, *there}), *document.snapshots]
    else:
        # The title and all other choices are the file's, so they stay behind with it.
        kept.append(Setting("marking", at_most))
        withheld += "title" in document.table("settings")
    return Document(kept), withheld


def _without(record: Entity | Link, entities: dict[str, Entity]) -> Record:
    """Return an entity or link that names no entity that stays behind."""
    model = (link_type if isinstance(record, Link) else entity_type)(record.type).props
    props = dict(record.props)
    for key, value in record.props.items():
        if extra(model, key).get("refers_to") and isinstance(value, list):
            props[key] = [one for one in value if one in entities]
    return replace(record, props=props) if props != record.props else record


def _subject(setting: Setting) -> str | None:
    """Return the id of the one thing that a choice speaks of, such as why a finding on it is silenced, or None."""
    if setting.id.startswith((PREFIX, JOINED)):
        return setting.id  # the words of a saved search, and what was joined, may be anything: it stays behind
    return str(setting.value.get("subject")) if isinstance(setting.value, dict) and "subject" in setting.value else None


def _count(document: Document, kept: Iterable[Record]) -> int:
    counted = ("boards", "entities", "frames", "cards", "links", "assessments", "attachments", "comments")
    return sum(len(document.table(table)) for table in counted) - len(list(kept))


def left_out(document: Document) -> list[str]:
    """Say how many comments a format without them leaves behind: they are for those who work on the file."""
    count = len(document.table("comments"))
    return [f"{count:,} comment{'' if count == 1 else 's'} of the analysts"] if count else []
