"""What undo and redo would do next, told from the headers of the log alone, so that it outlives closing."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from evidenceboard.model.changes import Operation

_BARRIERS: Final = ("create", "migration", "redact")


class UndoStacks:
    """Keep what can be undone and redone. An entry is a list of operations that go together, oldest first."""

    def __init__(self) -> None:
        self._undo: list[list[Operation]] = []
        self._redo: list[list[Operation]] = []

    def next_undo(self) -> list[Operation] | None:
        return self._undo[-1] if self._undo else None

    def next_redo(self) -> list[Operation] | None:
        return self._redo[-1] if self._redo else None

    def next(self, kind: str) -> list[Operation] | None:
        """Return what `undo` or `redo` would take next, or None."""
        return self.next_undo() if kind == "undo" else self.next_redo()

    def note(self, operation: Operation) -> None:
        """Take in the next operation of the log."""
        if operation.kind == "undo":
            self._swap(self._undo, self._redo, operation.target)
        elif operation.kind == "redo":
            self._swap(self._redo, self._undo, operation.target)
        elif operation.kind in _BARRIERS:
            self._undo.clear()
            self._redo.clear()
        else:
            self._redo.clear()
            header = _without_changes(operation)
            last = self._undo[-1] if self._undo else None
            if last and operation.group and last[-1].group == operation.group:
                last.append(header)
            else:
                self._undo.append([header])

    def _swap(self, here: list[list[Operation]], there: list[list[Operation]], target: str | None) -> None:
        if here and here[-1][0].id == target:
            there.append(here.pop())
        else:
            # A log that undoes something else than the last thing: what lies between can no longer be told apart.
            here.clear()
            there.clear()


def _without_changes(operation: Operation) -> Operation:
    if not (operation.changes or operation.salts or operation.commitments):
        return operation  # as it is read from the log
    return replace(operation, changes=(), salts=(), spans=(), commitments=())
