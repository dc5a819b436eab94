"""The ids that the picture of a board has read already, for the records that come after it in the same order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evidenceboard.model.geometry import Geometry


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
