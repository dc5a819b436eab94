"""The highest marking on one board, kept up by operations: nothing is counted anew when one card changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from evidenceboard.model.changes import Change, Operation
from evidenceboard.model.document import Document
from evidenceboard.model.markings import of_file, read_as, strictest
from evidenceboard.model.records import Board, Card, Entity, Link


class BoardMarking:
    """Know which markings the cards of a board and the links between them have of their own.

    What has none of its own has the file's, or that of an entity which is on the board as well.
    """

    def __init__(self, document: Document, board_id: str) -> None:
        self._document = document
        self._board_id = board_id
        self._held: dict[tuple[str, str], str] = {}
        self._counts: Counter[str] = Counter()
        self._look(document.marked("entities"))
        self._look(document.marked("links"))

    def words(self) -> tuple[str, ...]:
        """Return the highest marking that is present, the board's and the file's among them.

        Words that are on no scale stand before it.
        """
        board = self._document.find("boards", self._board_id)
        own = board.marking if isinstance(board, Board) else ""
        return strictest([of_file(self._document), own, *self._counts])

    def follow(self, operation: Operation) -> None:
        """Take in an operation that the document has taken in."""
        if operation.is_bulk:
            self._held.clear()
            self._counts.clear()
            self._look(self._document.marked("entities"))
            self._look(self._document.marked("links"))
            return
        for change in operation.changes:
            if change.is_shift or not self._tells(change):
                continue
            if change.table in ("entities", "links"):
                self._again(change.table, str(change.record_id))
            else:
                self._of_card(change)

    def _tells(self, change: Change) -> bool:
        said = set(change.after or ()) | set(change.before or ())
        whole = change.before is None or change.after is None
        if change.table == "entities":
            return "marking" in said
        if change.table == "links":
            return bool(said & {"marking", "from_id", "to_id"})
        return change.table == "cards" and (whole or bool(said & {"board_id", "entity_id"}))

    def _of_card(self, change: Change) -> None:
        card = self._document.find("cards", str(change.record_id))
        named = {(change.before or {}).get("entity_id"), (change.after or {}).get("entity_id")}
        if isinstance(card, Card):
            named.add(card.entity_id)
        for entity_id in named - {None}:
            self._again("entities", str(entity_id))
            if self._document.any_marked("links"):
                for link in self._document.links_of(str(entity_id)):
                    self._again("links", link.id)

    def _again(self, table: str, record_id: str) -> None:
        old = self._held.pop((table, record_id), "")
        if old:
            self._counts[old] -= 1
            if not self._counts[old]:
                del self._counts[old]
        record = self._document.find(table, record_id)
        if isinstance(record, Entity | Link):
            self._look([record])

    def _look(self, records: Iterable[Entity | Link]) -> None:
        for record in records:
            word = read_as(record.marking)
            ends = (record.id,) if isinstance(record, Entity) else (record.from_id, record.to_id)
            if word and all(self._document.card_on(self._board_id, end) for end in ends):
                self._held["entities" if isinstance(record, Entity) else "links", record.id] = word
                self._counts[word] += 1


def words_on(document: Document, board_id: str) -> tuple[str, ...]:
    """Return the highest marking on a board, with words that are on no scale before it."""
    return BoardMarking(document, board_id).words()
