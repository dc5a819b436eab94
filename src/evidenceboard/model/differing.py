"""From one record to another: what a change makes of it, and which change leads there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from evidenceboard.errors import InvalidValueError, StaleChangeError
from evidenceboard.model.changes import Change
from evidenceboard.model.records import COLUMNS, Card, Record, all_moved, as_row, changed, from_row
from evidenceboard.model.takes import NotTakenError


def after(
    change: Change, now: Sequence[Record | None], dx: Sequence[float], dy: Sequence[float]
) -> Sequence[Record | None]:
    """Return what a change makes of records; `dx` and `dy` are how far each moves where it is a move of several.

    Raises `StaleChangeError` where a record is not as it was, and `InvalidValueError`.
    """
    try:
        if not change.is_shift:
            return [_after(change, now[0])]
        if None in now:
            raise _stale()
        return all_moved(cast("Sequence[Card]", now), dx, dy)
    except NotTakenError as error:
        place = str(error.errors()[0]["loc"][0]) if error.errors()[0]["loc"] else "a value"
        raise InvalidValueError(
            f"“{place}” does not take this value: {error.errors()[0]['msg'].lower()}. Nothing was changed."
        ) from error


def _after(change: Change, now: Record | None) -> Record | None:
    if (now is None) != (change.before is None):
        raise _stale()
    if now is None:
        return from_row(change.table, change.after or {})
    row = as_row(now)
    if any(row[name] != value for name, value in (change.before or {}).items()):
        raise _stale()
    return None if change.after is None else cast(Record, changed(cast(Any, now), **change.after))


def _stale() -> StaleChangeError:
    return StaleChangeError(
        "What this changes is no longer as it was, so it was left alone; nothing was changed.",
        "Look at the history to see what came between.",
    )


def difference(old: Record | None, new: Record | None, table: str) -> Change | None:
    """Return the change that leads from one record to another, or None where they are equal."""
    if old is None:
        return None if new is None else Change(table, new.id, None, as_row(new))
    if new is None:
        return Change(table, old.id, as_row(old), None)
    names = [name for name in COLUMNS[table] if getattr(old, name) != getattr(new, name)]
    if not names:
        return None
    before, after = ({name: _in_row(getattr(record, name)) for name in names} for record in (old, new))
    return Change(table, old.id, before, after)


def _in_row(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
