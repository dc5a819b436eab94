"""A document for who passes by every record once: what is made for that is kept no longer than it is needed."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.document import Document
from evidenceboard.model.giving_back import empty
from evidenceboard.model.kept import Kept, KeptRows
from evidenceboard.model.kept_lookup import KeptLookup
from evidenceboard.model.records import TABLES, Record

TOGETHER: Final = 12_000
"""Entities that are best expected together: each part of a table is looked through once for all of them."""
_NEAR: Final = 2_000
"""Records of a table that are kept, and as many that were asked for before them."""
_ENTITIES: Final = frozenset({"cards", "links"})
"""Tables that name entities, each of which is named by one text."""
_SHOWN: Final = {"entities": (), "links": ("from_id", "to_id"), "assessments": ("subject_id",)}
"""The tables that what cards show hangs on, the first named by the others, and the columns by which they name them."""
_MOST: Final = 400_000
"""Records of each of these tables up to which all are held like those of a small file while they are asked for."""
_DEEP: Final = 2
"""Steps that what is told is followed along citations."""
_IN_A_ROW: Final = 2
"""Steps from one record to the next after which all of a part is made."""


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
                rows = rows.over(FewKept(rows.kept, self._names if name in _ENTITIES else None))
            self._tables[name] = rows
        self._indexes, self._noted = document._indexes, document._noted
        self._worked_out = document._worked_out
        self._packed = self._tables, self._indexes

    def expect_all(self) -> None:
        few = self._few()
        if self._tables is self._packed[0] and all(name in few and len(few[name]) <= _MOST for name in _SHOWN):
            self._spread_out()

    def expect_around(self, entity_ids: Sequence[str]) -> None:
        if entity_ids and self._tables is not self._packed[0]:
            return
        few = self._few()
        for kept in few.values():
            kept.forget(more=not entity_ids)
        if not entity_ids:
            self._fold_up()
            self._names.clear()
        if not (entity_ids and few.keys() >= _SHOWN.keys()):
            return
        entities, links = few["entities"], few["links"]
        numbers = np.array([place for one in entity_ids if (place := entities.place(one)) >= 0], np.int64)
        entities.expect(numbers)
        told = self._naming("links", "to_id", numbers)
        links.expect(told)
        judged = [numbers, told + len(entities)]
        # What an entity shows hangs on who tells of it, and on where those have it from.
        starts, ends = (np.array(links.made_by.named(side), np.int64) for side in ("from_id", "to_id"))
        known, tellers = numbers, np.unique(starts[told])
        for _ in range(_DEEP):
            entities.expect(tellers)
            judged.append(np.setdiff1d(tellers, known))
            known = np.union1d(known, tellers)
            near = np.union1d(self._naming("links", "from_id", tellers), self._naming("links", "to_id", tellers))
            links.expect(near)
            cited = [place for place in near.tolist() if getattr(links[place], "type", "") == "cites"]
            tellers = np.setdiff1d(ends[cited], known)
        few["assessments"].expect(self._naming("assessments", "subject_id", np.concatenate(judged)))

    def _few(self) -> dict[str, FewKept]:
        """Return what few records are kept of, by table."""
        held = {name: rows.kept for name, rows in self._packed[0].items() if isinstance(rows, KeptRows)}
        return {name: kept for name, kept in held.items() if isinstance(kept, FewKept)}

    def _spread_out(self) -> None:
        """Hold all records that what cards show hangs on, and what they are looked up by, as those of a small file."""
        tables, indexes = self._packed
        self._tables, self._indexes = tables.copy(), indexes.copy()
        named: list[str] = []
        names: dict[str, str] = {}
        for name, columns in _SHOWN.items():
            rows = tables[name]
            assert isinstance(rows, KeptRows), "it was looked at before"
            ids = rows.kept.ids[:]
            made = rows.over(FewKept(rows.kept, names, ids)).each(keep=False)
            self._tables[name] = {one.id: one for one in made}
            for column in columns:
                lookup = indexes[name, column]
                if isinstance(lookup, KeptLookup):
                    self._indexes[name, column] = lookup.spread_out(ids, named)
            names.update(zip(ids, ids, strict=True))
            named += ids
            if name == "entities":
                self._names.update(names)

    def _fold_up(self) -> None:
        """Hold in little room again what was spread out."""
        tables, indexes = self._tables, self._indexes
        self._tables, self._indexes = self._packed
        if tables is not self._tables:
            # Now, as what comes next would lie between what is left of it, and keep it in memory.
            empty([tables.pop(name) for name in _SHOWN], turn=0.0)
            empty([one.given_up() for key, one in indexes.items() if one is not self._indexes[key]], turn=0.0)

    def _naming(self, table: str, column: str, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the places of the records that name one of some others, which are told by their numbers."""
        lookup = self._indexes[table, column]
        return lookup.naming(numbers) if isinstance(lookup, KeptLookup) else numbers[:0]


class FewKept(Kept):
    """The same records as another one holds, of which few are kept when they were made."""

    __slots__ = ("_before", "_expected", "_near")

    def __init__(self, kept: Kept, names: dict[str, str] | None, ids: Sequence[str] | None = None) -> None:
        """`names`: where the ids of others come from; `ids`: the same as those of `kept`, as texts that are there."""
        self.ids, self.made = kept.ids if ids is None else ids, {}
        self._places, self._starts = kept._places, kept._starts
        self._making = kept.made_by if names is None else kept.made_by.sharing(names, self.ids)
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

    def parts(self, *, keep: bool = True) -> Iterator[list[Record]]:
        for number in range(len(self._starts)):
            yield self._making.part(number)
