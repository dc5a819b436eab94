"""Making the records of many rows at once, where every value is plainly sound; what a record asks of one is asked here.

A record checks its values one by one when it is made, which for a large board takes longer than all the rest of
opening it. Here whole columns are looked at: the bounds are read off the records themselves. Where anything is not as
it should be, or not plainly so, nothing is made, and the rows go the long way, which mends and tells.
"""

from __future__ import annotations

import json
import math
from collections import deque
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Final, cast, get_type_hints

from evidenceboard.model.records import (
    COLUMNS,
    DEEPEST,
    TABLES,
    TEXT_LIMIT,
    Id,
    Record,
    Word,
    on_grid,
    plain_json,
    without_nul,
)
from evidenceboard.model.takes import Takes

SHORT: Final = 200
"""Characters that a text has at most of which the same one often stands in many rows."""
_Column = Sequence[Any]
_Pool = dict[str, str]
_Read = Callable[[_Column, _Pool], _Column | None]
"""Returns a column as its records hold it, or None where a value is not plainly sound."""
_TAGS: Final = tuple[Word, ...]
_MAYBE_ID: Final = Id | None


def built(table: str, rows: Sequence[tuple[Any, ...]], pool: dict[str, str]) -> list[Record] | None:
    """Return the records of rows, or None where they have to go the long way.

    `pool` holds each short text that was met, so that the same one is held once.
    """
    reads = _reads(table) if rows else None
    if reads is None:
        return None
    columns = []
    for values, read in zip(zip(*rows, strict=True), reads, strict=True):
        column = read(values, pool)
        if column is None:
            return None
        columns.append(column)
    kind: Any = TABLES[table]
    made = [object.__new__(kind) for _ in rows]
    for name, column in zip(COLUMNS[table], columns, strict=True):
        deque(map(getattr(kind, name).__set__, made, column), maxlen=0)
    return made


@cache
def _reads(table: str) -> tuple[_Read, ...] | None:
    """Return how each column of a table is read, or None where one of them is of a kind that is not known here."""
    hints = get_type_hints(TABLES[table], include_extras=True)
    reads = [_read_of(hints[name]) for name in COLUMNS[table]]
    return None if None in reads else tuple(read for read in reads if read is not None)


def _read_of(hint: Any) -> _Read | None:
    if hint is bool:
        return lambda column, _: [value != 0 for value in column] if set(column) <= {0, 1} else None
    if hint == _TAGS:
        return _tags
    if hint == _MAYBE_ID:
        return _maybe_ids
    kind, takes = getattr(hint, "__origin__", hint), next(iter(getattr(hint, "__metadata__", ())), None)
    if not isinstance(takes, Takes) or takes.before:
        return None
    shortest, longest, least, most = takes.shortest, takes.longest, takes.least, takes.most
    if kind is str and takes.after is without_nul and longest is not None:
        return lambda column, pool: _texts(column, shortest, longest, pool)
    if kind is float and takes.after is on_grid and least is not None and most is not None:
        return lambda column, _: _places(column, float(least), float(most))
    if kind is int and takes.after is None and least is not None and most is not None:
        return lambda column, _: _wholes(column, int(least), int(most))
    if kind == dict[str, Any] and takes.after is plain_json:
        return _objects
    if kind is Any and takes.after is plain_json:
        return _values
    return None


def _texts(column: _Column, shortest: int, longest: int, pool: _Pool) -> _Column | None:
    if set(map(type, column)) != {str} or "\x00" in "".join(column):
        return None
    lengths = set(map(len, column))
    if min(lengths) < shortest or max(lengths) > longest:
        return None
    return list(map(pool.setdefault, column, column)) if longest <= SHORT else column


def _maybe_ids(column: _Column, pool: _Pool) -> _Column | None:
    there = [value for value in column if value is not None]
    if there and _texts(there, 1, 64, pool) is None:
        return None
    return [None if value is None else pool[value] for value in column]


def _places(column: _Column, least: float, most: float) -> _Column | None:
    # The sum tells of what is no number: it passes every comparison by.
    if set(map(type, column)) != {float} or not math.isfinite(sum(column)):
        return None
    return [on_grid(value) for value in column] if min(column) >= least and max(column) <= most else None


def _wholes(column: _Column, least: int, most: int) -> _Column | None:
    return column if set(map(type, column)) == {int} and min(column) >= least and max(column) <= most else None


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("no ordinary number")
    return value


def _no_constant(text: str) -> Any:
    raise ValueError(f"{text} is no number")


_scan: Final[Callable[[str, int], tuple[Any, int]]] = cast(
    Any, json.JSONDecoder(parse_float=_finite, parse_constant=_no_constant)
).scan_once


def _parsed(text: Any, kind: type) -> Any:
    """Return a value as JSON gives it; None where it has to be looked at more closely."""
    if type(text) is not str or "\\u" in text or len(text) > TEXT_LIMIT or text.count("[") + text.count("{") > DEEPEST:
        return None
    try:
        value, end = _scan(text, 0)
    except (ValueError, StopIteration, RecursionError):
        return None
    return value if type(value) is kind and end == len(text) else None


def _objects(column: _Column, _: _Pool) -> _Column | None:
    made = [{} if text == "{}" else _parsed(text, dict) for text in column]
    return None if None in made or "\x00" in "".join(column) else made


def _values(column: _Column, _: _Pool) -> _Column | None:
    try:
        return [plain_json(json.loads(text, parse_constant=_no_constant)) for text in column]
    except (ValueError, TypeError, RecursionError):
        return None


def _tags(column: _Column, _: _Pool) -> _Column | None:
    made = [() if text == "[]" else _words(_parsed(text, list)) for text in column]
    return None if None in made else made


def _words(value: list[Any] | None) -> tuple[str, ...] | None:
    sound = value is not None and all(type(one) is str and len(one) <= 200 and "\x00" not in one for one in value)
    return tuple(value) if value is not None and sound else None
