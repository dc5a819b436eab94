"""The end of the log: what the next operation follows on, and how it is sealed."""

from __future__ import annotations

from typing import Any

from evidenceboard.model.changes import Change, Operation
from evidenceboard.model.joined import Joined
from evidenceboard.model.pace import Pace
from evidenceboard.model.packing import sealed, spans
from evidenceboard.model.seam import Seam


class Chain:
    """Make the operations of one session, each following on the one before; the first on the last one in the file."""

    def __init__(self, seam: Seam, author_id: str) -> None:
        self._seam = seam
        self._author_id = author_id
        self._session_id = seam.new_id()
        self._counter = 0
        self._prev: str | None = None
        self._heads: tuple[str, ...] = ()

    def found(self, header: Operation) -> None:
        """Take note of the next operation that was done in this file; what a merge brought is behind the merge."""
        self._counter = max(self._counter, header.counter)
        self._heads = (header.hash,)

    def noted(self, made: Operation) -> None:
        """Take note of an operation of this session that is in the file now."""
        self._counter, self._prev = made.counter, made.hash

    @property
    def next_counter(self) -> int:
        """Return the counter of the next operation."""
        return self._counter + 1

    def made(
        self,
        label: str,
        values: dict[str, Any],
        kind: str,
        changes: tuple[Change, ...],
        *,
        target: str | None = None,
        group: str | None = None,
        pace: Pace | None = None,
        id: str = "",
        at: str = "",
        joined: Joined | None = None,
    ) -> Operation:
        """Return the operation that these changes become, sealed. It counts once it is `noted`.

        `joined` is another log that it takes in, so that it follows on that as well.
        """
        counts = spans(changes)
        others, above = (joined.heads, joined.counter) if joined else ((), 0)
        made = Operation(
            id or self._seam.new_id(), label, values, kind, target, self._author_id, self._session_id,
            max(self._counter, above) + 1, at or self._seam.now(), group,
            (*(self._heads if self._prev is None else (self._prev,)), *others), self._prev,
            changes, tuple(self._seam.salt() for _ in counts), counts,
        )  # fmt: skip
        return sealed(made, (pace or Pace(None)).on)
