"""The ids that the picture of a board has read already, for the records that come after it in the same order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np

from evidenceboard.model.geometry import Geometry

_HALF: Final = 32
_GROUPS: Final = 2000
"""Groups that are told at a time: about a millisecond."""


class Known:
    """Give ids that are in memory in place of the same ones of rows, so that they are neither held nor looked up twice.

    Rows and ids are of one state of the file. Where the two run apart, because a picture leaves something out, the rows
    stand for themselves from there on.
    """

    def __init__(self, seen: Geometry | None) -> None:
        made = seen or Geometry()
        self._entity_of = made.entity_ids.__getitem__
        self._ends = made.ends
        self._ids = {"entities": made.all_entities, "cards": made.card_ids, "links": made.link_ids}
        self._done = dict.fromkeys(self._ids, 0)

    def of(self, table: str, rows: Sequence[tuple[Any, ...]]) -> dict[str, Sequence[str]]:
        """Return the columns of these rows that are known; none where anything of them is not."""
        if table not in self._ids or not rows:
            return {}
        start = self._done[table]
        place = slice(start, start + len(rows))
        ids = self._ids[table][place]
        if len(ids) != len(rows) or any(row[0] != one for row, one in zip(rows, ids, strict=True)):
            self._ids[table] = []
            return {}
        self._done[table] = place.stop
        found: dict[str, Sequence[str]] = {"id": ids}
        if table == "cards":
            found["entity_id"] = list(map(self._entity_of, range(place.start, place.stop)))
        elif table == "links":
            for column, slots in zip(("from_id", "to_id"), self._ends, strict=True):
                found[column] = list(map(self._entity_of, slots[place]))
        return found

    def groups(self, table: str, records: int) -> Iterator[tuple[str, tuple[list[str], list[str], list[int]]]]:
        """Yield a column of the links and some groups of it, by what they lead from and to.

        Nothing where any of so many records was not known.
        """
        ids = self._ids.get(table, [])
        if table != "links" or not ids or not self._done[table] == records == len(ids):
            return
        names = np.array(ids, object)
        for column, slots in zip(("from_id", "to_id"), self._ends, strict=True):
            # With its place in the lower half of it, each of them is another number, and they stay in their order.
            joined = np.sort(np.array(slots, np.int64) << _HALF | np.arange(len(ids)))
            slot, order = joined >> _HALF, joined & ((1 << _HALF) - 1)
            bounds = np.concatenate([[0], np.flatnonzero(slot[1:] != slot[:-1]) + 1, [len(ids)]])
            for start in range(0, len(bounds) - 1, _GROUPS):
                part = bounds[start : start + _GROUPS + 1]
                owners = list(map(self._entity_of, slot[part[:-1]].tolist()))
                yield column, (owners, names[order[part[0] : part[-1]]].tolist(), (part - part[0]).tolist())
