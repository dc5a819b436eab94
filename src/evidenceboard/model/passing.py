"""A document for who passes by every record once: what is made for that is kept no longer than it is needed."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.document import Document
from evidenceboard.model.kept import Kept, KeptRows
from evidenceboard.model.kept_lookup import KeptLookup
from evidenceboard.model.records import Record

TOGETHER: Final = 16_000
"""Entities that are best expected together: each part of a table is looked through once for all of them."""
_NEAR: Final = 4_000
"""Records of a table that are kept, and as many that were asked for before them."""
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
        self._tables = {
            name: rows.over(FewKept(rows.kept)) if isinstance(rows, KeptRows) else rows
            for name, rows in document._tables.items()
        }
        self._indexes, self._noted = document._indexes, document._noted
        self._worked_out = document._worked_out

    def expect_around(self, entity_ids: Sequence[str]) -> None:
        held = {name: rows.kept for name, rows in self._tables.items() if isinstance(rows, KeptRows)}
        few = {name: kept for name, kept in held.items() if isinstance(kept, FewKept)}
        if not few.keys() >= {"entities", "links", "assessments"}:
            return
        for kept in few.values():
            kept.expected.clear()
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
            cited = [place for place in near.tolist() if getattr(links.expected[place], "type", "") == "cites"]
            tellers = np.setdiff1d(ends[cited], known)
        few["assessments"].expect(self._naming("assessments", "subject_id", np.concatenate(judged)))

    def _naming(self, table: str, column: str, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the places of the records that name one of some others, which are told by their numbers."""
        lookup = self._indexes[table, column]
        return lookup.naming(numbers) if isinstance(lookup, KeptLookup) else numbers[:0]


class FewKept(Kept):
    """The same records as another one holds, of which few are kept when they were made."""

    __slots__ = ("_before", "_near", "expected")

    def __init__(self, kept: Kept) -> None:
        self.ids, self.made = kept.ids, {}
        self._places, self._starts, self._making = kept._places, kept._starts, kept._making
        self.expected: dict[int, Record] = {}
        """What is kept until something else is expected, by place."""
        self._near: dict[int, Record] = {}
        self._before: dict[int, Record] = {}
        self._last = self._row = 0

    def __getitem__(self, place: int) -> Record:
        found = self.expected.get(place) or self._near.get(place)
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
        new = array("i", sorted(set(places.tolist()) - self.expected.keys()))
        self.expected.update(zip(new, self._making.several(new), strict=True))

    def parts(self, *, keep: bool = True) -> Iterator[list[Record]]:
        for number in range(len(self._starts)):
            yield self._making.part(number)
