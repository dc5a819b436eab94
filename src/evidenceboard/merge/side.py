"""One of the two files of a merge."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidenceboard.merge.effects import Key
from evidenceboard.model.conflicts import Row
from evidenceboard.model.document import Document
from evidenceboard.model.records import Record, as_row
from evidenceboard.store.taking import Log


@dataclass(slots=True)
class Side:
    """One of the two files: its document, its log and the operations that only it has."""

    document: Document
    log: Log
    own: set[int]
    _rows: dict[Key, Row] = field(default_factory=dict)

    def row(self, key: Key) -> Row | None:
        """Return a record as a row, each time the same one: nobody changes it."""
        known = self._rows.get(key)
        if known is None and (record := self.document.find(*key)) is not None:
            known = self._rows[key] = as_row(record)
        return known

    def record_of(self, key: Key, row: Row) -> Record | None:
        """Return the record that a row was made of, None for a row of another one."""
        return self.document.find(*key) if self._rows.get(key) is row else None

    def conflicts(self) -> dict[str, Row]:
        return {record_id: as_row(record) for record_id, record in self.document.table("conflicts").items()}
