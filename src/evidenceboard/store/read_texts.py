"""What is searched of entities as they were read: gathered from columns, and told again when it has to be forgotten."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import Final, cast

import numpy as np

from evidenceboard.model.document import Document
from evidenceboard.model.giving_back import give_back
from evidenceboard.model.giving_way import give_way, giving_way
from evidenceboard.model.kept import Kept, KeptRows
from evidenceboard.model.link_types import BY_ID
from evidenceboard.model.records import Assessment, Attachment, Comment, Entity, Link
from evidenceboard.store.packed import Packed, read_again
from evidenceboard.store.search_words import insides, nfc
from evidenceboard.store.searched_text import (
    Under,
    by_owner,
    owning_side,
    texts_of_attachment,
    texts_of_entity,
    texts_of_link,
    under,
)

TABLES: Final = ("entities", "links", "assessments", "attachments", "comments")
"""The tables whose texts are searched."""
BETWEEN: Final = "\x1f"
"""Stands between two texts."""
_TOGETHER: Final = 400
"""Entities that are put into the index at a time: some 10 ms of work."""
_FEW: Final = 20
"""Rows that become text in one go: a tenth of a millisecond."""
_MANY: Final = 200
"""Rows that are only looked at in one go, in as long."""
_AT_ONCE: Final = 5000
"""Entities that are gathered together at least; and the most times that this is done, as each is laid down apart."""
_TIMES: Final = 50
_WORDS: Final = ("type", "notes", "marking_reason", "tags", "props")
_NONE: Final = -1
Row = tuple[int, str, str, str, str]
"""A row of the index: its id, number, title, body and the insides of words."""
Rows = Callable[[int, str, str, str], Row]
"""Makes a row of its id, number, title and body."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Entities that are put into the index together: their places, and their rows as JSON."""

    places: array[int]
    rows: str


class ReadTexts:
    """Know which entities stand in the index as they were read, each at the row of its number."""

    def __init__(self, base: Document) -> None:
        """`base` stays as it is; its entities are held in little room."""
        self._base = base
        self._kept: Kept = cast(KeptRows, base.table("entities")).kept
        self._making = cast(Packed, self._kept.made_by)
        self._row_at = array("q", [])
        self._sorted = array("q", [])
        self._places = array("i", [])
        self._there = bytearray(len(self._kept))
        self.renewed: set[str] = set()
        """Ids of entities that were read anew, so that what was read at first does not count."""

    # -- what stands where -------------------------------------------------------------------------------------

    def row(self, entity_id: str) -> int | None:
        """Return the row at which an entity stands as it was read; None where it does not."""
        place = self._kept.place(entity_id)
        return self._row_at[place] if place >= 0 and self._there[place] else None

    def is_taken(self, row: int) -> bool:
        """Return whether a row belongs to an entity as it was read, there or not."""
        at = bisect_left(self._sorted, row)
        return at < len(self._sorted) and self._sorted[at] == row

    def id(self, row: int) -> str | None:
        """Return the id of the entity that stands at a row; None where none does."""
        place = self._place(row)
        return None if place == _NONE else self._kept.ids[place]

    def of(self, row: int) -> tuple[Entity, tuple[Under, ...]]:
        """Return the entity of a row, and what stands under it."""
        entity = cast(Entity, self._kept[self._place(row)])
        return entity, under(self._base, entity)

    def everyone(self) -> list[int]:
        """Return all rows, in their order."""
        return [row for row, place in zip(self._sorted, self._places, strict=True) if self._there[place]]

    def _place(self, row: int) -> int:
        at = bisect_left(self._sorted, row)
        if at == len(self._sorted) or self._sorted[at] != row or not self._there[self._places[at]]:
            return _NONE
        return self._places[at]

    def note(self, chunk: Chunk) -> Chunk:
        """Return what of a chunk is to be put in, and take note that it stands there."""
        ids = self._kept.ids
        if self.renewed and not self.renewed.isdisjoint(ids[place] for place in chunk.places):
            rows = zip(chunk.places, json.loads(chunk.rows), strict=True)
            chunk = _chunk([(place, row) for place, row in rows if ids[place] not in self.renewed])
        for place in chunk.places:
            self._there[place] = 1
        return chunk

    def forget(self, entity_id: str) -> None:
        """Take note that an entity is no longer there as it was read, or never will be."""
        self.renewed.add(entity_id)
        place = self._kept.place(entity_id)
        if place >= 0:
            self._there[place] = 0

    # -- gathering, in any thread ------------------------------------------------------------------------------

    def gathered(self, row_of: Callable[[str], int], made: Rows) -> Iterator[list[Chunk]]:
        """Yield everything that is to be put in, some thousands of entities at a time, each time in their order.

        `row_of` tells the row of a number.
        """
        self._number(row_of)
        reasons = self._reasons()
        links, files = self._links(reasons), self._files()
        rows: list[tuple[int, Row]] = []
        together = max(_AT_ONCE, len(self._kept) // _TIMES)
        for number in range(len(self._making)):
            give_way()
            start, end = self._making.span(number)
            bodies = zip(range(start, end), self._kept.ids[start:end], self._bodies(number), strict=True)
            for place, entity_id, (code, title, body) in giving_way(bodies, _FEW):
                said = [body] if body else []
                if entity_id in reasons:
                    said += (reason for _, reason in sorted(reasons[entity_id]))
                for link_id, text in sorted(links.pop(place, ())):
                    said += [text] if text else []
                    if link_id in reasons:
                        said += (reason for _, reason in sorted(reasons[link_id]))
                if entity_id in files:
                    said += files[entity_id]
                rows.append((place, made(self._row_at[place], code, title, BETWEEN.join(said))))
            if len(rows) >= together:
                yield _chunks(rows)
                rows = []
                give_back()
        yield _chunks(rows)

    def _number(self, row_of: Callable[[str], int]) -> None:
        """Give each entity its row, and each its own."""
        rows = array("q")
        for number in range(len(self._making)):
            give_way()
            rows.extend(map(row_of, giving_way(self._making.raw(number, ("number",))[0], _MANY)))
        found = np.frombuffer(rows, np.int64)
        order = np.argsort(found, kind="stable")
        if (np.diff(found[order]) == 0).any():
            ids = self._kept.ids
            order = np.array(sorted(order.tolist(), key=lambda place: (rows[place], ids[place])))
        # A row that is taken gives way to the next one; the steps in between stay where they are.
        steps = np.arange(len(found))
        own = np.maximum.accumulate(found[order] - steps) + steps
        at = np.empty(len(found), np.int64)
        at[order] = own
        self._sorted, self._row_at = array("q", own.tobytes()), array("q", at.tobytes())
        self._places = array("i", order.astype(np.int32).tobytes())

    def _bodies(self, number: int) -> Iterator[tuple[str, str, str]]:
        """Yield number, title and own text of the entities of a part."""
        codes, titles, *words, tags, props = self._making.raw(number, ("number", "title", *_WORDS))
        give_way()
        values = zip(*words, read_again(tags), read_again(props), strict=True)
        for code, title, (kind, notes, reason, own, more) in zip(codes, titles, values, strict=True):
            yield code, title, BETWEEN.join(filter(None, texts_of_entity(kind, notes, reason, own, more)))

    def _reasons(self) -> dict[str, list[tuple[str, str]]]:
        """Return the reasons of judgements with the ids of these, by what is judged."""
        made: dict[str, list[tuple[str, str]]] = {}
        rows = self._base.table("assessments")
        kept = rows.kept if isinstance(rows, KeptRows) else None
        if kept is None:
            for one in cast("list[Assessment]", list(rows.values())):
                if one.reason:
                    made.setdefault(one.subject_id, []).append((one.id, one.reason))
            return made
        making = cast(Packed, kept.made_by)
        for number in range(len(making)):
            give_way()
            (reasons,) = making.raw(number, ("reason",))
            for place, reason in enumerate(reasons, making.span(number)[0]) if any(reasons) else ():
                if reason:
                    made.setdefault(making.name("subject_id", place), []).append((kept.ids[place], reason))
        return made

    def _links(self, reasons: dict[str, list[tuple[str, str]]]) -> dict[int, list[tuple[str, str]]]:
        """Return ids and texts of the links that have any, or a reason, by the place of the entity that owns them."""
        made: dict[int, list[tuple[str, str]]] = {}
        rows = self._base.table("links")
        if not isinstance(rows, KeptRows):
            for link in cast("list[Link]", list(rows.values())):
                said = texts_of_link(link.type, link.notes, link.marking_reason, link.tags, link.props)
                if any(said) or link.id in reasons:
                    owner = self._kept.place(getattr(link, owning_side(link.type)))
                    made.setdefault(owner, []).append((link.id, BETWEEN.join(filter(None, said))))
            return made
        making = cast(Packed, rows.kept.made_by)
        ids, sides = rows.kept.ids, {side: making.named(side) for side in ("from_id", "to_id")}
        owned_by = {kind: sides[owning_side(kind)] for kind in BY_ID}
        for number in range(len(making)):
            give_way()
            start, end = making.span(number)
            texts = zip(range(start, end), ids[start:end], _link_texts(making, number), strict=True)
            for place, link_id, (kind, text) in giving_way(texts, _MANY):
                if text or link_id in reasons:
                    side = owned_by[kind] if kind in owned_by else sides[owning_side(kind)]
                    made.setdefault(side[place], []).append((link_id, text))
        return made

    def _files(self) -> dict[str, list[str]]:
        """Return the texts of attachments, and those of comments after them, by their entity."""
        made: dict[str, list[str]] = {}
        found = cast("list[Attachment]", list(self._base.table("attachments").values()))
        for one in sorted(found, key=lambda record: record.id):
            made.setdefault(one.entity_id, []).extend(filter(None, texts_of_attachment(one)))
        for owner, comments in by_owner(self._base).items():
            said = (one.text for one in sorted(comments, key=lambda record: record.id))
            made.setdefault(owner, []).extend(said)
        return made


def differing(document: Document) -> Generator[None, None, list[str]]:
    """Return, in steps, the entities whose texts may be others than those that were read."""
    made = dict.fromkeys(document.differing("entities"))
    subjects = [*document.differing("links")]
    base = document.as_read(TABLES)
    now_and_then = (document, base) if base is not None else ()
    for one in now_and_then:
        for table in ("assessments", "comments"):
            for count, record_id in enumerate(document.differing(table)):
                record = one.find(table, record_id)
                if isinstance(record, Assessment | Comment):
                    subjects.append(record.subject_id)
                if count % _TOGETHER == 0:
                    yield
    for one in now_and_then:
        for count, subject in enumerate(subjects):
            link = one.find("links", subject)
            made.update(dict.fromkeys((link.from_id, link.to_id) if isinstance(link, Link) else (subject,)))
            if count % _TOGETHER == 0:
                yield
    return list(made)


def row_of(row: int, number: str, title: str, body: str) -> Row:
    """Return a row of the table."""
    if title.isascii() and body.isascii():
        return row, nfc(number), title, body, ""
    title, body = nfc(title), nfc(body)
    inside = "" if title.isascii() and body.isascii() else insides(f"{title} {body}")
    return row, nfc(number), title, body, inside


def _link_texts(making: Packed, number: int) -> Iterator[tuple[str, str]]:
    """Yield the type and the text of the links of a part."""
    words = making.raw(number, _WORDS)
    give_way()
    known = dict.fromkeys(zip(*words, strict=True), "")
    *plain, tags, props = map(list, zip(*known, strict=True))
    give_way()
    values = zip(*plain, read_again(tags), read_again(props), strict=True)
    for at, (kind, notes, reason, own, more) in giving_way(zip(known, values, strict=True), _FEW):
        known[at] = BETWEEN.join(filter(None, texts_of_link(kind, notes, reason, own, more)))
    return zip(words[0], map(known.__getitem__, zip(*words, strict=True)), strict=True)


def _chunks(rows: list[tuple[int, Row]]) -> list[Chunk]:
    rows.sort(key=lambda one: one[1][0])
    made = []
    for start in range(0, len(rows), _TOGETHER):
        give_way()
        made.append(_chunk(rows[start : start + _TOGETHER]))
    return made


def _chunk(rows: list[tuple[int, Row]]) -> Chunk:
    # A few at a time: as long as text is made of them, the window cannot have Python back.
    said = ", ".join(
        json.dumps([row for _, row in rows[first : first + _FEW]], ensure_ascii=False)[1:-1]
        for first in range(0, len(rows), _FEW)
    )
    return Chunk(array("i", [place for place, _ in rows]), f"[{said}]")
