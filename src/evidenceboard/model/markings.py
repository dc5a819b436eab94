"""Markings (TLP 2.0): the one that counts for each thing, where it comes from, and the highest on a board."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from evidenceboard.model.gradings import TLP, marking
from evidenceboard.model.records import Attachment, Board, Card, Entity, Frame, Link
from evidenceboard.model.values import dataclass

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

Marked = Board | Entity | Link | Attachment
"""What can bear a marking of its own; a card has its entity's, a frame its board's."""
DEFAULT: Final = "TLP:CLEAR"
"""The marking of a file that says nothing."""
_RANKS: Final = {word: place for place, word in enumerate(reversed(TLP.caution), start=1)}
_UNKNOWN: Final = len(_RANKS) + 1


@dataclass(frozen=True, slots=True)
class Marking:
    """The marking that counts for one thing, and why.

    `whence`: its own; its own below `above` for a `reason`; the file's; that of the entities with these `numbers`.
    `unheeded`: one of its own that is lower and has no reason, so that it does not count.
    """

    word: str
    whence: Literal["own", "lowered", "file", "entity"]
    numbers: tuple[str, ...] = ()
    above: str = ""
    reason: str = ""
    unheeded: str = ""


def read_as(word: object) -> str:
    """Return a marking as it is written in full, the old WHITE as CLEAR; a word on no scale as it stands."""
    said = str(word or "").strip()
    if not said or said in _RANKS:
        return said
    try:
        return marking(said)
    except ValueError:
        return said


def rank(word: str) -> int:
    """Return how high a marking stands: 0 for none, 1 for CLEAR, 5 for RED, and 6 for a word that is on no scale."""
    read = word if word in _RANKS else read_as(word)
    return _RANKS.get(read, _UNKNOWN) if read else 0


def allowed(word: str, at_most: str) -> bool:
    """Tell whether a marking is not above another; one that is on no scale is above all."""
    return 0 < rank(word) <= rank(at_most) and rank(word) < _UNKNOWN


def of_file(document: Document) -> str:
    """Return the marking of the file."""
    return read_as(document.setting("marking", "")) or DEFAULT


def inherited(document: Document, record: Marked) -> Marking:
    """Return what a thing has without a marking of its own: the file's, or that of its entities where it is higher."""
    found = Marking(of_file(document), "file")
    if isinstance(record, Link):
        parents: tuple[str, ...] = (record.from_id, record.to_id)
    else:
        parents = (record.entity_id,) if isinstance(record, Attachment) else ()
    for entity_id in dict.fromkeys(parents):
        entity = document.find("entities", entity_id)
        if not isinstance(entity, Entity) or not entity.marking:
            continue
        word = effective(document, entity).word
        if rank(word) > rank(found.word):
            found = Marking(word, "entity", (entity.number,))
        elif word == found.word and found.whence == "entity":
            found = Marking(word, "entity", (*found.numbers, entity.number))
    return found


def effective(document: Document, record: Marked | Card | Frame) -> Marking:
    """Return the marking that counts: its own, where that is not below what it inherits or a reason stands beside it.

    Raises `NotFoundError` for a card or frame of something that is not there.
    """
    if isinstance(record, Card):
        return effective(document, document.get(Entity, record.entity_id))
    if isinstance(record, Frame):
        return effective(document, document.get(Board, record.board_id))
    above, own = inherited(document, record), read_as(record.marking)
    if not own:
        return above
    if rank(own) >= rank(above.word):
        return Marking(own, "own")
    reason = record.marking_reason.strip()
    if reason:
        return Marking(own, "lowered", above.numbers, above.word, reason)
    return Marking(above.word, above.whence, above.numbers, unheeded=own)


def derivation(found: Marking) -> str:
    """Say where a marking comes from: “from A3”, “of the file”, “own”, “lowered from TLP:RED because …”."""
    told = {
        "own": "own",
        "lowered": f"lowered from {found.above} because {found.reason}",
        "file": "of the file",
        "entity": f"from {' and '.join(found.numbers)}",
    }[found.whence]
    return f"{told}; its own {found.unheeded} is lower and has no reason" if found.unheeded else told


def carried(record: Marked, from_file: str, document: Document) -> Marked:
    """Return a thing of another file as it must come into this one: with that file's marking where this one's is lower.

    Without it, what had its marking from its file would lose it on the way.
    """
    counts = record.marking and (record.marking_reason.strip() or rank(record.marking) >= rank(from_file))
    if counts or rank(from_file) <= rank(of_file(document)):
        return record
    return replace(record, marking=read_as(from_file)[:200])


def above_board(document: Document, record: Entity | Link, board_id: str = "") -> str:
    """Return the marking of a card or link where it is above its board's, else "".

    Without a board, the file's is what it is held against.
    """
    board = document.find("boards", board_id) if board_id else None
    ground = effective(document, board).word if isinstance(board, Board) else of_file(document)
    word = effective(document, record).word
    return word if rank(word) > rank(ground) or (word == record.marking and rank(word) == _UNKNOWN) else ""


def strictest(words: Iterable[str]) -> tuple[str, ...]:
    """Return the highest of some markings; words that are on no scale stand before it, each of them."""
    found = {read_as(word) for word in words} - {""}
    ranked = [word for word in TLP.caution if word in found]
    return (*sorted(found - set(TLP.caution)), *ranked[:1])
