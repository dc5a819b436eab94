"""Filters by what a card is and bears: type, number, tag, and what it has at all."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from evidenceboard.model.comments import open_on
from evidenceboard.model.filters.filter import FilterKind, Read, begun, either
from evidenceboard.model.records import Entity
from evidenceboard.model.reports import best_pair
from evidenceboard.model.types import BY_ID, TYPES, entity_type

if TYPE_CHECKING:
    from evidenceboard.model.document import Document


def _type(values: list[str], document: Document) -> Read:
    wanted: list[str] = []
    for value in values:
        word = value.casefold()
        names = {kind.id: (kind.id, kind.word.casefold(), kind.plural.casefold()) for kind in TYPES}
        found = [type_id for type_id, words in names.items() if word in words]
        found = found or [type_id for type_id, words in names.items() if any(one.startswith(word) for one in words)]
        # A type of another version or program, under its own name.
        found = found or [value for _ in range(document.count("entities", "type", value) > 0)]
        if not found:
            raise ValueError("is no type")
        wanted += found
    said = either([entity_type(type_id).plural.lower() for type_id in wanted])
    types = frozenset(wanted)
    return Read(said, lambda entity: entity.type in types)


def _number(values: list[str], document: Document) -> Read:
    wanted = frozenset(value.casefold() for value in values)
    for value in values:
        entity_of(value, document)
    return Read(either([value.upper() for value in values]), lambda entity: entity.number.casefold() in wanted)


def entity_of(value: str, document: Document) -> Entity:
    """Return the entity of a number, in any case. Raises `ValueError`."""
    for spelled in (value, value.upper(), value[:1].upper() + value[1:].lower()):
        found = next(document.where("entities", "number", spelled), None)
        if isinstance(found, Entity):
            return found
    raise ValueError("is no number in this file")


def _tag(values: list[str], document: Document) -> Read:
    wanted = frozenset(map(_folded, values))
    return Read(
        f"tagged {either([f'“{value}”' for value in values])}",
        lambda entity: bool(entity.tags) and any(_folded(tag) in wanted for tag in entity.tags),
    )


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().strip()


_Having = Callable[["Document", Entity], bool]


def _quoting(document: Document, entity: Entity) -> bool:
    links = document.links_into(entity.id) if entity.type == "claim" else document.links_from(entity.id)
    return any(link.type in ("states", "denies") and str(link.props.get("quote") or "").strip() for link in links)


def _graded(document: Document, entity: Entity) -> bool:
    if entity.type == "claim":
        return bool(best_pair(document, entity.id))
    return bool(document.judged(entity.id, "reliability"))


def _talked(document: Document, entity: Entity) -> bool:
    subjects = (entity.id, *(link.id for link in document.each_link_of(entity.id)))
    return any(document.count("comments", "subject_id", one) for one in subjects)


def _talking(document: Document, entity: Entity) -> bool:
    subjects = (entity.id, *(link.id for link in document.each_link_of(entity.id)))
    return any(open_on(document, one) for one in subjects)


_HAVING: Final[dict[str, _Having]] = {
    "notes": lambda document, entity: bool(entity.notes.strip()),
    "attachments": lambda document, entity: document.count("attachments", "entity_id", entity.id) > 0,
    "quotes": _quoting,
    "tags": lambda document, entity: bool(entity.tags),
    "cards": lambda document, entity: document.count("cards", "entity_id", entity.id) > 0,
    "links": lambda document, entity: bool(document.links_of(entity.id)),
    "dates": lambda document, entity: bool(date_text(entity)),
    "grades": _graded,
    "likelihoods": lambda document, entity: bool(document.judged(entity.id, "likelihood")),
    "confidences": lambda document, entity: bool(document.judged(entity.id, "confidence")),
    "markings": lambda document, entity: bool(entity.marking),
    "comments": _talked,
    "open-comments": _talking,
}
_ONE_OF: Final = {"notes": "notes"} | {
    word: f"a {word[:-1]}" for word in _HAVING if word not in ("notes", "attachments")
}
_ONE_OF.update({"attachments": "an attachment", "open-comments": "an open comment"})


def date_text(entity: Entity) -> str:
    """Return when an entity happened or a source was published, as the file has it; "" where that is not known."""
    return str(entity.props.get("published" if entity.type == "source" else "happened") or "").strip()


def _has(values: list[str], document: Document) -> Read:
    wanted = [word for value in values for word in _having(value)]
    tests = [_HAVING[word] for word in wanted]
    said = either([_ONE_OF[word] for word in wanted])
    return Read(f"with {said}", lambda entity: any(test(document, entity) for test in tests))


def _having(value: str) -> list[str]:
    found = begun(value, _HAVING)
    if not found:
        raise ValueError("is nothing that a card may have")
    return found


KINDS: Final = (
    FilterKind(
        "type", f"Types are {', '.join(BY_ID)}.", _type, 0, tuple(BY_ID), "what it is",
    ),
    FilterKind("number", "It takes numbers such as C12 or S4.", _number, 0, (), "its number"),
    FilterKind("tag", "It takes a tag, one with gaps “in quotation marks”.", _tag, 1, (), "a tag it bears"),
    FilterKind(
        "has", f"It takes {either(list(_HAVING))}.", _has, 4, tuple(_HAVING), "what it has at all",
    ),
)  # fmt: skip
