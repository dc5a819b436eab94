"""A document for who passes by every record once: what is made for that is kept no longer than it is needed."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from operator import attrgetter
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.document import Document
from evidenceboard.model.free_memory import free_memory
from evidenceboard.model.giving_back import empty, give_spare_back
from evidenceboard.model.giving_way import BREATH, breathe
from evidenceboard.model.kept import Kept, KeptRows
from evidenceboard.model.kept_lookup import KeptLookup
from evidenceboard.model.many_by_id import ById, by_id, parts
from evidenceboard.model.records import TABLES, Record

_TOGETHER: Final = 12_000
_TIMES: Final = 16
"""Entities that are best expected together at least, and how often that is best done at most.

Each part of a table is looked through once for all of them, so with ever more groups of one size it would be looked
through ever more often.
"""
_NEAR: Final = 2_000
"""Records of a table that are kept, and as many that were asked for before them."""
_FIRST: Final = "entities"
_NAMING: Final = {"links": ("from_id", "to_id"), "assessments": ("subject_id",)}
"""The tables that what cards show hangs on, beside that one, and the columns by which they name what they are about."""
_TARGETS: Final = {"entities": (), "links": ("entities",), "assessments": ("entities", "links")}
"""The tables whose records these name, in the order of their numbers."""
_EACH: Final = 500
"""Bytes that a record takes with what it is found by. All are at hand where half of what is free is enough for it."""
_PARTS: Final = 8
"""Parts that are made before others get their turn: some milliseconds of work."""
_DEEP: Final = 2
"""Steps that what is told is followed along citations."""
_IN_A_ROW: Final = 2
"""Steps from one record to the next after which all of a part is made."""


def together(document: Document) -> int:
    """Return how many entities of a document are best expected together."""
    return max(_TOGETHER, -(-document.size(_FIRST) // _TIMES))


def passing(document: Document) -> Document:
    """Return a document of the same records for work that goes through all of them, of which it keeps few.

    It is the same one where it has to make none, or is not all there yet. Nothing may change meanwhile.
    """
    tables = document._tables
    packed = document.is_whole and any(isinstance(rows, KeptRows) for rows in tables.values())
    return Passing(document) if packed and not isinstance(document, Passing) else document


class Passing(Document):
    """Hold what another document holds, but for the records that it has made."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._names: dict[str, str] = {}
        for name in TABLES:
            rows = document._tables[name]
            if isinstance(rows, KeptRows):
                rows = rows.over(FewKept(rows.kept, self._names))
            self._tables[name] = rows
        self._indexes, self._noted = document._indexes, document._noted
        self._worked_out = document._worked_out
        self._at_hand: ById[Record] = {}
        """All entities by id, while all is expected."""
        self._grouped: dict[tuple[str, str], ById[tuple[Record, ...]]] = {}
        """All records of some tables by what a column of theirs says, in the same while."""
        self._listed: dict[str, list[Record]] = {}
        """The same records in their order."""

    def find(self, table: str, record_id: str) -> Record | None:
        if table == _FIRST and self._at_hand:
            return self._at_hand.get(record_id)
        return super().find(table, record_id)

    def where(self, table: str, column: str, value: str) -> Iterator[Record]:
        grouped = self._grouped.get((table, column))
        return super().where(table, column, value) if grouped is None else iter(grouped.get(value, ()))

    def each(self, table: str) -> Iterator[Record]:
        listed = self._listed.get(table)
        return super().each(table) if listed is None else iter(listed)

    def expect_all(self) -> None:
        few = self._few()
        if self._at_hand or not all(name in few for name in (_FIRST, *_NAMING)):
            return
        if sum(len(few[name]) for name in (_FIRST, *_NAMING)) * _EACH > free_memory() // 2:
            return
        ids: dict[str, list[str]] = {}
        for name in (_FIRST, *_NAMING):
            rows = self._tables[name]
            assert isinstance(rows, KeptRows), "it was looked at before"
            read: list[Record] = []
            ids[name] = []
            for number, part in enumerate(few[name].parts_naming([ids[one] for one in _TARGETS[name]])):
                if number % _PARTS == 0:
                    breathe()
                read += part
                ids[name] += map(attrgetter("id"), part)
            now = rows.by_place(read)
            self._listed[name] = rows.in_order(now)
            if name == _FIRST:
                self._at_hand = by_id(len(now))
                for one in self._listed[name]:
                    self._at_hand[one.id] = one
            for column in _NAMING.get(name, ()):
                lookup = self._indexes[name, column]
                if isinstance(lookup, KeptLookup):
                    self._group(name, column, lookup.grouped(column, read, now), lookup.changed())
        empty(list(ids.values()), turn=BREATH)

    def _group(self, name: str, column: str, grouped: ById[tuple[Record, ...]], changed: Collection[str]) -> None:
        """Hold records by what a column says, of which some values are no longer those that were read."""
        if grouped:
            grouped.update((value, tuple(self.where(name, column, value))) for value in changed)
            self._grouped[name, column] = grouped

    def expect_around(self, entity_ids: Sequence[str]) -> None:
        if entity_ids and self._at_hand:
            return
        few = self._few()
        for kept in few.values():
            kept.forget(more=not entity_ids)
        if not entity_ids:
            self._let_go()
        if not (entity_ids and few.keys() >= {_FIRST, *_NAMING}):
            return
        entities, links = few["entities"], few["links"]
        numbers = np.array([place for one in entity_ids if (place := entities.place(one)) >= 0], np.int64)
        entities.expect(numbers)
        told = self._places_naming("links", "to_id", numbers)
        links.expect(told)
        judged = [numbers, told + len(entities)]
        # What an entity shows hangs on who tells of it, and on where those have it from.
        starts, ends = (np.array(links.made_by.named(side), np.int64) for side in ("from_id", "to_id"))
        known, tellers = numbers, np.unique(starts[told])
        for _ in range(_DEEP):
            entities.expect(tellers)
            judged.append(np.setdiff1d(tellers, known))
            known = np.union1d(known, tellers)
            sides = (self._places_naming("links", side, tellers) for side in _NAMING["links"])
            near = np.union1d(*sides)
            links.expect(near)
            cited = [place for place in near.tolist() if getattr(links[place], "type", "") == "cites"]
            tellers = np.setdiff1d(ends[cited], known)
        few["assessments"].expect(self._places_naming("assessments", "subject_id", np.concatenate(judged)))

    def _let_go(self) -> None:
        """Keep nothing at hand any more: what comes next would lie between what is left of it, and keep that."""
        held: list[dict[str, Any]] = [*parts(self._at_hand), self._names]
        for grouped in self._grouped.values():
            held += parts(grouped)
        empty([*held, *self._listed.values()], turn=BREATH)
        for known in (self._at_hand, self._grouped, self._listed, self._names):
            known.clear()  # a dict keeps its room when one after the other is taken out
        give_spare_back()

    def _few(self) -> dict[str, FewKept]:
        """Return what few records are kept of, by table."""
        held = {name: rows.kept for name, rows in self._tables.items() if isinstance(rows, KeptRows)}
        return {name: kept for name, kept in held.items() if isinstance(kept, FewKept)}

    def _places_naming(self, table: str, column: str, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the places of the records that name one of some others, which are told by their numbers."""
        lookup = self._indexes[table, column]
        return lookup.naming(numbers) if isinstance(lookup, KeptLookup) else numbers[:0]


class FewKept(Kept):
    """The same records as another one holds, of which few are kept when they were made."""

    __slots__ = ("_before", "_expected", "_near")

    def __init__(self, kept: Kept, names: dict[str, str]) -> None:
        """`names`: where the ids of others come from, each held once."""
        self.ids, self.made = kept.ids, {}
        self._places, self._starts = kept._places, kept._starts
        self._making = kept.made_by.sharing(names)
        self._expected: dict[int, Record] = {}
        """What is expected, by place; by id it is `made`."""
        self._near: dict[int, Record] = {}
        self._before: dict[int, Record] = {}
        self._last = self._row = 0

    def __getitem__(self, place: int) -> Record:
        found = self._expected.get(place) or self._near.get(place)
        if found is None:
            found = self._before.get(place) or self._made_at(place)
            self._keep([place], [found])
        return found

    def _made_at(self, place: int) -> Record:
        self._row = self._row + 1 if place == self._last + 1 else 0
        self._last = place
        number = bisect_right(self._starts, place) - 1
        if self._row < _IN_A_ROW:
            return self._making.one(number, place)
        part, start = self._making.part(number), self._starts[number]
        self._keep(range(start, start + len(part)), part)
        return part[place - start]

    def _keep(self, places: Sequence[int], records: Sequence[Record]) -> None:
        if len(self._near) >= _NEAR:
            self._before, self._near = self._near, {}
        self._near.update(zip(places, records, strict=True))

    def expect(self, places: NDArray[np.int64]) -> None:
        """Make the records at some places, which will be asked for soon: each part is unpacked once."""
        new = array("i", sorted(set(places.tolist()) - self._expected.keys()))
        made = self._making.several(new)
        self._expected.update(zip(new, made, strict=True))
        self.made.update(zip(map(attrgetter("id"), made), made, strict=True))

    def forget(self, *, more: bool) -> None:
        """Expect nothing any more; with `more`, keep nothing either."""
        self._expected.clear()
        self.made.clear()
        if more:
            self._near, self._before = {}, {}

    def parts_naming(self, targets: Sequence[Sequence[str]]) -> Iterator[list[Record]]:
        """Yield the records, a part at a time, in which the ids of others are texts of lists."""
        making = self._making.naming(targets)
        for number in range(len(self._starts)):
            yield making.part(number)

    def parts(self, *, keep: bool = True, gone: set[str] | frozenset[str] = frozenset()) -> Iterator[list[Record]]:
        for number in range(len(self._starts)):
            yield self._making.part(number)
