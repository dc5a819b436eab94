"""A copy without a common history: records are compared, and every difference is a question."""

from __future__ import annotations

from typing import Final

from evidenceboard.merge.effects import Key, references
from evidenceboard.model.conflicts import ABSENT, DELETED, Row, conflict_id, fields_of, same
from evidenceboard.model.document import Document
from evidenceboard.model.records import TABLES, Conflict, as_row

_ASKED: Final = tuple(table for table in TABLES if table not in ("conflicts", "snapshots", "custody", "redactions"))
MINE: Final = "mine"
THEIRS: Final = "theirs"


def asked(mine: Document, theirs: Document) -> dict[Key, Row | None] | None:
    """Return the rows that the first document takes: what only the other one has, and a conflict for each difference.

    None where the two have no board or entity in common. What stands in the fields stays as it is here.
    """
    if not any(mine.table(table).keys() & theirs.table(table).keys() for table in ("boards", "entities")):
        return None
    made: dict[Key, Row | None] = {}
    for table in _ASKED:
        here, there = mine.table(table), theirs.table(table)
        for record_id in dict.fromkeys((*here, *there)):
            key = (table, record_id)
            one, other = here.get(record_id), there.get(record_id)
            if one is None or other is None:
                if other is not None:
                    made[key] = as_row(other)
                # What hangs on something else that is asked about is asked about with it.
                row = as_row(one or other)  # type: ignore[arg-type]
                if not any(_is_alone(mine, theirs, named) for named in references(table, row)):
                    _ask(made, key, DELETED, *(("changed", DELETED) if other is None else (DELETED, "changed")))
                continue
            was, now = dict(fields_of(table, as_row(one))), dict(fields_of(table, as_row(other)))
            for name in dict.fromkeys((*was, *now)):
                if not same(was.get(name, ABSENT), now.get(name, ABSENT)):
                    _ask(made, key, name, was.get(name), now.get(name))
    return {key: row for key, row in made.items() if not _is_known(mine, key, row)}


def _is_known(mine: Document, key: Key, row: Row | None) -> bool:
    """Tell whether a question was asked before and nothing is different since: it stays as it is, decided or not."""
    known = mine.find(*key)
    return isinstance(known, Conflict) and row is not None and known.candidates == row["candidates"]


def _is_alone(mine: Document, theirs: Document, key: Key) -> bool:
    return (mine.find(*key) is None) != (theirs.find(*key) is None)


def _ask(made: dict[Key, Row | None], key: Key, name: str, here: object, there: object) -> None:
    record_id = conflict_id(*key, name)
    candidates = {
        who: {"value": value, "author": "", "counter": counter, "at": ""}
        for who, value, counter in ((MINE, here, 1), (THEIRS, there, 0))
    }
    made["conflicts", record_id] = {
        "id": record_id, "record_table": key[0], "record_id": key[1], "field": name, "candidates": candidates,
        "decision": "", "value": None, "decided_by": "", "decided_at": "",
    }  # fmt: skip
