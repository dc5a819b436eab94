"""What can be written in place: the fields of a card, the title of a frame, the words of a link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field

from PySide6.QtCore import QCoreApplication, QRectF

from evidenceboard import commands
from evidenceboard.model import card_size
from evidenceboard.model.document import Document
from evidenceboard.model.entity_type import EntityType, extra
from evidenceboard.model.gradings import ASSESSED
from evidenceboard.model.link_types import link_type
from evidenceboard.model.records import TEXT_LIMIT, Card, Entity, Frame, Link
from evidenceboard.model.scene import FRAME_TITLE
from evidenceboard.model.sentences import is_checked
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.types import entity_type
from evidenceboard.model.values import dataclass
from evidenceboard.ui.board.canvas import Canvas
from evidenceboard.ui.long_text import most_of

_say = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Field:
    """One text that can be written: its label, what it says now, and how it is changed."""

    label: str
    text: Callable[[], str]
    write: Callable[[Transaction, str], None]
    most: int = TEXT_LIMIT
    """Characters that it takes."""
    step: str = "Write the {field}"
    """What undo says of it, a template; `values` are for what it names beside the field."""
    checked: bool = False
    """Whether its sentences are looked at while they are written."""
    values: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """A thing under the pen: its fields in order, and where it is seen, in pixels of the board."""

    fields: tuple[Field, ...]
    place: Callable[[], QRectF | None]
    medium: bool = False
    card_id: str = ""
    named: bool = False
    """Whether one has to be told what is written from the first field on."""


def card(canvas: Canvas, card_id: str) -> Written | None:
    """Return the fields of a card: title, what its type adds as free text, notes."""
    document = canvas.shell.document
    found = document.find("cards", card_id)
    entity = document.find("entities", found.entity_id) if isinstance(found, Card) else None
    if not isinstance(entity, Entity):
        return None
    kind = entity_type(entity.type)
    keys = ["title", *free_texts(kind), "notes"]

    def place() -> QRectF | None:
        slot = canvas.scene.slot_of.get(card_id)
        if slot is None:
            return None
        rect, zoom = canvas.rect_on_screen(slot), canvas.zoom
        wide = card_size.text_width(rect.width() / zoom) * zoom
        top = rect.top() + (card_size.PADDING + card_size.HEAD) * zoom
        return QRectF(rect.left() + card_size.PADDING * zoom, top, wide, card_size.TITLE_LINE * zoom)

    fields = tuple(_entity_field(document, entity, key, _label(kind, key)) for key in keys)
    return Written(fields, place, not kind.title_is_sentence, card_id)


def free_texts(kind: EntityType) -> list[str]:
    """Return the properties of a type that hold free text."""
    return [
        key
        for key, info in kind.props.model_fields.items()
        if info.annotation is str and key not in ASSESSED and not extra(kind.props, key).get("refers_to")
    ]


def _label(kind: EntityType, key: str) -> str:
    if key in ("title", "notes"):
        return {"title": _say("Field", "Title"), "notes": _say("Field", "Notes")}[key]
    return str(kind.props.model_fields[key].title or key)


def _entity_field(document: Document, written: Entity, key: str, label: str) -> Field:
    entity_id, checked = written.id, is_checked(written.type, key)

    def text() -> str:
        entity = document.find("entities", entity_id)
        if not isinstance(entity, Entity):
            return ""
        own = {"title": entity.title, "notes": entity.notes}
        return own[key] if key in own else str(entity.props.get(key) or "")

    def write(tx: Transaction, value: str) -> None:
        commands.set_fields(tx, entity_id, **{key: value})

    return Field(label, text, write, most_of(key), checked=checked)


def frame(canvas: Canvas, frame_id: str) -> Written | None:
    """Return the title of a frame."""
    document = canvas.shell.document
    if not document.find("frames", frame_id):
        return None

    def text() -> str:
        found = document.find("frames", frame_id)
        return found.title if isinstance(found, Frame) else ""

    def place() -> QRectF | None:
        found = document.find("frames", frame_id)
        if not isinstance(found, Frame):
            return None
        corner, zoom = canvas.to_screen(found.x, found.y), canvas.zoom
        return QRectF(corner.x() + 14 * zoom, corner.y() + 9 * zoom, (found.w - 28) * zoom, FRAME_TITLE * 0.64 * zoom)

    def write(tx: Transaction, value: str) -> None:
        commands.rename_frame(tx, frame_id, value)

    return Written((Field(_say("Field", "Title"), text, write, most_of("title")),), place, True)


def link(canvas: Canvas, link_id: str) -> Written | None:
    """Return the label of a relation, or the notes of any other link."""
    document = canvas.shell.document
    found = document.find("links", link_id)
    if not isinstance(found, Link):
        return None
    free = [key for key in link_type(found.type).props.model_fields if key in ("label", "reason", "quote")]
    keys = [*free, "notes"]

    def place() -> QRectF | None:
        index = canvas.scene.index_of.get(link_id)
        if index is None:
            return None
        at = canvas.to_screen(*canvas.routes.label_at(index))
        return QRectF(at.x() - 110, at.y() - 9, 220, 18)

    return Written(tuple(_link_field(document, found, key) for key in keys), place, named=True)


def _link_field(document: Document, link: Link, key: str) -> Field:
    def text() -> str:
        found = document.find("links", link.id)
        if not isinstance(found, Link):
            return ""
        return found.notes if key == "notes" else str(found.props.get(key) or "")

    info = link_type(link.type).props.model_fields.get(key)
    label = str(info.title or key) if info else _say("Field", "Notes")
    return Field(label, text, lambda tx, value: commands.set_fields(tx, link.id, **{key: value}))
