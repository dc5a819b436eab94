"""The pages of a frame, of several things at once, and of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from evidenceboard import commands
from evidenceboard.model.document import Document
from evidenceboard.model.markings import DEFAULT
from evidenceboard.model.records import Card, Entity, Frame, Link
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.types import TYPES
from evidenceboard.model.yardsticks import ICD203, YARDSTICKS
from evidenceboard.ui.dialogs import marking as dialog
from evidenceboard.ui.panels import marking_row
from evidenceboard.ui.panels.field_row import FieldRow, Value
from evidenceboard.ui.panels.fields import Field, marking_field, title_field
from evidenceboard.ui.panels.form import Fact
from evidenceboard.ui.panels.page import Page
from evidenceboard.ui.panels.prose import Prose, ProseButton
from evidenceboard.ui.panels.saving import Drafts, put
from evidenceboard.ui.panels.sections import column
from evidenceboard.ui.panels.together import Together, together
from evidenceboard.ui.shell import Shell
from evidenceboard.ui.turns import Turns

Read = Callable[[], Value]
Write = Callable[[str], str]


def _say(text: str) -> str:
    return QCoreApplication.translate("Pages", text)


def _first_line(page: Page, text: str) -> None:
    holder = QWidget(page)
    inside = column(holder)
    inside.setContentsMargins(ProseButton.PAD[0], 0, 0, 8)
    inside.addWidget(Prose(text, holder, weight=QFont.Weight.Medium, quiet=True))
    page.column.addWidget(holder)


class FramePage(Page):
    """Show one frame: its title, its cards, and whether they are folded away."""

    tables: ClassVar[frozenset[str]] = frozenset({"frames", "cards"})

    def __init__(self, shell: Shell, drafts: Drafts, subject_id: str, parent: QWidget | None = None) -> None:
        super().__init__(shell, drafts, subject_id, parent)
        _first_line(self, _say("Frame"))
        self.form.add([self._row(title_field(), self._title, self._rename, large=True)])
        self.form.add_space(6)
        self._cards = self.form.add_fact(_say("Cards"), self._count())
        folded = Field(
            "collapsed", _say("Collapsed"), kind="yes-no", choices=(("no", _say("no")), ("yes", _say("yes")))
        )
        self.form.add([self._row(folded, self._collapsed, self._collapse)])
        self.column.addWidget(self.form)
        self.column.addStretch(1)

    def _row(self, field: Field, read: Read, write: Write, *, large: bool = False) -> FieldRow:
        return FieldRow(
            field, self.subject_id, read, write, self.drafts, self.form, editable=self.writable, large=large
        )  # fmt: skip

    def _frame(self) -> Frame | None:
        found = self.shell.document.find("frames", self.subject_id)
        return found if isinstance(found, Frame) else None

    def _title(self) -> Value:
        frame = self._frame()
        return Value(frame.title, frame.title) if frame else Value("")

    def _collapsed(self) -> Value:
        frame = self._frame()
        yes = bool(frame and frame.collapsed)
        return Value(_say("yes") if yes else _say("no"), "yes" if yes else "no")

    def _count(self) -> str:
        return f"{len(self.shell.document.cards_in(self.subject_id)):,}"

    def _rename(self, typed: str) -> str:
        return put(self.shell, "Rename a frame", lambda tx: commands.rename_frame(tx, self.subject_id, typed))

    def _collapse(self, typed: str) -> str:
        label = "Collapse a frame" if typed == "yes" else "Open a frame"
        return put(self.shell, label, lambda tx: commands.collapse_frame(tx, self.subject_id, typed == "yes"))

    def refresh(self) -> None:
        super().refresh()
        self._cards.say(self._count())


class ManyPage(Page):
    """Show how many of each kind are selected, and what can be set for all of them at once.

    Of very many the line that counts them is there at once; what they have in common follows as soon as it is known.
    """

    tables: ClassVar[frozenset[str]] = frozenset({"entities", "links", "settings"})

    def __init__(self, shell: Shell, drafts: Drafts, parent: QWidget | None = None) -> None:
        super().__init__(shell, drafts, "several", parent)
        chosen = shell.selection
        self._cards, self._links = chosen.cards, chosen.links
        self._known = Together()
        self._facts: list[Fact] = []
        numbers = (
            (len(self._cards), _say("1 card"), _say("{n} cards")),
            (len(self._links), _say("1 link"), _say("{n} links")),
            (len(chosen.frames), _say("1 frame"), _say("{n} frames")),
        )
        _first_line(self, ", ".join((one if n == 1 else many).format(n=f"{n:,}") for n, one, many in numbers if n))
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        self._turns = Turns(self)
        self._turns.done.connect(self._take)

    def filling(self) -> Iterator[None]:
        yield
        if not self.form.rows:
            self.refresh()

    def refresh(self) -> None:
        """Look up what they are and have in common now."""
        self._turns.start(together(self.shell.document, self._cards, self._links))

    def _take(self, known: Together) -> None:
        fresh, self._known = not self.form.rows, known
        if not fresh and [one for one, _ in known.counts] == [fact.label for fact in self._facts]:
            for fact, (_, n) in zip(self._facts, known.counts, strict=True):
                fact.say(f"{n:,}")
        else:
            self._list(fresh)
        self.form.refresh()

    def _list(self, fresh: bool) -> None:
        for old in self._facts:
            old.hide()
            old.deleteLater()
        self._facts = [self.form.add_fact(word, f"{n:,}", at=at) for at, (word, n) in enumerate(self._known.counts)]
        if fresh and (self._cards or self._links):
            self.form.add_space(10)
            marking = marking_field(_say("As inherited"))
            tags = Field("tags", _say("Tags"), _say("Those that all of them have, with ; between"), kind="names")
            self.form.add([self._row(marking, self._marking, self._mark), self._row(tags, self._tags, self._tag)])

    def _row(self, field: Field, read: Read, write: Write) -> FieldRow:
        return FieldRow(field, self.subject_id, read, write, self.drafts, self.form, editable=self.writable)

    def _records(self, document: Document) -> list[Entity | Link]:
        cards = (document.find("cards", card_id) for card_id in self._cards)
        ids = sorted({card.entity_id for card in cards if isinstance(card, Card)})
        found = [*(document.find("entities", one) for one in ids)]
        found += [document.find("links", one) for one in sorted(self._links)]
        return [record for record in found if isinstance(record, Entity | Link)]

    def _marking(self) -> Value:
        if len(self._known.markings) > 1:
            return Value(_say("various"), "")
        one = next(iter(self._known.markings), "")
        return Value(one, one)

    def _tags(self) -> Value:
        tags = "; ".join(self._known.tags)
        return Value(tags, tags)

    def _mark(self, typed: str) -> str:
        records = self._records(self.shell.document)
        if all(record.marking == typed for record in records):
            return ""
        if any(commands.lowers(self.shell.document, record, typed) for record in records):
            ids = [record.id for record in records]
            QTimer.singleShot(0, self, lambda: dialog.ask(self.shell, self.window(), ids, typed))
            return ""
        return self._put(lambda tx: commands.set_markings(tx, [one.id for one in records], typed), _say("Marking"))

    def _tag(self, typed: str) -> str:
        wanted = [tag.strip() for tag in typed.split(";") if tag.strip()]

        def change(tx: Transaction) -> None:
            *_, known = together(tx.document, self._cards, self._links)
            dropped = set(known.tags if known else ()) - set(wanted)
            for record in self._records(tx.document):
                kept = [tag for tag in record.tags if tag not in dropped]
                commands.set_fields(tx, record.id, tags=tuple(dict.fromkeys([*kept, *wanted])))

        return self._put(change, _say("Tags"))

    def _put(self, change: Callable[[Transaction], None], field: str) -> str:
        n = len(self._cards) + len(self._links)
        return put(self.shell, "Change {field} of {n} things", change, field=field, n=n)


class FilePage(Page):
    """Show the file, and how to begin."""

    tables: ClassVar[frozenset[str]] = frozenset({"entities", "links", "settings", "boards"})

    def __init__(self, shell: Shell, drafts: Drafts, parent: QWidget | None = None) -> None:
        super().__init__(shell, drafts, "file", parent)
        document = shell.document
        _first_line(self, _say("File"))
        self.form.add([self._row(title_field(), "title", "", large=True)])
        self.form.add_space(6)
        self._marked = self._markings()
        self._shape = file_counts(document)
        self.column.addWidget(self.form)
        self.column.addSpacing(18)

    def filling(self) -> Iterator[None]:
        marking = marking_field("")
        marking = Field(marking.key, marking.label, kind="choice", choices=marking.choices[1:])
        yardsticks = tuple((one.id, one.name) for one in YARDSTICKS.values())
        yardstick = Field("yardstick", _say("Likelihoods"), kind="choice", choices=yardsticks)
        self.form.add([self._row(marking, "marking", DEFAULT), self._row(yardstick, "yardstick", ICD203.id)])
        yield
        self.form.add([marking_row.counting(self, lambda: self.shell.board_id, "board_marking", _say("This board"))])
        for word, n in self._shape:
            self.form.add_fact(word, f"{n:,}")
        yield
        hints = (
            _say("Press a letter, or drag a type from the left, for a new card."),
            _say("Drag from a card's edge to another card to link them."),
            _say("Click a value here to change it. Everything is saved as you go."),
        )
        for line in hints if self.writable else ():
            holder = QWidget(self)
            inside = column(holder)
            inside.setContentsMargins(ProseButton.PAD[0], 0, ProseButton.PAD[0], 6)
            inside.addWidget(Prose(line, holder, quiet=True))
            self.column.addWidget(holder)
        self.column.addStretch(1)

    def _row(self, field: Field, name: str, default: str, *, large: bool = False) -> FieldRow:
        def read() -> Value:
            value = str(self.shell.document.setting(name, default) or "")
            return Value(dict(field.choices).get(value, value), value)

        def write(typed: str) -> str:
            change = {name: typed}
            return put(self.shell, "Change {field}", lambda tx: commands.set_file(tx, **change), field=field.label)

        return FieldRow(
            field, self.subject_id, read, write, self.drafts, self.form, editable=self.writable, large=large
        )  # fmt: skip

    def _markings(self) -> object:
        board = marking_row.found(self.shell.document, self.shell.board_id)
        return (self.shell.board_id, marking_row.shape(self.shell.document, board) if board else None)

    def outgrown(self) -> bool:
        """Tell whether the page must be made anew: its counts are not rows of the form."""
        return file_counts(self.shell.document) != self._shape or self._markings() != self._marked


def file_counts(document: Document) -> list[tuple[str, int]]:
    """Return how much the file holds of everything that it holds."""
    if not document.is_whole:
        # To count what is still being read would hold the window up for a tenth of a second in a very large file.
        return [(_say("Boards"), len(document.boards))]
    found = [(kind.plural, document.count("entities", "type", kind.id)) for kind in TYPES]
    there = [(word, n) for word, n in found if n]
    return [(_say("Boards"), len(document.boards)), *there, (_say("Links"), document.size("links"))]
