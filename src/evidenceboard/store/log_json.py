"""Texts of the log as values: a very long one is read bit by bit, so that other threads run meanwhile."""

from __future__ import annotations

import json
from typing import Any, Final

_LONG: Final = 200_000
"""Characters from which on a text is read bit by bit: at once, some milliseconds and more."""
_scan: Final[Any] = json.JSONDecoder().scan_once  # type: ignore[attr-defined]


def read_json(text: str) -> Any:
    """Return what a text of the log is, as `json.loads` does; quicker for one without space in it."""
    try:
        value, end = _scan(text, 0) if not isinstance(text, str) or len(text) < _LONG else _read(text)
    except (StopIteration, TypeError, IndexError, _OtherwiseError):
        return json.loads(text)
    return value if end == len(text) else json.loads(text)


class _OtherwiseError(Exception):
    """Tell that a text is not written as the log writes it."""


def _read(text: str) -> tuple[Any, int]:
    """Read an object whose lists may be long; return it, and where it ends."""
    if text[0] != "{":
        return tuple(_scan(text, 0))
    made: dict[str, Any] = {}
    at = 0
    while text[at] != "}":
        name, at = _scan(text, _behind(text, at, "{,"))
        at = _behind(text, at, ":")
        made[name], at = _list(text, at) if text[at] == "[" else _scan(text, at)
        _behind(text, at, ",}")
    return made, at + 1


def _list(text: str, at: int) -> tuple[list[Any], int]:
    values: list[Any] = []
    if text[at + 1] == "]":
        return values, at + 2
    while text[at] != "]":
        value, at = _scan(text, _behind(text, at, "[,"))
        values.append(value)
        _behind(text, at, ",]")
    return values, at + 1


def _behind(text: str, at: int, marks: str) -> int:
    """Return the place behind one of some marks, which must stand here."""
    if text[at] not in marks:
        raise _OtherwiseError
    return at + 1
