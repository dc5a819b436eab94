"""Between records and rows: what is JSON in a column, what is a number, what is text."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from evidenceboard.model.changes import Change, canonical_parts, check_move
from evidenceboard.model.packing import is_packed, packed, unpacked
from evidenceboard.model.records import (
    COLUMNS,
    FARTHEST,
    TEXT_LIMIT,
    TITLE_LIMIT,
    Record,
    from_row,
    from_rows,
    plain_json,
)
from evidenceboard.model.takes import NotTakenError
from evidenceboard.store.bulk import built
from evidenceboard.store.log_json import read_json

JSON: Final = {
    "entities": ("tags", "props"),
    "links": ("tags", "props"),
    "settings": ("value",),
    "conflicts": ("candidates", "value"),
    "redactions": ("operations",),
}
"""Columns that hold JSON."""
_LIMITS: Final = {
    ("", "id"): 64,
    ("", "title"): TITLE_LIMIT,
    ("snapshots", "name"): TITLE_LIMIT,
    ("", "notes"): TEXT_LIMIT,
    ("", "reason"): TEXT_LIMIT,
    ("", "marking_reason"): TEXT_LIMIT,
    ("", "url"): TEXT_LIMIT,
    ("", "text"): TEXT_LIMIT,
    ("", "details"): TEXT_LIMIT,
}
BOOLEAN: Final = {"frames": ("collapsed",), "cards": ("fitted", "pinned")}
"""Columns that hold 1 or 0 for true or false."""


def from_sql(
    table: str,
    rows: Iterable[tuple[Any, ...]],
    pool: dict[Any, Any] | None = None,
    known: Mapping[str, Sequence[Any]] | None = None,
) -> tuple[list[Record], list[str]]:
    """Return the records of rows, and a sentence for each row that had to be mended or could not be read.

    `pool` and `known` are those of `built`.
    """
    rows = rows if isinstance(rows, list) else list(rows)
    made = built(table, rows, {} if pool is None else pool, known)
    if made is not None:
        return made, []
    columns = COLUMNS[table]
    read: list[dict[str, Any]] = []
    problems: list[str] = []
    for values in rows:
        row = dict(zip(columns, values, strict=True))
        try:
            for column in JSON.get(table, ()):
                row[column] = json.loads(row[column], parse_constant=_no_constant)
            for column in BOOLEAN.get(table, ()):
                row[column] = bool(row[column])
        except (ValueError, TypeError, RecursionError):
            problems.append(f"{table}: a row holds a value that cannot be read")
            for column in JSON.get(table, ()):
                row[column] = _mended(column, row[column])
        read.append(row)
    try:
        return from_rows(table, read) if read else [], problems
    except NotTakenError:
        return _one_by_one(table, read, problems)


def _one_by_one(table: str, rows: list[dict[str, Any]], problems: list[str]) -> tuple[list[Record], list[str]]:
    records = []
    for row in rows:
        try:
            records.append(from_row(table, row))
            continue
        except NotTakenError as error:
            wrong = list(dict.fromkeys(str(place["loc"][0]) for place in error.errors() if place["loc"]))
        problems.append(f"{table}: a value in {', '.join(wrong)} cannot be; a plain one is shown in its place")
        for column in wrong:
            row[column] = _plain(table, column, row[column])
        try:
            records.append(from_row(table, row))
        except NotTakenError:
            problems.append(f"{table}: a row cannot be read at all; it is left untouched in the file")
    return records, problems


def _plain(table: str, column: str, value: Any) -> Any:
    if column in ("x", "y", "w", "h"):
        usable = isinstance(value, (int, float)) and math.isfinite(value)
        least, usual = (1.0, 200.0) if column in ("w", "h") else (-FARTHEST, 0.0)
        return max(least, min(FARTHEST, float(value))) if usable else usual
    if column in ("z", "position", "size"):
        return 0
    if column in ("tags", "operations"):
        return tuple(_text(tag)[:200] for tag in value) if isinstance(value, list) else ()
    if table in ("settings", "conflicts") and column == "value":
        return None
    if column in ("props", "candidates"):
        return {_text(key): _readable(one) for key, one in value.items()} if isinstance(value, dict) else {}
    # A text is cut only where it is longer than its column takes.
    return _text(value)[: _LIMITS.get((table, column), _LIMITS.get(("", column), 200))]


def _text(value: Any) -> str:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str("?" if value is None else value)
    return text.encode("utf-8", "replace").decode().replace("\x00", "�")


def _readable(value: Any) -> Any:
    """Return a property, or its text where it is one that no property can be."""
    try:
        return plain_json(value)
    except ValueError:
        return _text(value)[:TEXT_LIMIT]


def _mended(column: str, value: Any) -> Any:
    try:
        return json.loads(value, parse_constant=_no_constant)
    except (ValueError, TypeError, RecursionError):
        return () if column in ("tags", "operations") else {} if column in ("props", "candidates") else None


def _no_constant(word: str) -> Any:
    raise ValueError(f"{word} is not a number")


def changes_to_sql(
    operation_id: str, index: int, changes: Sequence[Change], salt: str, commitment: str
) -> tuple[Any, ...]:
    """Return one change, or several that share a row, as the values of their row in the log."""
    table, record_id, records = changes[0].table, changes[0].record_id, len(changes)
    if records == 1:
        before, after = changes[0].before, changes[0].after
        records = len(changes[0].ids()) if record_id is None else 1
    else:
        record_id = None
        before, after = packed(changes)
    said = (None if side is None else "".join(canonical_parts(side)) for side in (before, after))
    return (operation_id, index, table, record_id, records, *said, salt, commitment)


def changes_from_sql(row: tuple[Any, ...], pool: dict[str, str] | None = None) -> tuple[Change, ...]:
    """Return the changes that a row of the log holds: table, record_id, before, after. Raises `ValueError`.

    `pool` is that of `unpacked`.
    """
    table, record_id, before, after = row
    was, now = (None if side is None else read_json(side) for side in (before, after))
    if record_id is None and is_packed(was, now):
        return unpacked(table, was, now, pool)
    if record_id is None:
        check_move(now)
    return (Change(table, record_id, was, now),)
