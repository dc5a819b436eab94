"""Naming the state of the file, so that it can be found again in the history."""

from __future__ import annotations

from evidenceboard.model.records import Snapshot
from evidenceboard.model.transaction import Transaction


def name_snapshot(tx: Transaction, name: str, operation_id: str) -> Snapshot:
    """Give the state after an operation a name."""
    return tx.make(Snapshot, name=name, operation_id=operation_id, at=tx.seam.now())


def rename_snapshot(tx: Transaction, snapshot_id: str, name: str) -> Snapshot:
    """Give a named state another name."""
    return tx.change(tx.document.get(Snapshot, snapshot_id), name=name)


def remove_snapshot(tx: Transaction, snapshot_id: str) -> None:
    """Take the name of a state away; the state itself stays in the history."""
    tx.remove(tx.document.get(Snapshot, snapshot_id))
