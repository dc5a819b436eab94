"""What the rows of a merge cannot be without: a board, and what they refer to."""

from __future__ import annotations

from collections.abc import Mapping

from evidenceboard.merge.effects import FIRM, Key, firm_references, references
from evidenceboard.model.conflicts import Row
from evidenceboard.model.document import Document

Rows = Mapping[Key, Row | None]
"""The rows that become others on the side that takes in, None for those that go."""


def has_board(rows: Rows, document: Document) -> bool:
    """Tell whether a board is left: no file is without one, and each side may have deleted those of the other."""
    made = (row for (table, _), row in rows.items() if table == "boards")
    return any(made) or any(("boards", one) not in rows for one in document.table("boards"))


def is_named(key: Key, rows: Rows, document: Document) -> bool:
    """Tell whether something in a document that nobody has touched, and so stays, cannot do without a record."""
    return any(
        (table, record.id) not in rows
        for table, column in firm_references(key[0])
        for record in document.where(table, column, key[1])
    )


def let_go_of_missing(rows: dict[Key, Row | None], document: Document) -> None:
    """Leave out what refers to nothing; a card only leaves its frame.

    Such a thing came with a merge that was taken back, and an undo of something else has named it again.
    """
    firm = [key for key, row in rows.items() if row is not None and key[0] in FIRM]
    changed = True
    while changed:
        changed = False
        for key in firm:
            row = rows[key]
            missing = {
                table for table, one in references(key[0], row or {}) if not _is_there((table, one), rows, document)
            }
            if row is not None and missing:
                rows[key] = {**row, "frame_id": None} if missing == {"frames"} else None
                changed = True


def _is_there(key: Key, rows: Rows, document: Document) -> bool:
    return rows[key] is not None if key in rows else document.find(*key) is not None
