"""The columns of the table: what each says of an entity, what it is sorted by, and what can be written there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from evidenceboard.model.document import Document
from evidenceboard.model.edtf import readable
from evidenceboard.model.entity_type import Props, extra
from evidenceboard.model.gradings import ASSESSED, SCALES
from evidenceboard.model.markings import effective, rank
from evidenceboard.model.numbers import natural
from evidenceboard.model.records import Entity
from evidenceboard.model.seam import derived_id
from evidenceboard.model.types import BY_ID, TYPES, entity_type
from evidenceboard.model.values import dataclass
from evidenceboard.model.yardsticks import reading
from evidenceboard.ui import marking_words
from evidenceboard.ui.panels.fields import (
    Field,
    as_typed,
    as_words,
    fields_of,
    marking_field,
    notes_field,
    tags_field,
    title_field,
)
from evidenceboard.ui.panels.judged_words import choices_here, words_of
from evidenceboard.ui.panels.table_figures import Figures

LONGEST: Final = 200
"""Characters of a text that it is sorted by."""
_WIDTHS: Final = {"number": 106, "type": 100, "title": 340, "notes": 220, "standing": 200}
_WIDE, _NARROW, _YES_OR_NO = 150, 96, 128


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `words` is what a cell shows, `typed` what one writes there, `order` what it is sorted by.

    `order` returns None for an empty cell. Without a `field` nothing is written here; `leads` then says where a cell
    leads to: to what stands behind a claim, or to the links of an entity.
    """

    key: str
    label: str
    words: Callable[[Entity], str]
    typed: Callable[[Entity], str]
    order: Callable[[Entity], Any]
    field: Field | None = None
    leads: str = ""
    wide: int = _WIDE
    help: str = ""


class Columns:
    """Make the columns of a type of entity, "" for those that all types have."""

    def __init__(self, document: Callable[[], Document], author_id: str) -> None:
        self._document, self._author = document, author_id
        self.figures = Figures(document)

    def of(self, type_id: str) -> list[Column]:
        """Return the columns of a type in their order at first."""
        number = self._plain("number", _say("Number"), lambda e: e.number, lambda e: natural(e.number))
        made = [number]
        if not type_id:
            made.append(self._plain("type", _say("Type"), lambda e: entity_type(e.type).word, _type_order))
        made.append(self._text(title_field(), lambda e: e.title))
        made += [self._computed(*found) for found in self.figures.of(type_id)]
        if type_id:
            model = entity_type(type_id).props
            made += [self._of_props(model, field) for field in fields_of(model)]
        made += [self._marking(), self._tags(), self._text(notes_field(), lambda e: e.notes)]
        made.append(self._computed("links", _say("Links"), self.figures.links_said, self.figures.links, "links"))
        return made

    def _plain(self, key: str, label: str, words: Callable[[Entity], str], order: Callable[[Entity], Any]) -> Column:
        return Column(key, label, words, words, order, wide=_WIDTHS[key])

    def _computed(
        self, key: str, label: str, words: Callable[[Entity], str], order: Callable[[Entity], Any], leads: str
    ) -> Column:
        wide = _NARROW if key in ("links", "reports", "origins", "grade") else _WIDTHS.get(key, _WIDE)
        return Column(key, label, words, words, order, leads=leads, wide=wide, help=_say("Computed, never typed"))

    def _text(self, field: Field, value: Callable[[Entity], str]) -> Column:
        return Column(field.key, field.label, value, value, lambda e: _folded(value(e)), field, wide=_WIDTHS[field.key])

    def _tags(self) -> Column:
        def value(entity: Entity) -> str:
            return "; ".join(entity.tags)

        return Column("tags", _say("Tags"), value, value, lambda e: _folded(value(e)), tags_field())

    def _marking(self) -> Column:
        def words(entity: Entity) -> str:
            return marking_words.said(effective(self._document(), entity))

        def order(entity: Entity) -> Any:
            return rank(effective(self._document(), entity).word)

        return Column(
            "marking", _say("Marking"), words, lambda e: e.marking, order, marking_field(_say("As inherited"))
        )

    def _of_props(self, model: type[Props], field: Field) -> Column:
        key = field.key
        if key in ASSESSED:
            return self._judged(field)

        def words(entity: Entity) -> str:
            return as_words(field, entity.props.get(key), self._document())

        def typed(entity: Entity) -> str:
            return as_typed(field, entity.props.get(key), self._document())

        def order(entity: Entity) -> Any:
            said = typed(entity)
            if extra(model, key).get("date"):
                return date_order(said)
            if field.kind == "references":
                return [natural(one) for one in said.split("; ")] if said else None
            if field.kind == "yes-no":
                return said != "yes"
            return _folded(said)

        wide = _YES_OR_NO if field.kind == "yes-no" else _WIDE
        return Column(key, field.label, words, typed, order, field, wide=wide, help=field.help)

    def _judged(self, field: Field) -> Column:
        key = field.key

        def words(entity: Entity) -> str:
            document = self._document()
            return words_of(document, field, document.judged(entity.id, key))

        def typed(entity: Entity) -> str:
            return self.own(entity.id, key) or self._document().judged(entity.id, key)

        def order(entity: Entity) -> Any:
            return scale_order(self._document(), key, self._document().judged(entity.id, key))

        here = Field(key, field.label, field.help, "choice", choices_here(field, self._document()), empty=field.empty)
        return Column(key, field.label, words, typed, order, here, help=field.help)

    def own(self, subject_id: str, key: str) -> str:
        """Return this author's own judgement, "" where there is none."""
        found = self._document().find("assessments", derived_id(subject_id, key, self._author))
        return str(getattr(found, "value", ""))


def date_order(text: str) -> Any:
    """Return what a date is sorted by: its first day, then its last; what is no date comes behind all dates."""
    if not text:
        return None
    span = readable(text)
    if span is None:
        return (1, 0.0, 0.0, _folded(text))
    first = float(span.earliest.number) if span.earliest else float("-inf")
    last = float(span.latest.number) if span.latest else float("inf")
    return (0, first, last, "")


def scale_order(document: Document, key: str, value: str) -> Any:
    """Return the place of a value on its scale; one that is on none comes behind all that are."""
    if not value:
        return None
    if key == "likelihood":
        read = reading(document, value)
        return (0, read.low + read.high, "") if read else (1, 0, value)
    words = list(SCALES[key].words)
    return (0, words.index(value), "") if value in words else (1, 0, value)


def _folded(text: str) -> str | None:
    return text[:LONGEST].strip().casefold() or None


def _type_order(entity: Entity) -> Any:
    known = list(BY_ID)
    return (known.index(entity.type), "") if entity.type in known else (len(TYPES), entity.type)


def _say(text: str) -> str:
    return QCoreApplication.translate("Table", text)
