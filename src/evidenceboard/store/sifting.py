"""Answering a query: words from the full-text index, filters from the document, a little at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from evidenceboard.model.document import Document
from evidenceboard.model.query import Query
from evidenceboard.model.records import Entity
from evidenceboard.store.index import Index

_AT_ONCE: Final = 200
"""Excluded entities that are read without a rest."""


def sifted(index: Index, document: Document, query: Query) -> Iterator[str | None]:
    """Yield the ids of what fits, best first, and None after each step that found nothing.

    So who asks may rest after each, and stop where there is enough. An empty query finds nothing.
    """
    if not query:
        return
    without: set[str] = set()
    for word in query.without:
        for place, found in enumerate(index.matching(word)):
            without.add(found)
            if place % _AT_ONCE == 0:
                yield None
    candidates: Iterable[str] = index.ordered(query.words) if query.words else index.everyone()
    for entity_id in candidates:
        entity = document.find("entities", entity_id)
        fits = isinstance(entity, Entity) and entity_id not in without and query.fits(entity)
        yield entity_id if fits else None


def first(index: Index, document: Document, query: Query, limit: int) -> list[str]:
    """Return the ids of the first that fit, best first."""
    made: list[str] = []
    for found in sifted(index, document, query) if limit > 0 else ():
        if found is not None:
            made.append(found)
            if len(made) == limit:
                break
    return made
