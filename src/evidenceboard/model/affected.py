"""Which entities may say something else after an operation: also far away, as a claim behind a chain of sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from evidenceboard.model.changes import Change, Operation
from evidenceboard.model.records import Assessment, Attachment, Link

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

_SILENT: Final = frozenset({"boards", "frames", "snapshots"})
"""Tables that nothing is computed from."""
MOST: Final = 2000
"""Changes, or entities, from which on it is quicker to look at all of them."""


def affected(document: Document, operation: Operation) -> set[str] | None:
    """Return the ids of the entities whose grade, standing, origins or marking may be another; None: any of them.

    What is named is more than what has changed: the sources that lead to a touched one, all that they state, and what
    is linked with a touched claim.
    """
    if len(operation.changes) > MOST:
        return None
    found: set[str] = set()
    for change in operation.changes:
        if change.table == "settings":
            return None
        if change.table == "cards":
            found.update(_carded(document, change))
        elif change.table not in _SILENT:
            found.update(_touched(document, change))
    return _onward(document, found)


def _carded(document: Document, change: Change) -> Iterable[str]:
    """Return the entity whose card was made or came back; where a card lies says nothing."""
    if change.before is None and not change.is_shift and change.after:
        return (str(change.after.get("entity_id", "")),)
    return ()


def _touched(document: Document, change: Change) -> Iterable[str]:
    """Return the entities that a change is about: an entity, the ends of a link, or what is judged."""
    record_id = change.ids()[0]
    if change.table == "entities":
        return (record_id,)
    rows = [row for row in (change.before, change.after) if row]
    if change.table == "links":
        return (*_ends(document, record_id), *(str(row[end]) for row in rows for end in _ENDS if end in row))
    if change.table == "assessments":
        known = document.find("assessments", record_id)
        subjects = {str(row["subject_id"]) for row in rows if "subject_id" in row}
        subjects |= {known.subject_id} if isinstance(known, Assessment) else set()
        return {*subjects, *(end for subject in subjects for end in _ends(document, subject))}
    if change.table == "attachments":
        held = document.find("attachments", record_id)
        owners = {str(row["entity_id"]) for row in rows if "entity_id" in row}
        return owners | ({held.entity_id} if isinstance(held, Attachment) else set())
    return ()


_ENDS: Final = ("from_id", "to_id")


def _ends(document: Document, link_id: str) -> tuple[str, ...]:
    link = document.find("links", link_id)
    return (link.from_id, link.to_id) if isinstance(link, Link) else ()


def _onward(document: Document, touched: set[str]) -> set[str] | None:
    """Return entities with all that hangs on them: sources upward through whoever cites them, then what these state."""
    sources = set(touched)
    waiting = list(touched)
    while waiting:
        for link in document.links_into(waiting.pop()):
            if link.type == "cites" and link.from_id not in sources:
                sources.add(link.from_id)
                waiting.append(link.from_id)
        if len(sources) > MOST:
            return None
    claims = {
        link.to_id for source in sources for link in document.links_from(source) if link.type in ("states", "denies")
    }
    near = claims | touched
    if len(near) > MOST:
        return None
    beside = {
        end
        for entity_id in near
        for link in document.links_of(entity_id)
        if link.type == "contradicts"
        for end in (link.from_id, link.to_id)
    }
    return sources | near | beside
