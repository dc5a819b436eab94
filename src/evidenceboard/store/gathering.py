"""The texts of entities as they were read, with what stands under them: gathered from columns, in any process.

What is gathered from is handed over bit by bit, as plain values: `handing.py` says which.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.giving_back import give_back
from evidenceboard.model.giving_way import give_way, giving_way
from evidenceboard.model.link_types import BY_ID
from evidenceboard.model.number_places import places_of
from evidenceboard.model.values import dataclass
from evidenceboard.store.packed import AsHeld, Part, held_columns, read_again
from evidenceboard.store.search_words import insides, nfc
from evidenceboard.store.searched_text import owning_side, texts_of_entity, texts_of_link

BETWEEN: Final = "\x1f"
"""Stands between two texts."""
REFS: Final = ("from_id", "to_id")
"""What links name by id, and do not hold as text."""
_TOGETHER: Final = 800
"""Entities that are put into the index at a time: some 10 ms of work, during which nobody needs Python."""
_FEW: Final = 20
"""Rows that become text in one go: a tenth of a millisecond."""
_MANY: Final = 200
"""Rows that are only looked at in one go, in as long."""
_AT_ONCE: Final = 5000
"""Entities that are gathered together at least; and the most times that this is done, as each is laid down apart."""
_TIMES: Final = 50
_WORDS: Final = ("type", "notes", "marking_reason", "tags", "props")
_KNOWN: Final = 10_000
"""Texts of links that are remembered: most say nothing, or the same as others."""
Row = tuple[int, str, str, str, str]
"""A row of the index: its id, number, title, body and the insides of words."""
Said = tuple[str, str]
"""A text as JSON without the marks around it, and the insides of its words."""
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False).encode
_BETWEEN: Final = _ENCODE(BETWEEN)[1:-1]
_NOTHING: Final[Said] = "", ""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Entities that are put into the index together: their places, and their rows as JSON."""

    places: array[int]
    rows: bytes


def row_of(row: int, number: str, title: str, body: str) -> Row:
    """Return a row of the index."""
    if title.isascii() and body.isascii():
        return row, nfc(number), title, body, ""
    title, body = nfc(title), nfc(body)
    inside = "" if title.isascii() and body.isascii() else insides(f"{title} {body}")
    return row, nfc(number), title, body, inside


class Gathering:
    """Gather what is searched of entities, each at its place in the order in which they were read."""

    def __init__(self) -> None:
        # Texts are made ready as they come, while others are read, so that little is left for the end.
        self._own: list[tuple[str, Said]] = []
        """Number and title as JSON, and the own text with the insides of the title, by place."""
        self._numbers = [np.zeros(0, np.int64)]
        self._reasons: dict[int, list[tuple[str, Said]]] = {}
        """Judgements with a reason, by the place of the entity that is judged."""
        self._links: dict[int, list[tuple[str, Said]]] = {}
        """The ids and texts of those links that have any, or a reason, by the place of the entity that owns them."""
        self._weighed: dict[str, list[tuple[str, Said]]] = {}
        """Judgements with a reason, by the id of the link that is judged."""
        self._files: dict[int, list[Said]] = {}
        """The texts of attachments, and those of comments after them, by the place of their entity."""
        self._kinds: list[str] = []
        self._ids: list[str] = []
        self._sides = {side: array("i") for side in REFS}
        self._owned_by = {kind: self._sides[owning_side(kind)] for kind in BY_ID}
        self._known: dict[tuple[str, ...], Said] = {}

    def take(self, what: str, *values: Any) -> None:
        """Take in something by its name: that of the method that says what the values are."""
        getattr(self, what)(*values)

    # -- what is handed over, in this order ----------------------------------------------------------------------

    def entities(self, parts: Sequence[AsHeld]) -> None:
        """Take in the next entities."""
        for part in parts:
            codes, titles, *words, tags, props = _columns("entities", part, ("number", "title", *_WORDS))
            self._numbers.append(places_of(codes))
            values = zip(*words, read_again(tags), read_again(props), strict=True)
            for code, title, (kind, notes, reason, own, more) in zip(codes, titles, values, strict=True):
                said = BETWEEN.join(filter(None, texts_of_entity(kind, notes, reason, own, more)))
                self._own.append(_own(code, title, said))

    def links(self, parts: Sequence[AsHeld], ids: Sequence[str], starts: bytes, ends: bytes) -> None:
        """Take in the next links, their ids, and the places of what they join as 32-bit numbers."""
        first = len(self._ids)
        self._ids += ids
        for side, numbers in zip(self._sides.values(), (starts, ends), strict=True):
            side.frombytes(numbers)
        for part in parts:
            kinds, texts = self._link_texts(part)
            self._kinds += kinds
            for place, text in giving_way(enumerate(texts, first), _MANY):
                if text is not _NOTHING:
                    self._links.setdefault(self._owner(place), []).append((self._ids[place], text))
            first += len(texts)

    def known_links(self, found: Sequence[tuple[int, str, str]]) -> None:
        """Take in links of which all is known: the place of the entity that owns it, its id, its texts in one."""
        for owner, link_id, text in found:
            self._links.setdefault(owner, []).append((link_id, _said(text)))

    def reasons(self, found: Sequence[tuple[int, str, str]]) -> None:
        """Take in reasons of judgements: the number of what is judged, the id of the judgement, the reason.

        The numbers of links follow those of entities.
        """
        below = len(self._own)
        for number, judgement_id, reason in found:
            if number < below:
                self._reasons.setdefault(number, []).append((judgement_id, _said(reason)))
                continue
            link_id = self._ids[number - below]
            owned = self._links.setdefault(self._owner(number - below), [])
            if all(link_id != one for one, _ in owned):
                owned.append((link_id, _NOTHING))
            self._weighed.setdefault(link_id, []).append((judgement_id, _said(reason)))

    def files(self, found: Sequence[tuple[int, str]]) -> None:
        """Take in texts of attachments and comments, each with the place of its entity."""
        for place, text in found:
            self._files.setdefault(place, []).append(_said(text))

    def _owner(self, place: int) -> int:
        kind = self._kinds[place]
        side = self._owned_by[kind] if kind in self._owned_by else self._sides[owning_side(kind)]
        return side[place]

    def _link_texts(self, part: AsHeld) -> tuple[list[str], list[Said]]:
        """Return the types and the texts of links."""
        words = _columns("links", part, _WORDS)
        # Columns in which all are alike tell no two links apart.
        differing = [column for column in words if column.count(column[0]) < len(column)] or words[:1]
        rows: Sequence[Any] = differing[0] if len(differing) == 1 else list(zip(*differing, strict=True))
        last = dict(zip(rows, range(len(rows)), strict=True))
        wanted = {row: tuple([column[at] for column in words]) for row, at in last.items()}
        if len(self._known) > _KNOWN:
            self._known.clear()
        new = list(dict.fromkeys(said for said in wanted.values() if said not in self._known))
        if new:
            *plain, tags, props = map(list, zip(*new, strict=True))
            values = zip(*plain, read_again(tags), read_again(props), strict=True)
            for said, (kind, notes, reason, own, more) in giving_way(zip(new, values, strict=True), _FEW):
                self._known[said] = _said(BETWEEN.join(filter(None, texts_of_link(kind, notes, reason, own, more))))
        texts = {row: self._known[said] for row, said in wanted.items()}
        return words[0], list(map(texts.__getitem__, rows))

    # -- what comes of it ----------------------------------------------------------------------------------------

    def numbers(self) -> NDArray[np.int64]:
        """Return where the number of each entity stands in the order of all that there can be."""
        return np.concatenate(self._numbers)

    def gathered(self, row_at: NDArray[np.int64]) -> Iterator[list[Chunk]]:
        """Yield everything that is to be put in, some thousands of entities at a time, each time in the order of rows.

        `row_at` tells the row of each entity by its place.
        """
        there = {*self._reasons, *self._links, *self._files}
        together = max(_AT_ONCE, len(self._own) // _TIMES)
        for first in range(0, len(self._own), together):
            here = row_at[first : first + together]
            order = np.argsort(here)
            places = (order + first).tolist()
            rows: list[str] = []
            for row, place in giving_way(zip(here[order].tolist(), places, strict=True), _FEW):
                title, said = self._own[place]
                body, inside = _joined([said, *self._below(place)]) if place in there else said
                rows.append(f'[{row}, {title}, "{body}", "{inside}"]')
            yield list(_chunks(rows, array("i", places)))
            give_back()

    def _below(self, place: int) -> list[Said]:
        """Return all that stands under an entity; some may be empty."""
        said = _in_order(self._reasons.get(place))
        for link_id, text in sorted(self._links.get(place, ())):
            said.append(text)
            if link_id in self._weighed:
                said += _in_order(self._weighed[link_id])
        return said + self._files[place] if place in self._files else said


def only(chunk: Chunk, keep: Callable[[int], bool]) -> Chunk:
    """Return what of a chunk stands at some places."""
    found = [(place, row) for place, row in zip(chunk.places, json.loads(chunk.rows), strict=True) if keep(place)]
    return _chunk([_ENCODE(row) for _, row in found], array("i", [place for place, _ in found]))


def _columns(table: str, part: AsHeld, names: Sequence[str]) -> list[list[str]]:
    alike, packed, rows = part
    give_way()
    held = held_columns(table, REFS if table == "links" else ())
    found = Part(alike, packed).columns(rows, map(held.index, names))
    give_way()
    return found


def _in_order(judgements: list[tuple[str, Said]] | None) -> list[Said]:
    return [reason for _, reason in sorted(judgements)] if judgements else []


def _own(number: str, title: str, body: str) -> tuple[str, Said]:
    title = nfc(title)
    said, inside = _said(body)
    if not title.isascii():
        inside = " ".join(filter(None, (insides(title), inside)))
    return f"{_ENCODE(nfc(number))}, {_ENCODE(title)}", (said, inside)


def _said(text: str) -> Said:
    if not text:
        return _NOTHING
    text = nfc(text)
    return _ENCODE(text)[1:-1], "" if text.isascii() else insides(text)


def _joined(said: Iterable[Said]) -> Said:
    texts, within = zip(*said, strict=True)
    return _BETWEEN.join(filter(None, texts)), " ".join(filter(None, within))


def _chunks(rows: Sequence[str], places: array[int]) -> Iterator[Chunk]:
    for start in range(0, len(rows), _TOGETHER):
        give_way()
        some = slice(start, start + _TOGETHER)
        yield _chunk(rows[some], places[some])


def _chunk(rows: Iterable[str], places: array[int]) -> Chunk:
    return Chunk(places, f"[{', '.join(rows)}]".encode("utf-8", "replace"))
