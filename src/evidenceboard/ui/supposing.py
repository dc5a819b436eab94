"""What is supposed in a window: the cards, what follows, and the document that figures are computed from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QObject, Signal

from evidenceboard.model.ach import Matrix, matrix, weighing
from evidenceboard.model.changes import Operation
from evidenceboard.model.document import Document
from evidenceboard.model.records import Entity
from evidenceboard.model.supposing import Supposed, Supposition, suppose
from evidenceboard.ui.bridge import Bridge

_TELLING = frozenset({"entities", "links"})
"""Tables that decide what falls."""
_WEIGHING = _TELLING | {"assessments", "settings"}
"""Tables that the matrix is made of."""


class Supposing(QObject):
    """Hold a supposition as long as the window stands; nothing of it is written.

    `changed` tells that something else is supposed or falls. After an operation that is told first, before the bridge
    tells the views, because this is made right after the bridge.
    """

    changed = Signal()

    def __init__(self, document: Document, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.supposed = Supposed(Supposition(), document)
        self._of_file: Matrix | None = None
        self._weighed: Matrix | None = None
        bridge.changed.connect(self._follow)

    @property
    def seen(self) -> Document:
        """Return the document that figures are computed from: the file, or the file as it would be."""
        return self.supposed.document

    def seen_behind(self, claim_id: str) -> Document:
        """Return the document that tells where a claim comes from: of one that falls, as it stands in the file."""
        return self.document if claim_id in self.supposed.falls else self.seen

    def of_file(self) -> Matrix:
        """Return the matrix of the file, weighed once after each change."""
        if self._of_file is None:
            self._of_file = matrix(self.document)
        return self._of_file

    def weighing(self) -> Iterator[bool | None]:
        """Weigh in small steps what `of_file` and `weighed` return: yield None after each, and True at the end."""
        for made in weighing(self.document) if self._of_file is None else ():
            self._of_file = made
            if made is None:
                yield None
        for made in weighing(self.seen) if self and self._weighed is None else ():
            self._weighed = made
            if made is None:
                yield None
        yield True

    def weighed(self) -> Matrix:
        """Return the matrix as it would be; that of the file where nothing is supposed."""
        if not self:
            return self.of_file()
        if self._weighed is None:
            self._weighed = matrix(self.seen)
        return self._weighed

    def __bool__(self) -> bool:
        return bool(self.supposed.supposition)

    def suppose(self, entity_ids: Iterable[str], *, true: bool) -> None:
        """Suppose cards false or true as well. Raises `InvalidValueError`, and nothing else is supposed then."""
        wanted = self.supposed.supposition
        for entity_id in entity_ids:
            wanted = wanted.having(self.document.get(Entity, entity_id), true=true)
        self._take(wanted)

    def take_back(self, entity_ids: Iterable[str]) -> None:
        """Suppose some cards no longer."""
        wanted = self.supposed.supposition
        for entity_id in entity_ids:
            wanted = wanted.without(entity_id)
        self._take(wanted)

    def end(self) -> None:
        """Suppose nothing any more."""
        self._take(Supposition())

    def _take(self, wanted: Supposition) -> None:
        if wanted != self.supposed.supposition:
            self.supposed = suppose(self.document, wanted)
            self._weighed = None
            self.changed.emit()

    def _follow(self, operation: Operation) -> None:
        if operation.tables() & _WEIGHING:
            self._of_file = self._weighed = None
        if self and operation.tables() & _TELLING:
            before, self.supposed = self.supposed, suppose(self.document, self.supposed.supposition)
            told = (self.supposed.supposition, self.supposed.falls, self.supposed.clashes)
            if told != (before.supposition, before.falls, before.clashes):
                self.changed.emit()
