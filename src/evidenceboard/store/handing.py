"""What gathering is handed of a document, in its order: tables as they are held, and the little that is records."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import Any, Final, cast

from evidenceboard.model.document import Document
from evidenceboard.model.giving_way import give_way
from evidenceboard.model.kept import Kept, KeptRows
from evidenceboard.model.records import Assessment, Attachment, Link
from evidenceboard.store.gathering import BETWEEN, REFS
from evidenceboard.store.packed import Packed, SoFar
from evidenceboard.store.searched_text import by_owner, owning_side, texts_of_attachment, texts_of_link

Handed = tuple[Any, ...]
"""The name of a method of `Gathering` and the values for it; they are such as `marshal` writes."""
_PARTS: Final = 16
"""Parts of a table that are handed over at a time."""
_TEXTS: Final = 200
"""Texts that are handed over at a time."""


def as_held(document: Document, table: str) -> Kept | None:
    """Return a table as it is held; None where it is held as records."""
    rows = document.table(table)
    return rows.kept if isinstance(rows, KeptRows) else None


def entities(kept: Kept, first: int = 0) -> Iterator[Handed]:
    """Yield entities from a part on."""
    making = cast(Packed, kept.made_by)
    for numbers in _spans(first, len(making), _PARTS):
        yield "entities", [making.as_held(number) for number in numbers]


def links(kept: Kept, first: int = 0) -> Iterator[Handed]:
    """Yield links that are held as columns, from a part on."""
    making = cast(Packed, kept.made_by)
    sides = [making.named(side) for side in REFS]
    for numbers in _spans(first, len(making), _PARTS):
        start, end = making.span(numbers[0])[0], making.span(numbers[-1])[1]
        parts = [making.as_held(number) for number in numbers]
        yield "links", parts, kept.ids[start:end], *(side[start:end].tobytes() for side in sides)


def coming(table: str, found: SoFar) -> Iterator[Handed]:
    """Yield the next entities or links of a table that is still being read."""
    give_way()
    yield (table, found.parts, found.ids, *map(found.refs.__getitem__, REFS)) if found.refs else (table, found.parts)


def rest(base: Document) -> Iterator[Handed]:
    """Yield all that is neither. Entities of `base` are held as columns."""
    owners = cast(KeptRows, base.table("entities")).kept
    if as_held(base, "links") is None:
        yield from _in_turn("known_links", _known_links(base, owners))
    yield from _in_turn("reasons", _reasons(base, owners))
    yield from _in_turn("files", _files(base, owners))


def _spans(begin: int, end: int, together: int) -> Iterator[range]:
    for first in range(begin, end, together):
        give_way()
        yield range(first, min(first + together, end))


def _in_turn(name: str, values: Iterable[Any]) -> Iterator[Handed]:
    found = list(values)
    for numbers in _spans(0, len(found), _TEXTS):
        yield name, found[numbers.start : numbers.stop]


def _known_links(base: Document, owners: Kept) -> Iterator[tuple[int, str, str]]:
    for link in cast("Iterable[Link]", base.table("links").values()):
        said = texts_of_link(link.type, link.notes, link.marking_reason, link.tags, link.props)
        said += (one.reason for one in sorted(base.assessments_of(link.id), key=lambda record: record.id))
        if any(said):
            yield owners.place(getattr(link, owning_side(link.type))), link.id, BETWEEN.join(filter(None, said))


def _reasons(base: Document, owners: Kept) -> Iterator[tuple[int, str, str]]:
    """Yield the number of what is judged, entities before links, the id of the judgement, and its reason."""
    kept = as_held(base, "assessments")
    if kept is None:
        links = as_held(base, "links")
        for one in cast("Iterable[Assessment]", base.table("assessments").values()):
            if one.reason:
                number = owners.place(one.subject_id)
                if number < 0 and links is not None:
                    number = len(owners) + links.place(one.subject_id)
                # The reasons of links that are held as records are in their texts.
                if number >= 0:
                    yield number, one.id, one.reason
        return
    making = cast(Packed, kept.made_by)
    numbers: array[int] = making.named("subject_id")
    for part in range(len(making)):
        give_way()
        (reasons,) = making.raw(part, ("reason",))
        for place, reason in enumerate(reasons, making.span(part)[0]) if any(reasons) else ():
            if reason:
                yield numbers[place], kept.ids[place], reason


def _files(base: Document, owners: Kept) -> Iterator[tuple[int, str]]:
    """Yield the place of an entity and a text: those of attachments, then those of comments."""
    found = cast("list[Attachment]", list(base.table("attachments").values()))
    for one in sorted(found, key=lambda record: record.id):
        yield from ((owners.place(one.entity_id), text) for text in texts_of_attachment(one) if text)
    for owner, comments in by_owner(base).items():
        said = sorted(comments, key=lambda record: record.id)
        yield from ((owners.place(owner), comment.text) for comment in said)
