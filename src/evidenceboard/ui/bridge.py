"""From the session, which knows no Qt, to the views: one signal per operation."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from evidenceboard.model.changes import Operation
from evidenceboard.session import Session


class Bridge(QObject):
    """Tell the views of each operation after it is on the disk and in memory."""

    changed = Signal(object)
    closing = Signal()
    ready = Signal()
    """All of a large file is there now: what had to wait for it can be made."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._end = session.subscribe(self._tell)

    def _tell(self, operation: Operation) -> None:
        self.changed.emit(operation)

    def close(self) -> None:
        """Stop listening: the file is let go of."""
        self.closing.emit()
        self._end()
