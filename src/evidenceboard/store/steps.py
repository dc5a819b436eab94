"""The steps of a file, in their order: what was done in it, read both ways, and which of it is about one record."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Final

from evidenceboard.errors import EvidenceBoardError, NotFoundError
from evidenceboard.model.changes import Change, Operation, inverted
from evidenceboard.store.failures import told
from evidenceboard.store.log import HEADER, header
from evidenceboard.store.rows import changes_from_sql

_ROWS: Final = (
    'select o.rowid, c."table", c.record_id, c.before, c.after from operations o join changes c on c.op = o.id'
    ' where o.brought_by is null and o.rowid > ? and o.rowid <= ? order by o.rowid {way}, c."index" {way}'
)
_OWN: Final = "'cards', 'links', 'assessments', 'attachments', 'comments', 'conflicts'"
"""Tables whose records belong to the entity that they name."""
_JUDGED: Final = "'assessments', 'comments', 'conflicts'"
"""Tables whose records belong to the link that they name."""
_NAMED: Final = (
    f'select distinct "table", record_id from changes where "table" in ({_OWN}) and record_id is not null'
    " and (instr(after, :entity) or instr(before, :entity))"
)
_OF_LINKS: Final = (
    f'select distinct record_id from changes where "table" in ({_JUDGED}) and record_id is not null'
    " and exists (select 1 from json_each(:ids) where instr(after, value) or instr(before, value))"
)
_ABOUT: Final = (
    "select distinct op from changes where record_id in (select value from json_each(:ids)) or record_id is null"
    " and exists (select 1 from json_each(:ids) where instr(after, value) or instr(before, value))"
)


class Steps:
    """Read the log of one open file step by step; what a merge brought along is behind the merge, and no step."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @told()
    def all(self) -> tuple[list[str], list[int]]:
        """Return the ids of the operations that made the file what it is, oldest first, and their rows."""
        said = "select id, rowid from operations where brought_by is null order by rowid"
        found = self._connection.execute(said).fetchall()
        return [str(one) for one, _ in found], [int(row) for _, row in found]

    @told()
    def header(self, operation_id: str) -> Operation:
        """Return an operation without its changes. Raises `NotFoundError`."""
        row = self._connection.execute(f"select {HEADER} from operations where id = ?", (operation_id,)).fetchone()
        if row is None:
            raise NotFoundError("This operation is not in the file.", "The history shows those that are.")
        try:
            return header(row)
        except ValueError as error:
            raise lost() from error

    @told()
    def brought(self) -> dict[str, str]:
        """Return, for each operation that a merge brought, the id of the merge."""
        said = "select id, brought_by from operations where brought_by is not null"
        return {str(one): str(merge) for one, merge in self._connection.execute(said)}

    @told()
    def size(self, after: int, until: int) -> int:
        """Return how many records the operations after one row up to another changed."""
        said = (
            "select sum(c.records) from operations o join changes c on c.op = o.id"
            " where o.brought_by is null and o.rowid > ? and o.rowid <= ?"
        )
        return int(self._connection.execute(said, (after, until)).fetchone()[0] or 0)

    def back(self, newest: int, until: int) -> Iterator[tuple[Change, ...]]:
        """Yield what takes back each operation from row `newest` down to the one after row `until`.

        Raises `EvidenceBoardError` for damage, and where something was taken out for good.
        """
        for changes in self._read("desc", until, newest):
            yield inverted(reversed(changes))

    def forth(self, after: int, until: int) -> Iterator[tuple[Change, ...]]:
        """Yield what each operation after row `after` did, up to row `until`. Raises as `back` does."""
        for changes in self._read("asc", after, until):
            yield tuple(changes)

    def _read(self, way: str, after: int, until: int) -> Iterator[list[Change]]:
        pool: dict[str, str] = {}
        with told():
            rows = self._connection.execute(_ROWS.format(way=way), (after, until))
            for _, together in groupby(rows, key=itemgetter(0)):
                found: list[Change] = []
                for _, *row in together:
                    if row[2] is None and row[3] is None:
                        raise _taken_out()
                    try:
                        changes = changes_from_sql(tuple(row), pool)
                    except ValueError as error:
                        raise lost() from error
                    found.extend(changes if way == "asc" else reversed(changes))
                yield found

    @told()
    def about(self, entity_id: str, known: Iterable[str]) -> set[str]:
        """Return the ids of the operations that are about an entity, its cards, its links or what was judged of them.

        `known`: records that belong to it now; those that are gone are found by the entity that they named.
        """
        run = self._connection.execute
        named = [(str(table), str(one)) for table, one in run(_NAMED, {"entity": entity_id})]
        ids = {entity_id, *known, *(one for _, one in named)}
        if links := [one for table, one in named if table == "links"]:
            ids |= {str(row[0]) for row in run(_OF_LINKS, {"ids": json.dumps(links)})}
        return {str(row[0]) for row in run(_ABOUT, {"ids": json.dumps(sorted(ids))})}


def lost() -> EvidenceBoardError:
    """Return what is raised where the log does not lead back."""
    return EvidenceBoardError(
        "The history does not lead back to this state: it is damaged, or the file was changed by another program. "
        "Nothing was changed.",
        "Nearer states, and snapshots, may be whole.",
    )


def _taken_out() -> EvidenceBoardError:
    return EvidenceBoardError(
        "Between now and then something was taken out of the history for good, so the board cannot be shown as it was "
        "before that. Nothing was changed.",
        "States after that can be seen.",
    )
