"""The page of one entity: what it is, what is recorded of it, its links and its files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from evidenceboard.model.deception import first_of
from evidenceboard.model.records import Entity
from evidenceboard.model.sentences import is_checked
from evidenceboard.model.types import entity_type
from evidenceboard.model.types.claim import CLAIM
from evidenceboard.render.palette import CHOICES
from evidenceboard.ui.panels import marking_row
from evidenceboard.ui.panels.attachment_list import AttachmentList
from evidenceboard.ui.panels.comments_here import CommentsHere
from evidenceboard.ui.panels.fact_list import FactList
from evidenceboard.ui.panels.fields import (
    Field,
    fields_of,
    notes_field,
    plain_value,
    strangers,
    tags_field,
    title_field,
)
from evidenceboard.ui.panels.link_list import LinkList
from evidenceboard.ui.panels.name_list import NameList
from evidenceboard.ui.panels.origin_list import OriginList
from evidenceboard.ui.panels.page import STEP, Page
from evidenceboard.ui.panels.prose import ProseButton
from evidenceboard.ui.panels.saving import Drafts
from evidenceboard.ui.panels.sections import column, head, heading, rule
from evidenceboard.ui.plain import one_line
from evidenceboard.ui.shell import Shell
from evidenceboard.ui.turns import Turns


def _by_hand(shell: Shell, entity_id: str) -> str:
    """Return the colour that a hand gave the card on the board that is shown, in words; "" where none did."""
    card = shell.document.card_on(shell.board_id, entity_id)
    if card is None or not card.colour:
        return ""
    say = QCoreApplication.translate
    colour = say("Colour", card.colour.capitalize()) if card.colour in CHOICES else one_line(card.colour, 40)
    return say("EntityPage", "{colour}, given by hand: no styling changes it").format(colour=colour)


class EntityPage(Page):
    """Show one entity: first what it is, then, step by step, what is recorded of it, its links and its files."""

    tables: ClassVar[frozenset[str]] = frozenset(
        {"entities", "links", "assessments", "attachments", "settings", "cards", "comments", "conflicts"}
    )

    def __init__(self, shell: Shell, drafts: Drafts, subject_id: str, parent: QWidget | None = None) -> None:
        super().__init__(shell, drafts, subject_id, parent)
        entity = shell.document.get(Entity, subject_id)
        self._kind = entity_type(entity.type)
        self._shape = self._said()
        self.column.addWidget(head(shell, self._kind, entity.number, self))
        self.column.addSpacing(6)
        self.form.add([self.record_row(self._checked(title_field()), "entities", large=True)])
        self.form.add_space(6)
        self.facts = FactList(shell, subject_id, self.form)
        self.form.add_widget(self.facts)
        if hand := _by_hand(shell, subject_id):
            self.form.add_fact(QCoreApplication.translate("EntityPage", "Colour"), hand)
        self.column.addWidget(self.form)
        self.column.addSpacing(12)
        self._rule = rule(self)
        self._rule.hide()
        self.column.addWidget(self._rule)
        self.column.addSpacing(12)
        is_claim = entity.type == CLAIM.id and first_of(shell.document, entity) is None
        self.origins = OriginList(shell, subject_id, self) if is_claim else None
        if self.origins is not None:
            self.column.addWidget(self.origins)
        self.names = NameList(shell, subject_id, self)
        self.column.addWidget(self.names)
        self.links = LinkList(shell, subject_id, self)
        self.column.addWidget(self.links)
        self.files = AttachmentList(shell, subject_id, self, drafts)
        self.column.addWidget(self.files)
        self.comments = CommentsHere(shell, self, drafts)
        self.column.addWidget(self.comments)
        self.column.addStretch(1)
        self._turns = Turns(self)
        self._is_filled = False
        self._is_late = False
        """Whether something changed while the page was being filled."""

    def _looking(self) -> Iterator[bool | None]:
        """Show what is worked out of the document; of what very many links lead to a little in each turn."""
        yield from self.facts.looking()
        if self.origins is not None:
            yield from self.origins.looking()
        yield from self.names.looking()
        yield from self.links.looking()
        yield True

    def filling(self) -> Iterator[None]:
        subject_id = self.subject_id
        yield from self.facts.looking()
        rows = [*fields_of(self._kind.props), notes_field()]
        for at in range(0, len(rows), STEP):
            self.form.add([self.record_row(self._checked(field), "entities") for field in rows[at : at + STEP]])
            yield
        self.form.add([marking_row.counting(self, lambda: subject_id), *marking_row.reasons(self, subject_id)])
        self.form.add([self.record_row(tags_field(), "entities")])
        entity = self.shell.document.find("entities", subject_id)
        if isinstance(entity, Entity):
            self._others(entity)
        self.tell_undecided()
        self._rule.show()
        yield
        if self.origins is not None:
            yield from self.origins.looking()
        yield from self.names.looking()
        yield from self.links.looking()
        self.files.refresh()
        yield
        self.comments.refresh()
        self.comments.mark()
        self._is_filled = True
        if self._is_late:
            self.refresh()

    def _checked(self, field: Field) -> Field:
        return replace(field, checked=is_checked(self._kind.id, field.key))

    def _others(self, entity: Entity) -> None:
        unknown = list(strangers(self._kind.props, entity.props))
        if not unknown:
            return
        self.form.add_space(10)
        holder = QWidget(self.form)
        inside = column(holder)
        inside.setContentsMargins(ProseButton.PAD[0], 0, 0, 0)
        inside.addWidget(heading(QCoreApplication.translate("EntityPage", "Other fields"), holder))
        self.form.add_widget(holder)
        for key, value in unknown:
            self.form.add_fact(one_line(key, 60), plain_value(value))

    def _said(self) -> object:
        """Return what the parts that are not rows of the form say; where it differs the page is made anew."""
        document = self.shell.document
        entity = document.find("entities", self.subject_id)
        if not isinstance(entity, Entity):
            return None
        others = repr(list(strangers(self._kind.props, entity.props)))
        marking = marking_row.shape(document, entity)
        hand = _by_hand(self.shell, self.subject_id)
        return (entity.type, entity.number, others, marking, document.setting("yardstick", ""), hand)

    def outgrown(self) -> bool:
        """Tell whether the page must be made anew to be true."""
        return self._said() != self._shape

    def writing(self) -> bool:
        return super().writing() or self.comments.writing or (self.origins is not None and self.origins.writing())

    def keep(self) -> None:
        super().keep()
        self.files.keep()
        if self.origins is not None:
            self.origins.keep()

    def refresh(self) -> None:
        super().refresh()
        if not self._is_filled:
            self._is_late = True
            return
        self._turns.start(self._looking())
        self.files.refresh()
        self.comments.refresh()
