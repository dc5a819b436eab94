"""Many changes of one kind as one row of the log: its columns, its commitment, and the way back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice, repeat
from typing import Any, Final

from evidenceboard.model.changes import Change, Operation, canonical

FEWEST: Final = 50
"""Changes of one kind that follow each other from which on they share rows."""
MOST: Final = 1000
"""Changes in one row: few enough that one of them is found and read without the rest of a large operation."""
LONGEST: Final = 500_000
"""Characters of text, about, after which a row takes in nothing more."""
SHORT: Final = 65
"""Characters below which a text may be an id or a word that stands in many rows."""
_NUMBERS: Final = (float, int, bool)
_NUMBER: Final = 6
"""Characters that a number takes, about."""
_PARTS: Final = {"each", "ids", "same"}
_EDIT_PARTS: Final = {"each", "same"}


def spans(changes: Sequence[Change]) -> tuple[int, ...]:
    """Return how many changes each row of the log takes in: one, or many of one kind that follow each other."""
    found: list[int] = []
    for kind, run in groupby(changes, _kind):
        together = list(run)
        if kind is None or len(together) < FEWEST:
            found.extend([1] * len(together))
        else:
            found.extend(_rows(together))
    return tuple(found)


def _kind(change: Change) -> tuple[Any, ...] | None:
    """Return what changes must have in common to share a row; None where a change stays alone."""
    before, after = change.before, change.after
    if change.is_shift or (before is not None and after is not None and before.keys() != after.keys()):
        return None
    whole = before is None or after is None
    names = tuple(sorted((before if after is None else after) or ()))
    if whole and (before or after or {}).get("id") != change.record_id:
        return None
    return (change.table, before is None, after is None, names)


def _rows(together: list[Change]) -> Iterator[int]:
    count = length = 0
    for change in together:
        own = _length(change.before) + _length(change.after)
        if count and (count == MOST or length + own > LONGEST):
            yield count
            count = length = 0
        count, length = count + 1, length + own
    yield count


def _length(row: dict[str, Any] | None) -> int:
    length = 0
    for value in row.values() if row else ():
        if type(value) is str:
            length += len(value)
        elif type(value) in _NUMBERS or not value:
            length += _NUMBER
        else:
            length += len(repr(value))
    return length


def packed(changes: Sequence[Change]) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Return the `before` and `after` of the row that takes in several changes of one kind.

    `{"ids": […], "each": {column: […]}, "same": {column: value}}`: what is the same in all of them stands there once.
    The ids stand in `after`, or in `before` where nothing is left.
    """
    ids = [change.record_id for change in changes]
    before, after = (_columns([getattr(change, side) for change in changes]) for side in ("before", "after"))
    holder = after if after is not None else before
    if holder is not None:
        holder["ids"] = ids
    return before, after


def _columns(rows: list[dict[str, Any] | None]) -> dict[str, Any] | None:
    first = rows[0]
    if first is None:
        return None
    same: dict[str, Any] = {}
    each: dict[str, list[Any]] = {}
    for name in first:
        values = [(row or {})[name] for row in rows]
        if name == "id":
            continue
        if _are_same(values):
            same[name] = values[0]
        else:
            each[name] = values
    return {"each": each, "same": same}


def _are_same(values: list[Any]) -> bool:
    first = values[0]
    if values.count(first) != len(values):
        return False
    # 1, 1.0 and true are equal to Python, and 0.0 is -0.0; as text they are not.
    return first is None or type(first) is str or canonical(values) == canonical([first] * len(values))


def is_packed(before: Any, after: Any) -> bool:
    """Tell whether a row without an id holds several changes, and not one move of several records."""
    return any(isinstance(side, dict) and "each" in side for side in (before, after))


def unpacked(table: str, before: Any, after: Any, pool: dict[str, str] | None = None) -> tuple[Change, ...]:
    """Return the changes that a row holds. Raises `ValueError` for what is no such row.

    `pool` holds each short text that was met, so that the same one in many rows is held once.
    """
    pool = {} if pool is None else pool
    sides = [side for side in (after, before) if side is not None]
    holder = sides[0] if sides else None
    if not isinstance(holder, dict) or set(holder) != _PARTS:
        raise ValueError("no row of several changes")
    ids = holder["ids"]
    if not isinstance(ids, list) or len(ids) < 2 or not all(isinstance(one, str) for one in ids):
        raise ValueError("a row of several changes without their ids")
    edit = len(sides) == 2
    if edit and (not isinstance(before, dict) or set(before) != _EDIT_PARTS):
        raise ValueError("a row of several edits without what was before")
    ids = _pooled(ids, pool)
    befores, afters = (_apart(side, ids, pool, whole=not edit) for side in (before, after))
    return tuple(Change(table, *each) for each in zip(ids, befores, afters, strict=True))


def _pooled(values: list[Any], pool: dict[str, str]) -> list[Any]:
    return [pool.setdefault(one, one) if type(one) is str and len(one) < SHORT else one for one in values]


def _apart(
    side: dict[str, Any] | None, ids: list[str], pool: dict[str, str], *, whole: bool
) -> list[dict[str, Any]] | list[None]:
    if side is None:
        return [None] * len(ids)
    same, each = side["same"], side["each"]
    if not isinstance(same, dict) or not isinstance(each, dict) or "id" in same or "id" in each:
        raise ValueError("a row of several changes without columns")
    if any(not isinstance(values, list) or len(values) != len(ids) for values in each.values()):
        raise ValueError("a row of several changes with too few or too many values")
    each = {name: _pooled(values, pool) for name, values in each.items()}
    columns = {"id": ids, **each} if whole else each
    names = tuple(columns)
    if not names:
        return [dict(same) for _ in ids]
    return [{**same, **dict(zip(names, values, strict=True))} for values in zip(*columns.values(), strict=True)]


def commitment(changes: Sequence[Change], salt: str) -> str:
    """Return the hash that stands for a row in the chain.

    Each of several changes has a commitment of its own, under a salt that comes from the row's: what one record said
    can be taken out, and what the others say can still be proved.
    """
    if len(changes) == 1:
        return changes[0].commitment(salt)
    each = [change.commitment(_sha256(f"{salt}{change.record_id}")) for change in changes]
    return _sha256(canonical(each))


def grouped(operation: Operation) -> Iterator[tuple[Change, ...]]:
    """Yield the changes of each row of an operation."""
    following = iter(operation.changes)
    for count in operation.spans or repeat(1, len(operation.changes)):
        yield tuple(islice(following, count))


def sealed(operation: Operation, following: Callable[[int], object] = lambda count: None) -> Operation:
    """Return the operation with the commitments of its rows and with its hash, which covers header and commitments.

    `following` is told after each row how many changes it took in.
    """
    commitments, tables = [], set()
    for changes, salt in zip(grouped(operation), operation.salts, strict=True):
        commitments.append(commitment(changes, salt))
        tables.add(changes[0].table)
        following(len(changes))
    return replace(
        operation,
        commitments=tuple(commitments),
        touched=frozenset(tables),
        hash=operation.digest(commitments),
    )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
