"""What of a board may be painted at a marking, what stays behind, and the marking that every page bears."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evidenceboard.errors import EvidenceBoardError, NotFoundError
from evidenceboard.formats.chosen import chosen
from evidenceboard.model.board_marking import words_on
from evidenceboard.model.document import Document
from evidenceboard.model.records import Board, Link


@dataclass(frozen=True, slots=True)
class Included:
    """One board with the records that may go out. `markings`: what its pages bear, the strictest first."""

    document: Document
    board: Board
    markings: tuple[str, ...]
    withheld: int = 0
    at_most: str = ""

    @property
    def title(self) -> str:
        """Return the titles of file and board in one line."""
        titles = (str(self.document.setting("title", "") or ""), self.board.title)
        return " · ".join(dict.fromkeys(" ".join(title.split()) for title in titles if title.strip()))


def included(document: Document, board_id: str | None, at_most: str = "") -> Included:
    """Return what may go out of a board, the first where none is named.

    Raises `EvidenceBoardError` where the marking leaves nothing of a board that is not empty.
    """
    board = document.find("boards", board_id) if board_id else next(iter(document.boards), None)
    if not isinstance(board, Board):
        raise NotFoundError("This board is not in the file; nothing was written.", "`info` shows every board.")
    kept, _ = chosen(document, at_most)
    before, after = _things(document, board.id), _things(kept, board.id)
    if kept.find("boards", board.id) is None or (not kept.cards_on(board.id) and document.cards_on(board.id)):
        raise EvidenceBoardError(
            f"Everything on this board is marked above {at_most}; nothing was written.", "Choose a higher marking."
        )
    return Included(kept, board, words_on(kept, board.id), before - after, at_most)


def links_on(document: Document, board_id: str) -> Iterator[Link]:
    """Yield the links between entities that have a card on a board."""
    there = {card.entity_id for card in document.cards_on(board_id)}
    for entity_id in there:
        yield from (link for link in document.links_from(entity_id) if link.to_id in there)


def _things(document: Document, board_id: str) -> int:
    """Return the number of entities, cards and links on a board."""
    return 2 * len(document.cards_on(board_id)) + sum(1 for _ in links_on(document, board_id))
