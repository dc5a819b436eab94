"""Which entities stand in the index as they were read, and at which row; what was put in of one is told again."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Generator, Iterator
from itertools import chain
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.document import Document
from evidenceboard.model.kept import Kept, KeptRows
from evidenceboard.model.records import Assessment, Comment, Entity, Link
from evidenceboard.store import handing
from evidenceboard.store.gatherer import Gatherer
from evidenceboard.store.gathering import Chunk, Gathering, only
from evidenceboard.store.handing import as_held
from evidenceboard.store.searched_text import Under, under

TABLES: Final = ("entities", "links", "assessments", "attachments", "comments")
"""The tables whose texts are searched."""
_STEP: Final = 400
"""Records that are looked at in one step."""
_NONE: Final = -1


class ReadTexts:
    """Know which entities stand in the index as they were read, each at the row of its number."""

    def __init__(self, base: Document) -> None:
        """`base` stays as it is; its entities are held in little room."""
        self._base = base
        self._kept: Kept = cast(KeptRows, base.table("entities")).kept
        self._row_at = array("q", [])
        self._sorted = array("q", [])
        self._places = array("i", [])
        self._there = bytearray(len(self._kept))
        self.renewed: set[str] = set()
        """Ids of entities that were read anew, so that what was read at first does not count."""
        self.stopped = False
        """Whether nobody waits any more for what is still to be gathered."""

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
        ids, there = self._kept.ids, self._there
        new = not any(map(there.__getitem__, chunk.places))
        if not new or (self.renewed and not self.renewed.isdisjoint(map(ids.__getitem__, chunk.places))):
            chunk = only(chunk, lambda place: not there[place] and ids[place] not in self.renewed)
        for place in chunk.places:
            there[place] = 1
        return chunk

    def forget(self, entity_id: str) -> None:
        """Take note that an entity is no longer there as it was read, or never will be."""
        self.renewed.add(entity_id)
        place = self._kept.place(entity_id)
        if place >= 0:
            self._there[place] = 0

    # -- gathering, in any thread ------------------------------------------------------------------------------

    def gathered(self, gatherer: Gatherer | None) -> Iterator[list[Chunk]]:
        """Yield everything that is to be put in, some thousands of entities at a time, each time in their order."""
        if gatherer is not None:
            try:
                yield from gatherer.gathered(self._number(gatherer.numbers(self._base)))
                return
            except (OSError, EOFError, ValueError):
                # Whatever ended it: what it gathered counts, and the same is done here.
                gatherer.stop()
        gathering = Gathering()
        links = as_held(self._base, "links")
        told = (handing.entities(self._kept), () if links is None else handing.links(links), handing.rest(self._base))
        for handed in chain(*told):
            if self.stopped:
                return
            gathering.take(*handed)
        yield from gathering.gathered(self._number(gathering.numbers()))

    def _number(self, found: NDArray[np.int64]) -> NDArray[np.int64]:
        """Give each entity its row, and each its own, by the places of their numbers; return these rows."""
        order = np.argsort(found, kind="stable")
        if (np.diff(found[order]) == 0).any():
            ids = self._kept.ids
            order = np.array(sorted(order.tolist(), key=lambda place: (found[place], ids[place])))
        # A row that is taken gives way to the next one; the steps in between stay where they are.
        steps = np.arange(len(found))
        own = np.maximum.accumulate(found[order] - steps) + steps
        at = np.empty(len(found), np.int64)
        at[order] = own
        self._sorted, self._row_at = array("q", own.tobytes()), array("q", at.tobytes())
        self._places = array("i", order.astype(np.int32).tobytes())
        return at


def differing(document: Document) -> Generator[None, None, list[str]]:
    """Return, in steps, the entities whose texts may be others than those that were read."""
    made: dict[str, None] = {}
    entities = document.differing("entities")
    yield
    for start in range(0, len(entities), _STEP):
        made.update(dict.fromkeys(entities[start : start + _STEP]))
        yield
    subjects = document.differing("links")
    yield
    base = document.as_read(TABLES)
    yield
    now_and_then = (document, base) if base is not None else ()
    for one in now_and_then:
        for table in ("assessments", "comments"):
            for count, record_id in enumerate(document.differing(table)):
                record = one.find(table, record_id)
                if isinstance(record, Assessment | Comment):
                    subjects.append(record.subject_id)
                if count % _STEP == 0:
                    yield
    for one in now_and_then:
        for count, subject in enumerate(subjects):
            link = one.find("links", subject)
            made.update(dict.fromkeys((link.from_id, link.to_id) if isinstance(link, Link) else (subject,)))
            if count % _STEP == 0:
                yield
    return list(made)
