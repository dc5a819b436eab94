"""Names that look like others: scripts mixed in one word, signs that nobody sees, two titles alike to the eye."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from evidenceboard.model.giving_back import let_go
from evidenceboard.model.lookalikes import mixed, skeleton
from evidenceboard.model.marks import marked
from evidenceboard.model.records import Entity
from evidenceboard.model.types import entity_type

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

_STEP: Final = 64


def suspect(entity: Entity) -> str:
    """Return in words why the title of an entity may not be what it looks like, or ""."""
    if entity.title.isascii() and entity.title.isprintable():
        return ""
    found = mixed(entity.title)
    if found:
        return f"{found}: it may be another name than it looks like."
    shown = " ".join(entity.title.split())
    # A sentence is no name that could be taken for another; what is hidden in it is marked, and that is enough.
    if not entity_type(entity.type).title_is_sentence and marked(shown) != shown:
        return "Its title holds signs that nobody sees, shown here by marks in ‹ ›."
    return ""


def suspects(document: Document) -> Iterator[tuple[Entity, str] | None]:
    """Yield entities whose title is suspect or looks like another's, with why; None ends a step."""
    strange: dict[tuple[str, str], Entity] = {}
    try:
        for place, record in enumerate(document.table("entities").values(), 1):
            if isinstance(record, Entity):
                if not record.title.isascii():
                    strange.setdefault((record.type, skeleton(record.title)), record)
                if why := suspect(record):
                    yield record, why
            if place % _STEP == 0:
                yield None
        yield from _twins(document, strange)
    finally:
        let_go(strange)


def _twins(document: Document, strange: dict[tuple[str, str], Entity]) -> Iterator[tuple[Entity, str] | None]:
    if not strange:
        return
    for place, record in enumerate(document.table("entities").values(), 1):
        if isinstance(record, Entity):
            twin = strange.get((record.type, skeleton(record.title)))
            if twin is not None and twin.id != record.id and _read(twin.title) != _read(record.title):
                yield record, f"Its title looks like that of {twin.number} and is written in other letters."
        if place % _STEP == 0:
            yield None


def _read(title: str) -> str:
    return " ".join(title.casefold().split())
