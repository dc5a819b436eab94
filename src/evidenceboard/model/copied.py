"""Records made of others: with other values, or at other places."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, Final, TypeVar, cast

from evidenceboard.model.records import (
    COLUMNS,
    FARTHEST,
    STEPS_PER_UNIT,
    TABLES,
    Assessment,
    Attachment,
    Board,
    Card,
    Comment,
    Conflict,
    Custody,
    Entity,
    Frame,
    Link,
    Record,
    Redaction,
    Setting,
    Snapshot,
    on_grid,
)  # fmt: skip
from evidenceboard.model.takes import NotTakenError

Placed = TypeVar("Placed", Card, Frame)
AnyRecord = TypeVar(
    "AnyRecord", Board, Entity, Frame, Card, Link, Assessment, Attachment, Snapshot, Setting, Conflict, Comment,
    Custody, Redaction,
)  # fmt: skip
Get = Callable[[Any], Any]
Put = Callable[[Any, Any], None]


def _setter(kind: type[Record], name: str) -> Put:
    return cast(Put, getattr(kind, name).__set__)


_COLUMNS: Final[dict[type, dict[str, tuple[Get, Put]]]] = {
    kind: {name: (attrgetter(name), _setter(kind, name)) for name in COLUMNS[table]} for table, kind in TABLES.items()
}
_VALUES: Final[dict[type, Get]] = {kind: attrgetter(*COLUMNS[table]) for table, kind in TABLES.items()}
_STAYING: Final = {kind: [name for name in _COLUMNS[kind] if name not in ("x", "y")] for kind in (Card, Frame)}
_SET: Final[dict[type, tuple[Get, list[Put]]]] = {
    kind: (attrgetter(*names), [_setter(kind, name) for name in names]) for kind, names in _STAYING.items()
}


def values_of(record: Record) -> tuple[Any, ...]:
    """Return the values of a record in the order of its columns."""
    return cast("tuple[Any, ...]", _VALUES[type(record)](record))


def changed(record: AnyRecord, **values: Any) -> AnyRecord:
    """Return a copy of a record with other values, validated."""
    kind = type(record)
    # By their places: checking values by their names takes three times as long.
    row = list(values_of(record))
    places = list(_COLUMNS[kind])
    for name, value in values.items():
        row[places.index(name)] = value
    try:
        return kind(*row)
    except NotTakenError:
        return kind(**dict(zip(places, row, strict=True)))  # again, to be told by name


def all_changed(records: Sequence[AnyRecord], name: str, value: Any) -> list[AnyRecord]:
    """Return copies of records of one kind with another value in a column, validated once: it is the same in all."""
    if not records:
        return []
    first = changed(records[0], **{name: value})
    made = _copies(records, [one for one in _COLUMNS[type(first)] if one != name])
    put, taken = _COLUMNS[type(first)][name][1], getattr(first, name)
    for one in made:
        put(one, taken)
    return made


def _copies(records: Sequence[AnyRecord], names: Sequence[str]) -> list[AnyRecord]:
    """Return new records that have some columns of others, a column at a time, which is quicker."""
    kind = type(records[0])
    made = [object.__new__(kind) for _ in records]
    for name in names:
        get, put = _COLUMNS[kind][name]
        deque(map(put, made, map(get, records)), 0)
    return made


def moved(record: Placed, dx: float, dy: float) -> Placed:
    """Return a card or frame at another place, as `changed` would; most moves need no check of anything else."""
    x, y = record.x + dx, record.y + dy
    if not (-FARTHEST < x < FARTHEST and -FARTHEST < y < FARTHEST):
        return changed(record, x=x, y=y)
    kind = type(record)
    made = object.__new__(kind)
    others, setters = _SET[kind]
    for value, put in zip(others(record), setters, strict=True):
        put(made, value)
    _COLUMNS[kind]["x"][1](made, on_grid(x))
    _COLUMNS[kind]["y"][1](made, on_grid(y))
    return made


def all_moved(records: Sequence[Placed], dx: Sequence[float], dy: Sequence[float]) -> list[Placed]:
    """Return cards, or frames, at other places, as `moved` does with one: a column at a time, which is quicker."""
    x = [record.x + by for record, by in zip(records, dx, strict=True)]
    y = [record.y + by for record, by in zip(records, dy, strict=True)]
    if len(records) == 1 or not (min(*x, *y) > -FARTHEST and max(*x, *y) < FARTHEST):
        return list(map(moved, records, dx, dy))
    kind = type(records[0])
    made = _copies(records, _STAYING[kind])
    for name, places in (("x", x), ("y", y)):
        on = [round(place * STEPS_PER_UNIT) / STEPS_PER_UNIT for place in places]  # `on_grid` without a call for each
        deque(map(_COLUMNS[kind][name][1], made, on), 0)
    return made


def way(old: Record, new: Record) -> tuple[float, float] | None:
    """Return how far a card or frame has moved; None where it did not, or where anything else of it is different."""
    staying = _SET[type(old)][0]
    if staying(old) != staying(new):
        return None
    before, after = cast("Card | Frame", old), cast("Card | Frame", new)
    by = (after.x - before.x, after.y - before.y)
    return by if any(by) else None
