"""In which rows of the log that take in several changes an assessment stands, so that few of them are looked into."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

TOGETHER: Final = 4
"""Rows that are read at a time: some milliseconds where each has a thousand ids."""
_REACH: Final = 500
"""Rows of the log that are gone through at a time: a millisecond or two."""
_FROM: Final = "select min(rowid) from changes where rowid > ?"
_NEXT: Final = (
    "select rowid, json_extract(coalesce(after, before), '$.ids') from changes"
    " where record_id is null and \"table\" = 'assessments' and coalesce(after, before) is not null"
    " and rowid between ? and ? order by rowid limit ?"
)


class JudgedRows:
    """Know the rows up to `known` by hashes of the ids in them, eight bytes each; later ones are to be searched."""

    def __init__(self) -> None:
        self.known = 0
        self._hashes: NDArray[np.int64] = np.zeros(0, np.int64)
        self._rows: NDArray[np.int64] = np.zeros(0, np.int64)

    def learning(self, connection: sqlite3.Connection) -> Iterator[None]:
        """Read the ids in the rows of a file, some rows at each step. Damage ends it: what follows is searched."""
        hashes, rows = [self._hashes], [self._rows]
        known = last = self.known
        try:
            while (first := connection.execute(_FROM, (last,)).fetchone()[0]) is not None:
                end = min(first + _REACH, 2**63) - 1
                found = connection.execute(_NEXT, (first, end, TOGETHER)).fetchall()
                if min([first, *(row for row, _ in found)]) <= last:
                    raise ValueError("rows of a damaged file lead back")
                for row, said in found:
                    ids = json.loads(said)
                    hashes.append(np.array([hash(one) for one in ids], np.int64))
                    rows.append(np.full(len(ids), row, np.int64))
                    known = row
                last = found[-1][0] if len(found) == TOGETHER else end
                yield
        except (sqlite3.Error, TypeError, ValueError):
            known = max((int(part[-1]) for part in rows if len(part)), default=0)
        self._hashes, self._rows, self.known = np.concatenate(hashes), np.concatenate(rows), known

    def holding(self, record_ids: Iterable[str]) -> list[int]:
        """Return the known rows that may hold one of some assessments."""
        found: set[int] = set()
        for one in record_ids:
            found.update(self._rows[self._hashes == hash(one)].tolist())
        return sorted(found)
