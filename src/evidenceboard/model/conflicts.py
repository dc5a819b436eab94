"""Values of one field that stand side by side until somebody decides, and what an edit meanwhile does to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from evidenceboard.model.changes import Change
from evidenceboard.model.records import COLUMNS, Conflict
from evidenceboard.model.seam import derived_id

if TYPE_CHECKING:
    from evidenceboard.model.transaction import Transaction

Row = dict[str, Any]
DELETED: Final = "deleted"
"""The field of a conflict about a record that one side deleted, and the value of that side."""
PROPS: Final = "props"
ABSENT: Final = object()
"""The value of a property that a record does not have."""


def conflict_id(table: str, record_id: str, name: str) -> str:
    """Return the id that every copy gives to the conflict about one field."""
    return derived_id("conflict", table, record_id, name)


def fields_of(table: str, row: Row) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a row or a part of it: its columns, and each property as a field of its own."""
    for column in COLUMNS[table]:
        if column in row and column != "id":
            if column == PROPS and isinstance(row[column], dict):
                yield from ((f"{PROPS}.{name}", value) for name, value in row[column].items())
            else:
                yield column, row[column]


def value_of(row: Row, name: str) -> Any:
    """Return the value of a field of a row."""
    if name.startswith(f"{PROPS}."):
        return row.get(PROPS, {}).get(name.removeprefix(f"{PROPS}."), ABSENT)
    return row.get(name, ABSENT)


def put(row: Row, name: str, value: Any) -> None:
    """Set a field of a row; an absent property is taken out."""
    if not name.startswith(f"{PROPS}."):
        row[name] = value
        return
    props = dict(row.get(PROPS, {}))
    props.pop(name.removeprefix(f"{PROPS}."), None)
    row[PROPS] = props if value is ABSENT else {**props, name.removeprefix(f"{PROPS}."): value}


def same(one: Any, other: Any) -> bool:
    """Tell whether two values are the same; 1, 1.0 and true are not."""
    return one is other or (type(one) is type(other) and one == other)


def follow(tx: Transaction, changes: Iterable[Change], operation_id: str, counter: int, at: str) -> None:
    """Let open conflicts hold what these edits make of the value that stood in the field; the others stay beside it."""
    for change in changes:
        if change.is_shift or change.table == "conflicts" or not change.before or not change.after:
            continue
        was, now = (dict(fields_of(change.table, side)) for side in (change.before, change.after))
        for name in dict.fromkeys((*was, *now)):
            old, new = was.get(name), now.get(name)
            record_id = conflict_id(change.table, str(change.record_id), name)
            conflict = tx.document.find("conflicts", record_id)
            if not isinstance(conflict, Conflict) or conflict.decision or same(old, new):
                continue
            left = {key: said for key, said in conflict.candidates.items() if not same(said["value"], old)}
            left[operation_id] = {"value": new, "author": tx.author_id, "counter": counter, "at": at}
            if all(same(said["value"], new) for said in left.values()):
                tx.remove(conflict)
            else:
                tx.change(conflict, candidates=dict(sorted(left.items())))
