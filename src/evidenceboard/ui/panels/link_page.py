"""The page of one selected link: its ends, its type, and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from evidenceboard import commands
from evidenceboard.model.link_types import fitting, link_type
from evidenceboard.model.records import Entity, Link
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.types import entity_type
from evidenceboard.ui.panels import marking_row
from evidenceboard.ui.panels.comments_here import CommentsHere
from evidenceboard.ui.panels.field_row import FieldRow, Value
from evidenceboard.ui.panels.fields import Field, fields_of, notes_field, plain_value, strangers, tags_field
from evidenceboard.ui.panels.page import STEP, Page
from evidenceboard.ui.panels.prose import Prose, ProseButton
from evidenceboard.ui.panels.saving import Drafts, put
from evidenceboard.ui.panels.sections import Leading, column, heading
from evidenceboard.ui.plain import one_line
from evidenceboard.ui.shell import Shell

_TURNED = "turned "


def _say(text: str) -> str:
    return QCoreApplication.translate("LinkPage", text)


class LinkPage(Page):
    """Show one link."""

    tables: ClassVar[frozenset[str]] = frozenset(
        {"entities", "links", "assessments", "settings", "comments", "conflicts"}
    )

    def __init__(self, shell: Shell, drafts: Drafts, subject_id: str, parent: QWidget | None = None) -> None:
        super().__init__(shell, drafts, subject_id, parent)
        self._shape = self._said()
        link = shell.document.get(Link, subject_id)
        kind = link_type(link.type)
        start, end = shell.document.get(Entity, link.from_id), shell.document.get(Entity, link.to_id)
        first = QHBoxLayout()
        first.setContentsMargins(ProseButton.PAD[0], 0, ProseButton.PAD[0], 0)
        first.addWidget(Prose(_say("Link"), self, weight=QFont.Weight.Medium, quiet=True), 1)
        self.column.addLayout(first)
        self.column.addSpacing(8)
        said = f"{start.number} {QCoreApplication.translate('LinkType', kind.word)} {end.number}"
        sentence = Prose(said, self, size=15, weight=QFont.Weight.Medium)
        holder = QWidget(self)
        inside = column(holder)
        inside.setContentsMargins(ProseButton.PAD[0], 0, 0, 6)
        inside.addWidget(sentence)
        self.column.addWidget(holder)
        self.column.addWidget(self._end(start))
        self.column.addWidget(self._end(end))
        self.form.add_space(8)
        self.form.add([self._type_row(link, start, end)])
        self.column.addWidget(self.form)
        self.column.addSpacing(16)
        self.removing = QPushButton(_say("Remove link"), self)
        self.removing.setEnabled(self.writable)
        self.removing.hide()
        self.removing.clicked.connect(self._remove)
        last = QHBoxLayout()
        last.setContentsMargins(ProseButton.PAD[0], 0, 0, 0)
        last.addWidget(self.removing)
        last.addStretch(1)
        self.column.addLayout(last)
        self.comments = CommentsHere(shell, self, drafts)
        self.column.addWidget(self.comments)
        self.column.addStretch(1)

    def filling(self) -> Iterator[None]:
        subject_id = self.subject_id
        link = self.shell.document.find("links", subject_id)
        if not isinstance(link, Link):
            return  # it was removed meanwhile; another page takes the place of this one
        rows = [*fields_of(link_type(link.type).props), notes_field()]
        for at in range(0, len(rows), STEP):
            self.form.add([self.record_row(field, "links") for field in rows[at : at + STEP]])
            yield
        self.form.add([marking_row.counting(self, lambda: subject_id), *marking_row.reasons(self, subject_id)])
        self.form.add([self.record_row(tags_field(), "links")])
        self._others(link)
        self.tell_undecided()
        self.removing.show()
        yield
        self.comments.refresh()
        self.comments.mark()

    def _end(self, entity: Entity) -> Leading:
        kind = entity_type(entity.type)
        title = one_line(entity.title) or kind.word
        colour = self.shell.palette_.type_colour(kind.colour)
        row = Leading(entity.number, title, colour, self, has_link=False)
        row.go.connect(lambda: self.shell.show_entity(entity.id))
        return row

    def _type_row(self, link: Link, start: Entity, end: Entity) -> FieldRow:
        choices = []
        for kind, turned in fitting(start.type, end.type):
            word = QCoreApplication.translate("LinkType", kind.word)
            said = _say("{end} {word} {start}").format(end=end.number, word=word, start=start.number)
            choices.append((f"{_TURNED}{kind.id}" if turned else kind.id, said if turned else word))
        if link.type not in dict(choices):
            choices.insert(0, (link.type, link.type))
        field = Field("type", _say("Type"), kind="choice", choices=tuple(choices))

        def read() -> Value:
            now = self.shell.document.find("links", self.subject_id)
            known = now.type if isinstance(now, Link) else ""
            return Value(dict(choices).get(known, known), known)

        return FieldRow(
            field, self.subject_id, read, self._retype, self.drafts, self.form, editable=self.writable
        )  # fmt: skip

    def _retype(self, typed: str) -> str:
        made: list[Link] = []

        def change(tx: Transaction) -> None:
            link = tx.document.get(Link, self.subject_id)
            turned = typed.startswith(_TURNED)
            ends = (link.to_id, link.from_id) if turned else (link.from_id, link.to_id)
            made.append(commands.relink(tx, link, typed.removeprefix(_TURNED), *ends))

        refused = put(self.shell, "Change {field}", change, field=_say("Type"))
        if made and not refused and made[0].id != self.subject_id:
            # The id of a “bears on” link says what it joins, so the link has another one now.
            self.shell.selection.set(links=[made[0].id])
        return refused

    def _others(self, link: Link) -> None:
        unknown = list(strangers(link_type(link.type).props, link.props))
        if not unknown:
            return
        self.form.add_space(10)
        holder = QWidget(self.form)
        inside = column(holder)
        inside.setContentsMargins(ProseButton.PAD[0], 0, 0, 0)
        inside.addWidget(heading(_say("Other fields"), holder))
        self.form.add_widget(holder)
        for key, value in unknown:
            self.form.add_fact(one_line(key, 60), plain_value(value))

    def _remove(self) -> None:
        self.shell.perform("Remove a link", lambda tx: commands.remove(tx, [self.subject_id]))

    def refresh(self) -> None:
        super().refresh()
        self.comments.refresh()

    def writing(self) -> bool:
        return super().writing() or self.comments.writing

    def _said(self) -> object:
        document = self.shell.document
        link = document.find("links", self.subject_id)
        if not isinstance(link, Link):
            return None
        ends = tuple(document.find("entities", end) for end in (link.from_id, link.to_id))
        said = [(end.number, end.title, end.type) for end in ends if isinstance(end, Entity)]
        others = repr(list(strangers(link_type(link.type).props, link.props)))
        return (link.type, said, others, marking_row.shape(document, link))

    def outgrown(self) -> bool:
        """Tell whether the page must be made anew to be true."""
        return self._said() != self._shape
