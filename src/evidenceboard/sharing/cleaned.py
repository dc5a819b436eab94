"""The records of a clean copy, made of those that are chosen: under other ids, without what is not to go along."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final, cast

from evidenceboard.formats.byte_search import Step, stepping
from evidenceboard.formats.chosen import chosen
from evidenceboard.model.deception import first_of
from evidenceboard.model.document import Document
from evidenceboard.model.entity_type import extra
from evidenceboard.model.link_types import link_type
from evidenceboard.model.markings import inherited, rank, read_as
from evidenceboard.model.records import (
    TABLE_OF,
    TABLES,
    Assessment,
    Attachment,
    Board,
    Card,
    Entity,
    Frame,
    Link,
    Record,
    Setting,
)
from evidenceboard.model.seam import Seam, derived_id
from evidenceboard.model.types import entity_type
from evidenceboard.sharing.choice import Account, Choice, Cleaned
from evidenceboard.sharing.names import replacing, still_said

NO_REASON: Final = "Reason withheld by the sender"
"""Stands where a reason stays behind without which a marking or judgement would not count."""
SETTINGS: Final = ("title", "marking", "yardstick", "assessor")
"""Choices of the file that go along: searches, silenced findings and checks of attachments never do."""
NEVER: Final = ("snapshots", "conflicts", "comments", "custody", "redactions")
"""Tables that point into the history, or hold what several people wrote and said about it."""


def clean(document: Document, choice: Choice, seam: Seam, step: Step = lambda: None) -> Cleaned:
    """Return the records that a choice lets out, as they will stand in the copy. The document is only read.

    `step` is called again and again; what it raises ends this.
    """
    marked, _ = chosen(document, choice.at_most)
    going = list(stepping(_narrowed(marked, choice), step))
    ids = _ids(going, choice, seam)
    work = _Cleaning(document, choice, ids, seam)
    made: list[Record] = []
    origins: dict[tuple[str, str], Record] = {}
    account = work.account
    for record in stepping(going, step):
        copy = work.copy(record)
        made.append(copy)
        table = TABLE_OF[type(record)]
        origins[table, copy.id] = record
        account.goes[table] += 1
        if isinstance(record, Entity):
            account.types[record.type] += 1
    for table in TABLES:
        stay = document.size(table) - account.goes[table]
        if table != "settings" and stay > 0:
            account.stays[table] = stay
    _account(document, going, work, made, step)
    return Cleaned(made, origins, work.authors, ids, account)


def _account(document: Document, going: list[Record], work: _Cleaning, made: list[Record], step: Step) -> None:
    account, choice = work.account, work.choice
    here = {one.id for one in going if isinstance(one, Entity)}
    links = {one.id for one in going if isinstance(one, Link)}
    account.hanging = sum(
        link.id not in links and (link.from_id in here) != (link.to_id in here) for link in document.links
    )
    account.renamed = sum(entity_id in here for entity_id in choice.aliases)
    staying = [one for one in document.entities if one.id not in here]
    renamed = [one for one in document.entities if choice.aliases.get(one.id, "").strip()]
    account.still = still_said(
        document, [one for one in staying if one not in renamed], renamed, list(zip(going, made, strict=True)), step
    )


def _narrowed(document: Document, choice: Choice) -> Iterator[Record]:
    """Yield the records of a document that a choice takes, in the order in which rows can be made."""
    boards = {one.id: one for one in document.boards if choice.boards is None or one.id in choice.boards}
    entities = {one.id: one for one in document.entities if _is_of(one, choice)}
    if choice.boards is not None:
        on_them = {card.entity_id for board_id in boards for card in document.cards_on(board_id)}
        entities = {key: one for key, one in entities.items() if key in on_them}
    for key in [one.id for one in entities.values() if (first := first_of(document, one)) and first.id not in entities]:
        del entities[key]  # without the row it reads as deception it would count as one of its own
    yield from boards.values()
    yield from entities.values()
    for frame in document.frames:
        cards = list(document.cards_in(frame.id))
        if frame.board_id in boards and (not cards or any(card.entity_id in entities for card in cards)):
            yield frame
    yield from (one for one in document.cards if one.board_id in boards and one.entity_id in entities)
    links = {one.id: one for one in document.links if one.from_id in entities and one.to_id in entities}
    yield from links.values()
    for record in document.table("assessments").values():
        judged = cast(Assessment, record)
        if judged.subject_id in entities or judged.subject_id in links:
            yield judged
    if choice.attachments:
        for record in document.table("attachments").values():
            if cast(Attachment, record).entity_id in entities:
                yield record
    yield from (one for one in document.table("settings").values() if one.id in SETTINGS)


def _is_of(entity: Entity, choice: Choice) -> bool:
    return (choice.notes or entity.type != "note") and (choice.types is None or entity.type in choice.types)


def _ids(going: list[Record], choice: Choice, seam: Seam) -> dict[str, str]:
    """Return the id of each record in the copy. Those that are made of others follow when these are known."""
    named = [one for one in going if not isinstance(one, Assessment | Setting)]
    if choice.keeps_ids:
        return {one.id: one.id for one in named}
    ids = {one.id: seam.new_id() for one in named}
    pairs: set[str] = set()
    for one in named:
        if isinstance(one, Link) and (pair := link_type(one.type).pair_id(ids[one.from_id], ids[one.to_id])):
            # Of two links that another program left between the same ends, the first has the id that they share.
            ids[one.id] = ids[one.id] if pair in pairs else pair
            pairs.add(pair)
    return ids


class _Cleaning:
    """Make the copy of each record."""

    def __init__(self, document: Document, choice: Choice, ids: dict[str, str], seam: Seam) -> None:
        self.document, self.choice = document, choice
        self.account = Account(emptied=Counter())
        self.authors: dict[str, str] = {}
        self._ids, self._seam = ids, seam
        self._names = replacing(document, choice.aliases)
        self._copies: dict[type, Callable[[Any], Record]] = {
            Board: self._board, Entity: self._entity, Frame: self._frame, Card: self._card, Link: self._link,
            Assessment: self._assessment, Attachment: self._attachment, Setting: self._setting,
        }  # fmt: skip

    def copy(self, record: Record) -> Record:
        return self._copies[type(record)](record)

    def author(self, author_id: str) -> str:
        """Return the id of an author in the copy, the same for all that one author judged."""
        if self.choice.authors or self.choice.history:
            return self.authors.setdefault(author_id, author_id)
        return self.authors.setdefault(author_id, self._seam.new_id())

    def _text(self, text: str) -> str:
        return self._names.text(text)

    def _note(self, text: str, what: str = "notes") -> str:
        if text and not self.choice.notes:
            self.account.emptied[what] += 1
            return ""
        return self._text(text)

    def _reason(self, text: str, *, needed: bool) -> str:
        return self._note(text, "reasons") or (NO_REASON if text and needed else "")

    def _marking(self, record: Board | Entity | Link | Attachment) -> dict[str, Any]:
        """Return the marking as it goes along: one that is lower still counts, whatever becomes of its reason."""
        own = read_as(record.marking)
        lower = bool(own) and rank(own) < rank(inherited(self.document, record).word)
        return {"marking": record.marking, "marking_reason": self._reason(record.marking_reason, needed=lower)}

    def _props(self, record: Entity | Link) -> dict[str, Any]:
        """Return the properties that are known here, without names of things that stay behind."""
        model = (link_type if isinstance(record, Link) else entity_type)(record.type).props
        kept: dict[str, Any] = {}
        for key, value in record.props.items():
            if key not in model.model_fields:
                self.account.emptied["unknown"] += 1
            elif extra(model, key).get("refers_to"):
                kept[key] = [self._ids[one] for one in value if one in self._ids] if isinstance(value, list) else []
            elif key == "reason":
                kept[key] = self._reason(str(value), needed=False)
            elif key == "aliases" and record.id in self.choice.aliases:
                continue
            else:
                kept[key] = self._names.value(value)
        return kept

    def _board(self, record: Board) -> Record:
        return replace(record, id=self._ids[record.id], title=self._text(record.title), **self._marking(record))

    def _entity(self, record: Entity) -> Record:
        alias = self.choice.aliases.get(record.id, "").strip()
        return replace(
            record, id=self._ids[record.id], title=alias or self._text(record.title), notes=self._note(record.notes),
            tags=self._names.value(record.tags), props=self._props(record), **self._marking(record),
        )  # fmt: skip

    def _frame(self, record: Frame) -> Record:
        return replace(
            record, id=self._ids[record.id], board_id=self._ids[record.board_id], title=self._text(record.title)
        )

    def _card(self, record: Card) -> Record:
        frame = self._ids.get(record.frame_id or "")
        return replace(
            record, id=self._ids[record.id], board_id=self._ids[record.board_id],
            entity_id=self._ids[record.entity_id], frame_id=frame,
        )  # fmt: skip

    def _link(self, record: Link) -> Record:
        return replace(
            record, id=self._ids[record.id], from_id=self._ids[record.from_id], to_id=self._ids[record.to_id],
            notes=self._note(record.notes), tags=self._names.value(record.tags), props=self._props(record),
            **self._marking(record),
        )  # fmt: skip

    def _assessment(self, record: Assessment) -> Record:
        subject, author = self._ids[record.subject_id], self.author(record.author_id)
        reason = self._reason(record.reason, needed=record.field == "independent")
        made = record.id if self.choice.keeps_ids else derived_id(subject, record.field, author)
        return replace(
            record, id=made, subject_id=subject, author_id=author, reason=reason,
            at=record.at if self.choice.authors else "",
        )  # fmt: skip

    def _attachment(self, record: Attachment) -> Record:
        return replace(
            record, id=self._ids[record.id], entity_id=self._ids[record.entity_id], name=self._text(record.name),
            url=self._text(record.url), tool=self._text(record.tool), notes=self._note(record.notes),
            **self._marking(record),
        )  # fmt: skip

    def _setting(self, record: Setting) -> Record:
        if record.id == "assessor" and isinstance(record.value, str) and record.value:
            return replace(record, value=self.author(record.value))
        return replace(record, value=self._names.value(record.value))
