"""Work in small steps that gives its result at the end, done once for as long as the records stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

T = TypeVar("T")
Steps = Generator[None, None, T]
"""Work in small steps that gives its result at the end."""


def ended(steps: Steps[T]) -> T:
    """Take steps to their end and return what comes out."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return cast("T", end.value)


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
