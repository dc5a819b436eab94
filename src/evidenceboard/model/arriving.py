"""A document whose records are still on their way from a file: what is asked for before is fetched from there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Final, Protocol

from evidenceboard.errors import FileRefusedError
from evidenceboard.model.document import Document
from evidenceboard.model.kept_lookup import KeptTable
from evidenceboard.model.lookup import Lookup
from evidenceboard.model.records import TABLES, Entity, Link, Record

Groups = tuple[Sequence[str], Sequence[str], Sequence[int]]
"""Values, and the records that have them, as `Lookup.fill_groups` takes them."""
_LAST: Final = frozenset({"links"})
"""Tables that are looked up by what other records are called: all of it is noted quicker when all of it is there."""
_STEP: Final = 400
"""Records of which it is noted at a time where the source does not tell."""


class Source(Protocol):
    """Where the records come from. Rows come in the order in which they were made."""

    def next(self) -> tuple[str, list[Record] | KeptTable, bool] | None:
        """Return a table, its next records or all of them, and whether they are the last; None where nothing is left.

        All of them come as they are held, and only where none came before.
        """
        ...

    def one(self, table: str, record_id: str) -> Record | None:
        """Return a record by its id."""
        ...

    def several(self, table: str, record_ids: Sequence[str]) -> list[Record]:
        """Return the records that have one of these ids."""
        ...

    def where(self, table: str, column: str, value: str) -> list[Record]:
        """Return the records with a value in an indexed column."""
        ...

    def count(self, table: str, column: str, value: str) -> int:
        """Return how many records have a value in an indexed column."""
        ...

    def size(self, table: str) -> int:
        """Return how many records a table has."""
        ...

    def marked(self, table: str) -> list[str]:
        """Return the ids of the entities or links that have a marking of their own."""
        ...

    def groups(self, table: str) -> Iterator[tuple[str, Groups]]:
        """Yield a column and some groups of it, until all of a table that has come is told; nothing if not known."""
        ...


class Arriving(Document):
    """Hold what has come, and ask the source for what has not. It is only read until everything is there.

    Asking for a whole table waits for the rest of it, which is right but may take seconds on a large board.
    """

    def __init__(self, source: Source) -> None:
        super().__init__()
        self._source: Source | None = source
        self._coming = set(TABLES)
        self._known_markings: dict[str, dict[str, None]] = {}
        self._noting: Iterator[bool] | None = None
        self._early: dict[tuple[str, str], Record | None] = {}
        self._early_where: dict[tuple[str, str, str], list[Record]] = {}

    @property
    def is_whole(self) -> bool:
        """Return whether everything is there."""
        return not self._coming

    def has(self, tables: Collection[str]) -> bool:
        return self._coming.isdisjoint(tables)

    def take(self) -> bool:
        """Take in the next records; return whether there are more. Raises `FileRefusedError` for damage."""
        if self._noting is not None:
            if next(self._noting, None) is None:
                self._noting = None
            return True
        found = self._source.next() if self._source is not None else None
        if found is None:
            self._coming.clear()
            self._early.clear()
            self._early_where.clear()
            self._source = None
            return False
        table, records, last = found
        if isinstance(records, KeptTable):
            self._keep(table, records)
            self._coming.discard(table)
            return True
        self._fill(table, records)
        if last and table in _LAST:
            self._noting = self._note_all(table)
        elif last:
            self._coming.discard(table)
        return True

    def _look_up(self, table: str, records: list[Record], ids: list[str]) -> None:
        if table not in _LAST:
            super()._look_up(table, records, ids)

    def _note_all(self, table: str) -> Iterator[bool]:
        """Note what the records of a table are looked up by, and that all of it is there; a step at a time."""
        told = False
        for column, groups in self._source.groups(table) if self._source is not None else ():
            told = True
            lookup = self._indexes[table, column]
            assert isinstance(lookup, Lookup), "a table that is held as it was read is not filled"
            lookup.fill_groups(*groups)
            yield True
        if not told:
            rows = self._tables[table]
            ids = list(rows)
            for start in range(0, len(ids), _STEP):
                part = ids[start : start + _STEP]
                super()._look_up(table, list(map(rows.__getitem__, part)), part)
                yield True
        self._coming.discard(table)

    def take_table(self, table: str) -> None:
        """Take in everything up to the end of a table."""
        while table in self._coming and self.take():
            pass

    def table(self, name: str) -> Mapping[str, Record]:
        self.take_table(name)
        return super().table(name)

    def find(self, table: str, record_id: str) -> Record | None:
        found = self._tables[table].get(record_id)
        if found is not None or table not in self._coming or self._source is None:
            return found
        key = (table, record_id)
        if key not in self._early:
            self._early[key] = None
            # What cannot be read is told when its turn comes; until then it is as if it were not there.
            with suppress(FileRefusedError):
                self._early[key] = self._source.one(table, record_id)
        return self._early[key]

    def expect(self, table: str, record_ids: Sequence[str]) -> None:
        if table not in self._coming or self._source is None:
            return
        wanted = [one for one in record_ids if one not in self._tables[table] and (table, one) not in self._early]
        self._early.update(((table, one), None) for one in wanted)
        with suppress(FileRefusedError):
            self._early.update(((table, record.id), record) for record in self._source.several(table, wanted))

    def where(self, table: str, column: str, value: str) -> Iterator[Record]:
        if table not in self._coming or self._source is None:
            return super().where(table, column, value)
        key = (table, column, value)
        if key not in self._early_where:
            self._early_where[key] = []
            with suppress(FileRefusedError):
                self._early_where[key] = self._source.where(table, column, value)
        return iter(self._early_where[key])

    def count(self, table: str, column: str, value: str) -> int:
        if table not in self._coming or self._source is None:
            return super().count(table, column, value)
        with suppress(FileRefusedError):
            return self._source.count(table, column, value)
        return 0

    def size(self, table: str) -> int:
        if table not in self._coming or self._source is None:
            return super().size(table)
        return self._source.size(table)

    def marked(self, table: str) -> list[Entity | Link]:
        if table not in self._coming or self._source is None:
            return super().marked(table)
        found = (self.find(table, record_id) for record_id in self._own_markings(table))
        return [record for record in found if isinstance(record, Entity | Link)]

    def any_marked(self, table: str) -> bool:
        return bool(self._own_markings(table)) if table in self._coming else super().any_marked(table)

    def is_marked(self, table: str, record_id: str) -> bool:
        return record_id in self._own_markings(table) if table in self._coming else super().is_marked(table, record_id)

    def twins(self) -> list[Entity]:
        self.take_table("entities")
        return super().twins()

    def _own_markings(self, table: str) -> dict[str, None]:
        if table not in self._known_markings and self._source is not None:
            with suppress(FileRefusedError):
                self._known_markings[table] = dict.fromkeys(self._source.marked(table))
        return self._known_markings.get(table, {})

    def _all(self, table: str) -> list[Record]:
        return list(self.table(table).values())
