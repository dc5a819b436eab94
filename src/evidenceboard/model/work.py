"""One large operation on its way: made and written beside the window, then taken in at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from evidenceboard.model.chain import Chain
from evidenceboard.model.changes import Change, Operation
from evidenceboard.model.conflicts import follow
from evidenceboard.model.document import Document
from evidenceboard.model.giving_back import empty
from evidenceboard.model.joined import Joined
from evidenceboard.model.pace import Pace, Tick
from evidenceboard.model.records import Record
from evidenceboard.model.transaction import Transaction

Look = Callable[[Document, Sequence[Change]], None]
"""Takes a document, and the changes that lead to it."""


@dataclass(slots=True)
class Step:
    """What an operation does to the file and to the document. `after` is the document that follows, if made.

    `remains` are dicts that it was made in, which may take long to let go of.
    """

    operation: Operation
    swaps: list[tuple[str, str, Record | None]]
    numbers: dict[str, int] = field(default_factory=dict)
    blobs: dict[str, bytes] = field(default_factory=dict)
    after: Document | None = None
    joined: Joined | None = None
    remains: list[dict[Any, Any]] = field(default_factory=list)


def drawn(
    transaction: Transaction,
    chain: Chain,
    label: str,
    values: dict[str, Any],
    kind: str = "do",
    group: str | None = None,
    tick: Tick | None = None,
    joined: Joined | None = None,
) -> Step | None:
    """Return what a transaction comes to; None where nothing changed."""
    changes = transaction.changes(Pace(tick, 0.3, 0.4, len(transaction.document.touched)))
    if not changes:
        return None
    made_id, at = transaction.new_id(), transaction.seam.now()
    if kind != "merge" and transaction.document.base.size("conflicts"):
        follow(transaction, changes, made_id, chain.next_counter, at)
        changes = transaction.changes()
    # What it changed has been checked record by record, and nothing else can have changed meanwhile.
    swaps = transaction.swaps(changes)
    said, pace = {**values, **transaction.values}, Pace(tick, 0.4, 0.55, len(changes))
    made = chain.made(label, said, kind, changes, group=group, pace=pace, id=made_id, at=at, joined=joined)
    remains = transaction.document.given_up()
    return Step(made, swaps, transaction.new_numbers(), transaction.blobs, joined=joined, remains=remains)


class Work:
    """An operation that is made and written in any thread by `run`, and taken in by `end` in that of the views.

    Until `end` or `drop` the session takes no other change. What `run` raises leaves file and document as they were.
    """

    def __init__(
        self,
        make: Callable[[Tick, Look], Step | None],
        end: Callable[[Step], list[Any]],
        drop: Callable[[], None],
    ) -> None:
        self._make = make
        self._end = end
        self._drop = drop
        self._step: Step | None = None
        self._old: list[Any] = []

    def run(self, tick: Tick, look: Look = lambda document, changes: None) -> None:
        """Make the operation and write it. `look` gets the document that will follow, before anything is written.

        Raises `StoppedError` where `tick` does, and `EvidenceBoardError`.
        """
        self._step = self._make(tick, look)

    def carry_out(self, tick: Tick = lambda share: None) -> Operation | None:
        """Make, write and take in the operation right here. Raises what `run` raises."""
        try:
            self.run(tick)
        except BaseException:
            self.drop()
            raise
        return self.end()

    def end(self) -> Operation | None:
        """Take in what was written and tell the listeners; None where nothing changed."""
        step, self._step = self._step, None
        self._drop()
        if step is None:
            return None
        self._old = [*self._end(step), *step.remains, step.swaps, list(step.operation.changes)]
        return step.operation

    def drop(self) -> None:
        """Leave it: `run` raised, so nothing was written."""
        self._step = None
        self._drop()

    def let_go(self) -> None:
        """Free what was there before, bit by bit. In any thread."""
        empty(self._old)
