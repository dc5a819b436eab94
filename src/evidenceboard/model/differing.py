"""From one record to another: what a change makes of it, and which change leads there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, cast

from evidenceboard.errors import InvalidValueError, StaleChangeError
from evidenceboard.model.changes import Change
from evidenceboard.model.copied import all_moved, changed, values_of
from evidenceboard.model.records import COLUMNS, Card, Record, as_row, from_row
from evidenceboard.model.takes import NotTakenError

_NOWHERE: Final = object()
"""Stands for the value of a column that a record does not have."""


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
    if any(_in_row(getattr(now, name, _NOWHERE)) != value for name, value in (change.before or {}).items()):
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
    both = zip(COLUMNS[table], values_of(old), values_of(new), strict=True)
    found = [(name, was, now) for name, was, now in both if was is not now and was != now]
    if not found:
        return None
    before = {name: _in_row(was) for name, was, _ in found}
    return Change(table, old.id, before, {name: _in_row(now) for name, _, now in found})


def _in_row(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
