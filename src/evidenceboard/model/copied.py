"""Records made of others: with other values, or at other places."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
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
_WHERE: Final = ("x", "y")
_STAYING: Final[dict[type, list[str]]] = {
    kind: [name for name in _COLUMNS[kind] if name not in _WHERE] for kind in (Card, Frame)
}
_SET: Final[dict[type, tuple[Get, list[Put]]]] = {
    kind: (attrgetter(*names), [_setter(kind, name) for name in names]) for kind, names in _STAYING.items()
}


def values_of(record: Record) -> tuple[Any, ...]:
    """Return the values of a record in the order of its columns."""
    return cast("tuple[Any, ...]", _VALUES[type(record)](record))


def changed(record: AnyRecord, **values: Any) -> AnyRecord:
    """Return a copy of a record with other values, validated."""
    kind, places = type(record), list(_COLUMNS[type(record)])
    row = list(values_of(record))
    try:
        # By their places: checking values by their names takes three times as long.
        for name, value in values.items():
            row[places.index(name)] = value
        return kind(*row)
    except ValueError:
        return kind(**{**dict(zip(places, row, strict=True)), **values})  # again, to be told by name


def all_changed(records: Sequence[AnyRecord], columns: Mapping[str, Sequence[Any]]) -> list[AnyRecord]:
    """Return copies of records of one kind, each with other values in some columns, as `changed` makes them.

    A value that comes several times is checked once, and where cards and frames lie a column at a time; so it is
    quicker. Values are plain: no lists or dicts.
    """
    if not records:
        return []
    kind = type(records[0])
    made = _copies(records, [name for name in _COLUMNS[kind] if name not in columns])
    for name in columns.keys() & _COLUMNS[kind].keys():
        values = columns[name]
        taken: Sequence[Any]
        if kind in _STAYING and name in _WHERE and all(type(one) is float and abs(one) < FARTHEST for one in values):
            taken = _on_grid(values)
        else:
            known: dict[Any, Any] = {}
            for value in values:
                key = (type(value), value)
                if key not in known:
                    known[key] = getattr(changed(records[0], **{name: value}), name)
            taken = [known[type(value), value] for value in values]
        deque(map(_COLUMNS[kind][name][1], made, taken), 0)
    return made


def _copies(records: Sequence[AnyRecord], names: Sequence[str]) -> list[AnyRecord]:
    """Return new records that have some columns of others."""
    kind = type(records[0])
    made = [object.__new__(kind) for _ in records]
    for name in names:
        get, put = _COLUMNS[kind][name]
        deque(map(put, made, map(get, records)), 0)
    return made


def _on_grid(places: Sequence[float]) -> list[float]:
    """Return positions as `on_grid` does, without a call for each."""
    return [round(place * STEPS_PER_UNIT) / STEPS_PER_UNIT for place in places]


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
    for name, places in zip(_WHERE, (x, y), strict=True):
        deque(map(_COLUMNS[kind][name][1], made, _on_grid(places)), 0)
    return made
