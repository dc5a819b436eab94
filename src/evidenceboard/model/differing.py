"""From one record to another: what a change makes of it, and which change leads there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Any, Final, cast

from evidenceboard.errors import InvalidValueError, StaleChangeError
from evidenceboard.model.changes import Change
from evidenceboard.model.copied import all_changed, all_moved, changed, values_of
from evidenceboard.model.pace import EACH, Pace
from evidenceboard.model.records import COLUMNS, Card, Record, as_row, from_row
from evidenceboard.model.takes import NotTakenError

_NOWHERE: Final = object()
"""Stands for the value of a column that a record does not have."""
_PLAIN: Final = frozenset({str, int, float, bool})
_MANY: Final = 20
"""Edits from which on it is worth while to look whether they give the same few values."""


def resolved(
    find: Callable[[str, str], Record | None], changes: Iterable[Change], pace: Pace | None = None
) -> list[tuple[str, str, Record | None]]:
    """Return each record that changes lead to, with its table and id; `find` gives what is there before them.

    Raises `StaleChangeError` where a record is not as it was, and `InvalidValueError`.
    """
    pending: dict[tuple[str, str], Record | None] = {}
    following = iter(changes if pace is None else pace.over(changes))
    # Some at a time, so that a stop is heard in between.
    while part := list(islice(following, EACH)):
        for some in _together(part):
            for ids, dx, dy in some[0].moves_together() if some[0].is_shift else ((_ids(some), (), ()),):
                keys = [(some[0].table, one) for one in ids]
                now = [pending[key] if key in pending else find(*key) for key in keys]
                pending.update(zip(keys, _after(some, now, dx, dy), strict=True))
                if pace is not None and some[0].is_shift:
                    pace.on(len(ids))
    swaps = [(table, record_id, record) for (table, record_id), record in pending.items()]
    while pending:
        pending.popitem()  # very many keys that go at once keep every other thread waiting
    return swaps


def _together(changes: Sequence[Change]) -> Iterator[Sequence[Change]]:
    """Yield changes in their order: edits that are made together at once, all others one by one."""
    for kind, run in groupby(changes, _kind):
        some = list(run)
        if kind is not None and _is_of_many(some):
            yield some
        else:
            yield from ([change] for change in some)


def _kind(change: Change) -> tuple[Any, ...] | None:
    """Return what edits of one record each have in common that are made together; None for any other change."""
    if change.before is None or change.after is None or change.is_shift:
        return None
    return (change.table, *change.before, None, *change.after)


def _is_of_many(edits: Sequence[Change]) -> bool:
    """Tell whether edits give few values to many records, each of them another one."""
    if len(edits) < _MANY or len(set(_ids(edits))) < len(edits):
        return False
    names = edits[0].after or {}
    columns = {name: [(change.after or {})[name] for change in edits] for name in names}
    plain = all(value is None or type(value) in _PLAIN for column in columns.values() for value in column)
    few = (len(set(column)) for name, column in columns.items() if name not in ("x", "y")) if plain else ()
    return plain and sum(few) * 2 < len(edits)


def _ids(changes: Sequence[Change]) -> list[str]:
    return [str(change.record_id) for change in changes]


def _after(
    changes: Sequence[Change], now: Sequence[Record | None], dx: Sequence[float], dy: Sequence[float]
) -> Sequence[Record | None]:
    """Return what one change, or edits of many records, make of records; `dx` and `dy` are how far each moves."""
    try:
        if len(changes) > 1:
            return _all_edited(changes, now)
        if not changes[0].is_shift:
            return [_changed(changes[0], now[0])]
        if None in now:
            raise _stale()
        return all_moved(cast("Sequence[Card]", now), dx, dy)
    except NotTakenError as error:
        place = str(error.errors()[0]["loc"][0]) if error.errors()[0]["loc"] else "a value"
        raise InvalidValueError(
            f"“{place}” does not take this value: {error.errors()[0]['msg'].lower()}. Nothing was changed."
        ) from error


def _all_edited(edits: Sequence[Change], now: Sequence[Record | None]) -> list[Record]:
    """Return records with other values, each of which is checked once."""
    records = [record for record in now if record is not None]
    if len(records) < len(now):
        raise _stale()
    for name in edits[0].before or ():
        was = [_in_row(getattr(record, name, _NOWHERE)) for record in records]
        if was != [(change.before or {})[name] for change in edits]:
            raise _stale()
    columns = {name: [(change.after or {})[name] for change in edits] for name in edits[0].after or ()}
    return list(all_changed(cast("list[Card]", records), columns))


def _changed(change: Change, now: Record | None) -> Record | None:
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
