"""Work in small steps that gives its result at the end, done once for as long as the records stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

T = TypeVar("T")
Steps = Generator[None, None, T]
"""Work in small steps that gives its result at the end."""
_CHUNK: Final = 1000
"""Rows that are put in order at once."""
_STEP: Final = 200
"""Rows in order that follow each other in one step."""


def ended(steps: Steps[T]) -> T:
    """Take steps to their end and return what comes out."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return cast("T", end.value)


def in_order(rows: Sequence[T], key: Callable[[T], Any]) -> Steps[list[T]]:
    """Sort rows by a key in small steps, as `sorted` does at once: equal ones as they stand."""
    chunks: list[list[T]] = []
    for at in range(0, len(rows), _CHUNK):
        chunks.append(sorted(rows[at : at + _CHUNK], key=key))
        yield
    if len(chunks) < 2:
        return chunks[0] if chunks else []
    ordered: list[T] = []
    following = merge(*chunks, key=key)
    while some := list(islice(following, _STEP)):
        ordered += some
        yield
    return ordered


def once(document: Document, key: tuple[str, str], work: Callable[[], Steps[T]]) -> Steps[T]:
    """Do work in steps that others may share: who comes later goes on where it was left, or has the result.

    For the thread of the window alone, which may leave work half done.
    """
    kept = document.worked_out
    if key not in kept:
        begun = (f"{key[0]}, begun", key[1])
        if begun not in kept:
            kept[begun] = _keeping(kept, key, work())
        # Not `yield from`: that would end the work with whoever lets go of it.
        for _ in kept[begun]:
            yield
        kept.pop(begun, None)
    return cast("T", kept[key])


def _keeping(kept: dict[tuple[str, str], object], key: tuple[str, str], steps: Steps[T]) -> Steps[None]:
    kept[key] = yield from steps
