"""Walking along the steps of a log: what the records were after another operation, and which of them differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from evidenceboard.model.changes import Change, Operation, ordered
from evidenceboard.model.differing import difference
from evidenceboard.model.document import Document, Swap
from evidenceboard.model.pace import Pace
from evidenceboard.model.transaction import Draft

LOOK: Final = "look"
"""The kind of an operation that nobody did: it tells views which records another state differs in."""


def walked(document: Document, steps: Iterable[Sequence[Change]], pace: Pace) -> Draft:
    """Return a document as it is after some steps in turn; it stands on the one given, which stays as it is.

    Raises `StaleChangeError` where a step does not fit what was before it, and `InvalidValueError`.
    """
    made = Draft(document)
    for changes in steps:
        swaps = made.resolve(changes)
        made.touched.update(((table, record_id), None) for table, record_id, _ in swaps)
        made.apply(swaps)
        pace.on()
    return made


def swaps_of(made: Draft) -> list[Swap]:
    """Return the records that differ between a walk and the document it began at, as `Document.apply` takes them."""
    every = [(table, record_id, made.find(table, record_id)) for table, record_id in made.touched]
    return [swap for swap in every if swap[2] != made.base.find(swap[0], swap[1])]


def as_seen(document: Document, swaps: Iterable[Swap]) -> Operation:
    """Return an operation that tells views what differs once these records are swapped in; it is never written."""
    sides = ((table, document.find(table, record_id), new) for table, record_id, new in swaps)
    changes = [found for table, old, new in sides if (found := difference(old, new, table))]
    return Operation("", "", {}, LOOK, None, "", "", 0, "", None, (), None, ordered(changes))
