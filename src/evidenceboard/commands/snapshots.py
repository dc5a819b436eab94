"""Naming the state of the file, so that it can be found again in the history."""

from __future__ import annotations

from evidenceboard.model.records import Snapshot
from evidenceboard.model.transaction import Transaction


def name_snapshot(tx: Transaction, name: str, operation_id: str) -> Snapshot:
    """Give the state after an operation a name."""
    return tx.make(Snapshot, name=name, operation_id=operation_id, at=tx.seam.now())
