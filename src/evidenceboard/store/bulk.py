"""Making the records of many rows at once, where every value is plainly sound; what a record asks of one is asked here.

A record checks its values one by one when it is made, which for a large board takes longer than all the rest of
opening it. Here whole columns are looked at: the bounds are read off the records themselves. Where anything is not as
it should be, or not plainly so, nothing is made, and the rows go the long way, which mends and tells.
"""

from __future__ import annotations

import json
import math
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import repeat
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
"""Characters that a word has at most; the same one often stands in many rows."""
REPEATED: Final = 40
"""Characters that a property has at most of which the same one often stands in many rows."""
_BETWEEN: Final = 918_273_645_546_372_819
"""Stands between two values of a column that are read together."""
_Column = Sequence[Any]
_Pool = dict[Any, Any]
_Read = Callable[[_Column, _Pool], _Column | None]
"""Returns a column as its records hold it, or None where a value is not plainly sound."""
_NAMED: Final = frozenset({"boards", "entities", "frames", "links"})
"""Tables whose records others name by their ids."""
_TAGS: Final = tuple[Word, ...]
_MAYBE_ID: Final = Id | None


def built(
    table: str, rows: Sequence[tuple[Any, ...]], pool: _Pool, known: Mapping[str, _Column] | None = None
) -> list[Record] | None:
    """Return the records of rows, or None where they have to go the long way.

    `pool` holds each short text and place that was met, so that the same one is held once. Equal properties may be one
    and the same object. `known`: columns that were read and found sound before.
    """
    reads = _reads(table) if rows else None
    if reads is None:
        return None
    columns = []
    known = known or {}
    for name, values, read in zip(COLUMNS[table], zip(*rows, strict=True), reads, strict=True):
        column = known[name] if name in known else read(values, pool)
        if column is None:
            return None
        columns.append(column)
    return assembled(table, columns)


def assembled(table: str, columns: Sequence[_Column]) -> list[Record]:
    """Return the records of columns that are known to be sound."""
    kind: Any = TABLES[table]
    made = list(map(object.__new__, repeat(kind, len(columns[0]))))
    for name, column in zip(COLUMNS[table], columns, strict=True):
        deque(map(getattr(kind, name).__set__, made, column), maxlen=0)
    return made


@cache
def _reads(table: str) -> tuple[_Read, ...] | None:
    """Return how each column of a table is read, or None where one of them is of a kind that is not known here."""
    hints = get_type_hints(TABLES[table], include_extras=True)
    reads = [_read_of(hints[name]) for name in COLUMNS[table]]
    if table not in _NAMED:
        reads[COLUMNS[table].index("id")] = _own_ids
    return None if None in reads else tuple(read for read in reads if read is not None)


def _read_of(hint: Any) -> _Read | None:
    if hint is bool:
        return lambda column, _: [value != 0 for value in column] if set(column) <= {0, 1} else None
    if hint == _TAGS:
        return tags
    if hint == _MAYBE_ID:
        return _maybe_ids
    kind, takes = getattr(hint, "__origin__", hint), next(iter(getattr(hint, "__metadata__", ())), None)
    if not isinstance(takes, Takes) or takes.before:
        return None
    shortest, longest, least, most = takes.shortest, takes.longest, takes.least, takes.most
    if kind is str and takes.after is without_nul and longest is not None:
        if (shortest, longest) == (1, 64):
            return _ids
        if (shortest, longest) == (0, SHORT):
            return _words
        return lambda column, _: column if _are_texts(column, shortest, longest) else None
    if kind is float and takes.after is on_grid and least is not None and most is not None:
        return lambda column, pool: _places(column, float(least), float(most), pool)
    if kind is int and takes.after is None and least is not None and most is not None:
        return lambda column, _: _wholes(column, int(least), int(most))
    if kind == dict[str, Any] and takes.after is plain_json:
        return objects
    if kind is Any and takes.after is plain_json:
        return _values
    return None


def _are_texts(column: _Column, shortest: int, longest: int) -> bool:
    try:
        joined = "".join(column)
    except TypeError:
        return False
    if "\x00" in joined:
        return False
    if not shortest and len(joined) <= longest:
        return True
    lengths = set(map(len, column))
    return min(lengths) >= shortest and max(lengths) <= longest


def _words(column: _Column, pool: _Pool) -> _Column | None:
    first = column[0]
    alike = column.count(first) == len(column)
    if not _are_texts(column[:1] if alike else column, 0, SHORT):
        return None
    if alike:
        return [pool.setdefault(first, first)] * len(column)
    # Numbers and times that differ from row to row hardly ever come again.
    return column if len(set(column)) == len(column) else list(map(pool.setdefault, column, column))


def _ids(column: _Column, pool: _Pool) -> _Column | None:
    return list(map(pool.setdefault, column, column)) if _are_texts(column, 1, 64) else None


def _own_ids(column: _Column, _: _Pool) -> _Column | None:
    """Read the ids of records that no other record names: they need not be kept in mind."""
    return column if _are_texts(column, 1, 64) else None


def _maybe_ids(column: _Column, pool: _Pool) -> _Column | None:
    there = [value for value in column if value is not None]
    if there and _ids(there, pool) is None:
        return None
    return [None if value is None else pool[value] for value in column]


def _places(column: _Column, least: float, most: float, pool: _Pool) -> _Column | None:
    # The sum tells of what is no number: it passes every comparison by.
    if set(map(type, column)) != {float} or not math.isfinite(sum(column)):
        return None
    if min(column) < least or max(column) > most:
        return None
    # Zero is left out: the pool would give it the sign of the one that came first.
    return [pool.setdefault(place, place) if (place := on_grid(value)) else place for value in column]


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


def _parsed(column: _Column, kind: type) -> dict[str, Any] | None:
    """Return what each text of a column is as JSON; None where one has to be looked at more closely.

    They are read all at once, with a mark between each two: a text that is not whole by itself would swallow one.
    """
    try:
        joined = f",{_BETWEEN},".join(texts := list(dict.fromkeys(column)))
    except TypeError:
        return None
    if "\\u" in joined or joined.count(str(_BETWEEN)) != len(texts) - 1:
        return None
    # Each has a bracket of its own, so that of so few none has many.
    few = joined.count("[") + joined.count("{") < len(texts) + DEEPEST and len(joined) <= TEXT_LIMIT
    if not few and any(map(_is_odd, texts)):
        return None
    try:
        values, end = _scan(f"[{joined}]", 0)
    except (ValueError, StopIteration, RecursionError):
        return None
    marks = values[1::2]
    whole = end == len(joined) + 2 and len(values) == 2 * len(texts) - 1 and marks.count(_BETWEEN) == len(marks)
    if not whole or set(map(type, values[::2])) != {kind}:
        return None
    return dict(zip(texts, values[::2], strict=True))


def _is_odd(text: str) -> bool:
    return len(text) > DEEPEST and (len(text) > TEXT_LIMIT or text.count("[") + text.count("{") > DEEPEST)


def are_objects(column: _Column) -> bool:
    """Tell whether every text is of properties that need not be looked at more closely."""
    return _parsed(column, dict) is not None


def are_tags(column: _Column) -> bool:
    """Tell the same of tags."""
    made = _parsed(column, list)
    return made is not None and all(type(one) is str and len(one) <= SHORT for some in made.values() for one in some)


def objects(column: _Column, pool: _Pool) -> _Column | None:
    """Return properties; None where one has to be looked at more closely."""
    made = _parsed(column, dict)
    if made is None:
        return None
    for value in made.values():
        for key, one in value.items():
            if type(one) is str and len(one) <= REPEATED:
                value[key] = pool.setdefault(one, one)
    return list(map(made.__getitem__, column))


def _values(column: _Column, _: _Pool) -> _Column | None:
    try:
        return [plain_json(json.loads(text, parse_constant=_no_constant)) for text in column]
    except (ValueError, TypeError, RecursionError):
        return None


def tags(column: _Column, pool: _Pool) -> _Column | None:
    """Return tags; None where any has to be looked at more closely."""
    made = _parsed(column, list)
    if made is None:
        return None
    words = {text: _tag_words(value, pool) for text, value in made.items()}
    return None if None in words.values() else list(map(words.__getitem__, column))


def _tag_words(value: list[Any], pool: _Pool) -> tuple[str, ...] | None:
    if not all(type(one) is str and len(one) <= SHORT for one in value):
        return None
    return tuple(map(pool.setdefault, value, value))
