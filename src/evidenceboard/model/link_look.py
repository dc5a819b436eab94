"""How a link shows on the board: what it says beside its line, and whether it speaks for or against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from evidenceboard.model.link_types import link_type
from evidenceboard.model.markings import above_board
from evidenceboard.model.marks import one_line, visible
from evidenceboard.model.records import Board, Link

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

PLAIN: Final = 0
FOR: Final = 1
AGAINST: Final = 2
_TONES: Final = {"plain": PLAIN, "for": FOR, "against": AGAINST}
_BY_CONSISTENCY: Final = {"CC": FOR, "C": FOR, "I": AGAINST, "II": AGAINST}
INDEPENDENCE: Final = {"yes": "independent", "no": "not independent"}
LABEL_LIMIT: Final = 40


def tone(document: Document, link: Link) -> int:
    """Return PLAIN, FOR or AGAINST; what bears on a scenario takes its tone from the judged consistency."""
    if link.type == "bears on":
        return tone_of_cell(document.judged(link.id, "consistency"))
    return tone_of_type(link.type)


def tone_of_cell(consistency: str) -> int:
    """Return the tone of what bears on a scenario, by the judgement that counts."""
    return _BY_CONSISTENCY.get(consistency, PLAIN)


def tone_of_type(type_id: str) -> int:
    """Return the tone of any other link: its type alone gives it."""
    return _TONES[link_type(type_id).tone]


def marking(document: Document, link: Link, board_id: str) -> str:
    """Return the marking of a link where it is above its board's, else ""; at once where nothing of it is marked."""
    marked = link.marking or (
        document.any_marked("entities")
        and (document.is_marked("entities", link.from_id) or document.is_marked("entities", link.to_id))
    )
    board = None if marked else document.find("boards", board_id)
    if marked or (isinstance(board, Board) and board.marking_reason):
        return one_line(above_board(document, link, board_id))
    return ""


def label(document: Document, link: Link) -> str:
    """Return the words beside a link on the screen, at most 40 characters of them."""
    line = words(document, link)
    return line if len(line) <= LABEL_LIMIT else line[: LABEL_LIMIT - 1] + "…"


def words(document: Document, link: Link) -> str:
    """Return all words beside a link: the consistency, the free label, or the type's word."""
    if link.type == "bears on":
        return document.judged(link.id, "consistency") or "not assessed"
    if link.type == "independent of":
        return INDEPENDENCE.get(document.judged(link.id, "independent"), "not judged")
    if link.type == "related":
        said = str(link.props.get("label") or "").strip() or link_type(link.type).word
    else:
        said = link_type(link.type).word
    return " ".join(visible(said).split())
