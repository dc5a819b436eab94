"""From one record to another: what a change makes of it, and which change leads there."""

from __future__ import annotations

from typing import Any, cast

from evidenceboard.errors import InvalidValueError, StaleChangeError
from evidenceboard.model.changes import Change
from evidenceboard.model.records import COLUMNS, Card, Record, as_row, changed, from_row, moved
from evidenceboard.model.takes import NotTakenError


def after(change: Change, now: Record | None, dx: float, dy: float) -> Record | None:
    """Return what a change makes of a record; `dx` and `dy` are how far it moves.

    Raises `StaleChangeError` where the record is not as it was, and `InvalidValueError`.
    """
    if (now is None) != (change.before is None and not change.is_shift):
        raise _stale()
    try:
        if now is None:
            return from_row(change.table, change.after or {})
        if change.is_shift:
            return cast(Record, moved(cast(Card, now), dx, dy))
        row = as_row(now)
        if any(row[name] != value for name, value in (change.before or {}).items()):
            raise _stale()
        if change.after is None:
            return None
        return cast(Record, changed(cast(Any, now), **change.after))
    except NotTakenError as error:
        place = str(error.errors()[0]["loc"][0]) if error.errors()[0]["loc"] else "a value"
        raise InvalidValueError(
            f"“{place}” does not take this value: {error.errors()[0]['msg'].lower()}. Nothing was changed."
        ) from error


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
