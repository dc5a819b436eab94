"""Names that are replaced by an alias wherever they stand, and where one of what stays behind is still said."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from evidenceboard.formats.byte_search import Search, Step, is_long, stepping, words_of
from evidenceboard.formats.outgoing import texts
from evidenceboard.model.document import Document
from evidenceboard.model.numbers import natural
from evidenceboard.model.records import Entity, Record, as_row
from evidenceboard.model.types import entity_type
from evidenceboard.sharing.choice import Still
from evidenceboard.sharing.likely import Likely

_PERSON: Final = "person"
NAMED: Final = ("actor", "source", "place")
"""Types whose title is a name; that of a claim is a sentence."""


def names_of(entity: Entity) -> list[str]:
    """Return every name by which an entity is known, the longest first."""
    aliases = entity.props.get("aliases")
    known = [entity.title, *(one for one in aliases if isinstance(one, str))] if isinstance(aliases, list) else [
        entity.title
    ]  # fmt: skip
    return sorted({" ".join(one.split()) for one in known if one.strip()}, key=lambda one: (-len(one), one))


class Replacing:
    """Replace names in texts: as whole words, in any case, whatever space is between them."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """`names`: what each of them becomes."""
        self._become = {_folded(name): alias for name, alias in names.items()}
        self._any = Likely(sorted(names, key=len, reverse=True))

    def __bool__(self) -> bool:
        return bool(self._any)

    def text(self, text: str) -> str:
        """Return a text with every name replaced."""
        if not self._any or not text:
            return text
        whole = unicodedata.normalize("NFC", text)
        parts: list[str] = []
        end = 0
        for name, hit in self._any.matches(whole):
            parts += (whole[end : hit.start()], self._become[_folded(name)])
            end = hit.end()
        made = "".join((*parts, whole[end:]))
        return made if made != whole else text

    def value(self, value: Any) -> Any:
        """Return a value of JSON with every name in its texts replaced."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, (list, tuple)):
            return type(value)(self.value(one) for one in value)
        if isinstance(value, dict):
            return {key: self.value(one) for key, one in value.items()}
        return value


def replacing(document: Document, aliases: Mapping[str, str]) -> Replacing:
    """Return what replaces all names of the entities that get an alias."""
    names: dict[str, str] = {}
    for entity_id, alias in aliases.items():
        entity = document.find("entities", entity_id)
        if isinstance(entity, Entity) and alias.strip():
            names |= {unicodedata.normalize("NFC", name): alias.strip() for name in names_of(entity)}
    return Replacing(names)


def numbered(document: Document, type_id: str) -> dict[str, str]:
    """Return an alias for each entity of a type, such as “Source 7”, by id: counted anew, in the order of numbers."""
    found = sorted(
        (one for one in document.entities if one.type == type_id), key=lambda one: (natural(one.number), one.id)
    )
    return {one.id: f"{entity_type(type_id).word} {place}" for place, one in enumerate(found, 1)}


def _folded(name: str) -> str:
    return " ".join(name.lower().casefold().split())


def still_said(
    document: Document,
    staying: Iterable[Entity],
    renamed: Iterable[Entity],
    records: Iterable[tuple[Record, Record]],
    step: Step = lambda: None,
) -> list[Still]:
    """Return where records that go along still say a name of something that stays behind, or that got an alias.

    `records`: each as it is in the file, and as it is in the copy. Of what got an alias also a part of its name counts,
    such as a family name alone; the alias itself does not.
    """
    wanted: dict[str, str] = {}
    for entity in staying:
        if entity.type in NAMED:
            wanted |= {name: entity.id for name in names_of(entity) if is_long(name)}
    for entity in renamed:
        wanted |= {name: entity.id for name in _parts_of(entity) if is_long(name)}
    said = [(was, key, text) for was, made in records for key, text in _fields(made)] if wanted else []
    there = Search(wanted, step).found(["\n".join(text for _, _, text in said).encode("utf-8", "replace")])
    names = Likely(there)
    told = [
        Still(place_of(was, document), key, wanted[name], name)
        for was, key, text in stepping(said, step)
        for name in names.in_text(text)
    ]
    whole = {name for entity in renamed for name in names_of(entity)}
    return sorted(told, key=lambda one: (one.name not in whole, one.name))


def _parts_of(entity: Entity) -> Iterator[str]:
    """Yield the names of an entity, and of a person the parts of its names, such as a family name."""
    for name in names_of(entity):
        yield name
        if entity.type == "actor" and str(entity.props.get("kind") or _PERSON).strip().lower() == _PERSON:
            yield from (word for word in words_of(name) if not word.islower())


def _fields(record: Record) -> Iterator[tuple[str, str]]:
    for key, value in as_row(record).items():
        if key == "props":
            for name, one in value.items():
                yield from ((name, text) for text in texts(one))
        elif key != "id" and not key.endswith("_id") and key not in ("sha256", "type"):
            yield from ((key, text) for text in texts(value) if text)


def place_of(record: Record, document: Document) -> str:
    """Return what a record is called in a list: its number, or the numbers that it joins, or its kind."""
    if isinstance(record, Entity):
        return record.number
    joined = [getattr(record, name, "") for name in ("from_id", "to_id", "entity_id", "subject_id")]
    numbers = [one.number for end in joined if isinstance(one := document.find("entities", end), Entity)]
    return " – ".join(numbers) or type(record).__name__.lower()
