"""What of a board may be painted at a marking, what stays behind, and the marking that every page bears."""

from __future__ import annotations

from collections.abc import Iterator

from evidenceboard.errors import EvidenceBoardError, NotFoundError
from evidenceboard.formats.chosen import chosen
from evidenceboard.model.board_marking import words_on
from evidenceboard.model.document import Document
from evidenceboard.model.passing import passing
from evidenceboard.model.records import TABLES, Board, Link
from evidenceboard.model.values import dataclass


@dataclass(frozen=True, slots=True)
class Included:
    """One board with the records that may go out of a `whole` file, which is that same document where all may.

    `markings`: what its pages bear, the strictest first; `as_of`: in words of when it is, where that is not now.
    """

    document: Document
    whole: Document
    board: Board
    markings: tuple[str, ...]
    withheld: int = 0
    at_most: str = ""
    as_of: str = ""

    @property
    def title(self) -> str:
        """Return the titles of file and board in one line, and what says that it is the past."""
        titles = (str(self.document.setting("title", "") or ""), self.board.title, self.as_of)
        return " · ".join(dict.fromkeys(" ".join(title.split()) for title in titles if title.strip()))


def included(
    document: Document, board_id: str | None, at_most: str = "", only: frozenset[str] | None = None, as_of: str = ""
) -> Included:
    """Return what may go out of a board, the first where none is named; `only` the cards of these entities.
    `as_of` goes into the title.

    Raises `EvidenceBoardError` where the marking leaves nothing of a board that is not empty.
    """
    board = document.find("boards", board_id) if board_id else next(iter(document.boards), None)
    if not isinstance(board, Board):
        raise NotFoundError("This board is not in the file; nothing was written.", "`info` shows every board.")
    # All of it is looked at, once: nobody is to hold in memory for that what is held in little room.
    document = passing(document)
    kept, _ = chosen(document, at_most)
    withheld = 0 if kept is document else _things(document, board.id) - _things(kept, board.id)
    if kept.find("boards", board.id) is None or (
        not kept.count("cards", "board_id", board.id) and document.count("cards", "board_id", board.id)
    ):
        raise EvidenceBoardError(
            f"Everything on this board is marked above {at_most}; nothing was written.", "Choose a higher marking."
        )
    if only is not None:
        kept = _narrowed(kept, board.id, only)
    return Included(kept, document, board, words_on(kept, board.id), withheld, at_most, as_of)


def _narrowed(document: Document, board_id: str, only: frozenset[str]) -> Document:
    """Return a document without the other cards of a board, and without the frames that have none left."""
    away: set[str] = {card.id for card in document.cards_on(board_id) if card.entity_id not in only}
    for frame in document.frames_on(board_id):
        cards = {card.id for card in document.cards_in(frame.id)}
        if cards and cards <= away:
            away.add(frame.id)
    return Document(record for table in TABLES for record in document.table(table).values() if record.id not in away)


def links_on(document: Document, board_id: str) -> Iterator[Link]:
    """Yield the links between entities that have a card on a board."""
    there = {card.entity_id for card in document.cards_on(board_id)}
    for entity_id in there:
        yield from (link for link in document.links_from(entity_id) if link.to_id in there)


def _things(document: Document, board_id: str) -> int:
    """Return the number of entities, cards and links on a board."""
    return 2 * document.count("cards", "board_id", board_id) + sum(1 for _ in links_on(document, board_id))
