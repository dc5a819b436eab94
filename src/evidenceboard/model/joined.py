"""What a merge takes along from another log, ready to be written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Brought:
    """Rows of another log: operations, changes, authors (id, name), and parts of attachments."""

    operations: list[tuple[Any, ...]] = field(default_factory=list)
    changes: list[tuple[Any, ...]] = field(default_factory=list)
    authors: list[tuple[str, str]] = field(default_factory=list)
    chunks: Iterable[tuple[Any, ...]] = ()


@dataclass(slots=True)
class Joined:
    """The other copy as an operation that joins two logs names it: the hashes that it follows on, the counter above."""

    heads: tuple[str, ...] = ()
    counter: int = 0
    brought: Brought = field(default_factory=Brought)
