"""Two documents laid over each other: one board that has the cards of both, and what is different about each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from evidenceboard.merge.comparing import Difference, compare
from evidenceboard.model.document import Document
from evidenceboard.model.pace import Tick
from evidenceboard.model.records import TABLES, Assessment, Card, Entity, Frame, Link, Record

THEIRS: Final = "theirs"
MINE: Final = "mine"
OTHER: Final = "other"
MOVED: Final = "moved"
KINDS: Final = (THEIRS, MINE, OTHER, MOVED)
"""Only in theirs, only in mine, different, only moved; the first that fits is what a card is marked as."""


@dataclass(slots=True)
class Overlaid:
    """`document` holds what either has, places and words as they are in mine. `cards` and `links`: their kind by id."""

    mine: Document
    theirs: Document
    difference: Difference
    document: Document
    cards: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)


def overlaid(mine: Document, theirs: Document, tick: Tick = lambda share: None) -> Overlaid:
    """Return two documents laid over each other; `tick` is told how far it is, and may raise to stop it."""
    tick(0.0)
    difference = compare(mine, theirs)
    tick(0.4)
    made = Overlaid(mine, theirs, difference, Document(_records(mine, theirs)))
    tick(0.6)
    both = ((THEIRS, difference.added), (MINE, difference.removed))
    marked: dict[str, str] = {}
    for kind, items in both:
        for item in items:
            if item.table == "cards":
                made.cards[item.id] = kind
            elif item.table == "links":
                made.links[item.id] = kind
            elif item.table == "entities":
                marked[item.id] = kind
            else:
                _mark(made, marked, item.table, item.id)
    for change in difference.changed:
        _mark(made, marked, change.table, change.id)
    for entity_id, kind in marked.items():
        for card in made.document.cards_of(entity_id):
            made.cards.setdefault(card.id, kind)
    for item in difference.moved:
        if item.table == "cards":
            made.cards.setdefault(item.id, MOVED)
    return made


def _records(mine: Document, theirs: Document) -> Iterator[Record]:
    """Yield what either has; of theirs nothing that hangs on what is not there."""
    for table in TABLES:
        here = mine.table(table)
        yield from here.values()
        yield from (one for record_id, one in theirs.table(table).items() if record_id not in here)


def _mark(made: Overlaid, marked: dict[str, str], table: str, record_id: str) -> None:
    """Note that something is different about the card or link that a record belongs to."""
    record = made.document.find(table, record_id)
    subject = getattr(record, "subject_id", "") or getattr(record, "entity_id", "")
    link = record if isinstance(record, Link) else made.document.find("links", str(subject))
    if isinstance(link, Link):
        made.links.setdefault(link.id, OTHER)
    elif isinstance(record, Card):
        made.cards.setdefault(record.id, OTHER)
    elif isinstance(record, Entity):
        marked.setdefault(record.id, OTHER)
    elif subject and not isinstance(record, Frame):
        marked.setdefault(str(subject), OTHER)


def place_of(made: Overlaid, table: str, record_id: str) -> tuple[str, str]:
    """Return the entity and the link at which a record is told; "" and "" for one of a board or of the file."""
    record = made.document.find(table, record_id)
    subject = str(getattr(record, "subject_id", "") or getattr(record, "entity_id", "") or "")
    link = record if isinstance(record, Link) else made.document.find("links", subject)
    if isinstance(link, Link):
        return link.from_id, link.id
    if isinstance(record, Entity):
        return record.id, ""
    return (subject, "") if made.document.find("entities", subject) is not None else ("", "")


def judged_by(made: Overlaid, table: str, record_id: str) -> str:
    """Return the author of a judgement, "" for anything else."""
    record = made.document.find(table, record_id)
    return record.author_id if isinstance(record, Assessment) else ""
