"""Two cards that may be one, side by side and field by field: join them, say that they are not the same, or later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from evidenceboard import commands
from evidenceboard.model.doubles import Double, doubles
from evidenceboard.model.link_types import link_type
from evidenceboard.model.markings import effective
from evidenceboard.model.records import Entity
from evidenceboard.model.types import entity_type
from evidenceboard.ui.panels.fields import plain_value
from evidenceboard.ui.plain import one_line, plain_label
from evidenceboard.ui.turns import Turns

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window

_LISTED: Final = 500
"""Pairs that are listed; the next come when these are dealt with."""
_LABEL, _WIDE, _HIGH = 130, 860, 620
_LIST, _LINE = 150, 26
"""Pixels that the list has at most, and a line of it."""


def _say(text: str) -> str:
    return QCoreApplication.translate("Lookalikes", text)


class Lookalikes(QDialog):
    """List the pairs, the surest first, and show one of them. Nothing is joined unless somebody says so."""

    def __init__(self, window: Window, pair: Double | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._only = pair
        self._pairs: list[Double] = []
        self._put_off: set[tuple[str, str]] = set()
        self._turned = False
        self._keys: dict[str, QPushButton] = {}
        self.setObjectName("lookalikes")
        self.setWindowTitle(_say("Look-alikes") if pair is None else _say("Join two cards"))
        self.resize(_WIDE, _HIGH)
        self.told = plain_label("", self, name="quiet")
        self.told.setWordWrap(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName(_say("Pairs that may be one, the surest first"))
        self.list.setMaximumHeight(_LIST)
        self.list.currentRowChanged.connect(lambda: self._show_pair())
        self.list.setVisible(pair is None)
        self.list.installEventFilter(self)
        self.why = plain_label("", self)
        self.why.setWordWrap(True)
        self.fields = self._table()
        self.join = self._button(_say("Join"), "J", self.join_them)
        self.unlike = self._button(_say("Not the same"), "N", self.judge_unlike)
        self.later = self._button(_say("Later"), "L", self.put_off)
        self.turn = self._button(_say("Keep the other one"), "O", self._turn)
        close = self._button(_say("Close"), "", self.reject)
        self.note = plain_label("", self, name="quiet")
        self.note.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        for widget in (self.told, self.list, self.why):
            column.addWidget(widget)
        column.addWidget(self.fields, 1)
        column.addWidget(self.note)
        row = QHBoxLayout()
        for button in (self.join, self.unlike, self.later, self.turn):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(close)
        column.addLayout(row)
        self._turns = Turns(self)
        self._turns.done.connect(self._take)
        self.look()

    def _table(self) -> QTreeWidget:
        made = QTreeWidget(self)
        made.setRootIsDecorated(False)
        made.setWordWrap(True)
        made.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setAccessibleName(_say("The two cards, field by field"))
        made.setColumnCount(3)
        made.header().setStretchLastSection(False)
        made.header().setSectionsClickable(False)
        for place in (1, 2):
            made.header().setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        made.setColumnWidth(0, _LABEL)
        return made

    def _button(self, text: str, key: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(f"{text}  ({key})" if key else text, self)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        if key:
            self._keys[key] = button
        return button

    # -- keys --------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A list looks for a line that begins with a letter; here letters decide.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._pressed(event):
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._pressed(event):
            super().keyPressEvent(event)

    def _pressed(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        button = self._keys.get(chr(event.key())) if plain and event.key() < 128 else None
        if button is not None:
            button.click()
        return button is not None

    # -- what is listed ----------------------------------------------------------------------------------------

    def look(self) -> None:
        """Look for pairs: at once, or bit by bit where there are many names."""
        if self._only is not None:
            self._take([self._only])
            return
        self._turns.start(_found(self._window))
        if self._turns.busy:
            self.told.setText(_say("Comparing all names…"))
            self._tell()

    def _take(self, found: list[Double]) -> None:
        row = self.list.currentRow()
        waiting = [one for one in found if (one.one_id, one.other_id) not in self._put_off]
        self._pairs = waiting[:_LISTED]
        self.list.blockSignals(True)
        self.list.clear()
        for pair in self._pairs:
            one, other = (self._window.document.get(Entity, each) for each in (pair.one_id, pair.other_id))
            said = f"{one.number}  {one_line(one.title, 60)}   ·   {other.number}  {one_line(other.title, 60)}"
            QListWidgetItem(said, self.list).setSizeHint(QSize(_LABEL, _LINE))
        self.list.blockSignals(False)
        self.told.setText(self._telling(len(waiting)))
        self.told.setVisible(self._only is None)
        self.list.setCurrentRow(min(row if row >= 0 else self._first(), len(self._pairs) - 1))
        self._show_pair()

    def _first(self) -> int:
        """Return the first pair with a card that is selected, else the first of all."""
        chosen = set(self._window.selection.entities(self._window.document))
        rows = (row for row, pair in enumerate(self._pairs) if {pair.one_id, pair.other_id} & chosen)
        return next(rows, 0)

    def _telling(self, count: int) -> str:
        if not count:
            return _say("No two cards look as if they were one.")
        said = _say("{n} pairs may be one. Nothing is joined by itself.").format(n=f"{count:,}")
        more = _say("The first {n} are listed.").format(n=f"{_LISTED:,}")
        return f"{said} {more}" if count > _LISTED else said

    # -- one pair ----------------------------------------------------------------------------------------------

    def pair(self) -> tuple[Entity, Entity] | None:
        """Return the two cards that are shown, the one that would be kept first."""
        row = self.list.currentRow()
        if not 0 <= row < len(self._pairs):
            return None
        ids = (self._pairs[row].one_id, self._pairs[row].other_id)
        found = [self._window.document.find("entities", each) for each in (reversed(ids) if self._turned else ids)]
        one, other = found
        return (one, other) if isinstance(one, Entity) and isinstance(other, Entity) else None

    def _show_pair(self) -> None:
        self._turned = False
        self._tell()

    def _turn(self) -> None:
        self._turned = not self._turned
        self._tell()

    def _tell(self) -> None:
        both = self.pair()
        self.fields.clear()
        self.fields.setVisible(both is not None)
        self.why.setText(self._pairs[self.list.currentRow()].why if both else "")
        self.why.setVisible(bool(self.why.text()))
        why_not = commands.why_not(self._window.document, *both) if both else ""
        may = both is not None and not self._window.session.read_only
        self.join.setEnabled(may and not why_not)
        self.turn.setEnabled(both is not None)
        self.unlike.setEnabled(may)
        self.later.setEnabled(both is not None)
        if both is None:
            self.note.setText("")
            return
        self.fields.setHeaderLabels(["", *(f"{self._heads()[at]} {one.number}" for at, one in enumerate(both))])
        for label, left, right in self._rows(*both):
            item = QTreeWidgetItem(self.fields, [label, left, right])
            item.setForeground(0, QColor(self._window.palette_.muted))
            if left == right:
                # What is the same recedes, so that the eye finds what is not.
                for place in (1, 2):
                    item.setForeground(place, QColor(self._window.palette_.muted))
            for place in range(3):
                item.setTextAlignment(place, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.note.setText(f"{why_not}." if why_not else self._promise(*both))

    def _heads(self) -> tuple[str, str]:
        return _say("Kept:"), _say("Joined into it:")

    def _promise(self, kept: Entity, gone: Entity) -> str:
        said = _say(
            "{gone} becomes another name of {kept}; its links, cards, judgements and files go over. What finds its "
            "place taken stands in the notes. Joining is one step; splitting gives both back any day."
        ).format(kept=kept.number, gone=gone.number)
        between = [one for one in self._window.document.links_of(gone.id) if kept.id in (one.from_id, one.to_id)]
        if between:
            said += " " + _say("Links between the two are set aside until then: {n}.").format(n=len(between))
        return said

    def _rows(self, one: Entity, other: Entity) -> list[tuple[str, str, str]]:
        document = self._window.document
        kind = entity_type(one.type)
        rows: list[tuple[str, Any, Any]] = [(_say("Title"), one.title, other.title)]
        values = [document.values(each) for each in (one, other)]
        for key in dict.fromkeys((*kind.props.model_fields, *values[0], *values[1])):
            declared = kind.props.model_fields.get(key)
            if declared is not None and declared.extra.get("refers_to"):
                left, right = (", ".join(document.numbers_of(each.get(key))) for each in values)
            else:
                left, right = (plain_value(each[key]) if each.get(key) else "" for each in values)
            rows.append((declared.title if declared else one_line(key, 40), left, right))
        rows += [
            (_say("Notes"), one.notes, other.notes),
            (_say("Tags"), "; ".join(one.tags), "; ".join(other.tags)),
            (_say("Marking"), effective(document, one).word, effective(document, other).word),
            (_say("Links"), self._links(one), self._links(other)),
            (_say("Boards"), self._boards(one), self._boards(other)),
            (_say("Files"), self._files(one), self._files(other)),
        ]
        shown = [(label, one_line(str(left), 300), one_line(str(right), 300)) for label, left, right in rows]
        return [row for row in shown if row[1] or row[2]]

    def _links(self, entity: Entity) -> str:
        counts: dict[str, int] = {}
        for link in self._window.document.each_link_of(entity.id):
            kind = link_type(link.type)
            word = kind.word if link.from_id == entity.id else kind.reverse
            counts[word] = counts.get(word, 0) + 1
        return "; ".join(f"{word} {n}" for word, n in counts.items())

    def _files(self, entity: Entity) -> str:
        return str(len(self._window.document.attachments_of(entity.id)) or "")

    def _boards(self, entity: Entity) -> str:
        boards = {card.board_id for card in self._window.document.cards_of(entity.id)}
        return "; ".join(one_line(board.title, 60) for board in self._window.document.boards if board.id in boards)

    # -- what is done ------------------------------------------------------------------------------------------

    def join_them(self) -> None:
        """Join the second card into the first."""
        if both := self.pair():
            kept, gone = both
            if self._window.perform("Join two cards", lambda tx: commands.join(tx, kept.id, gone.id)):
                self._window.show_entity(kept.id)
                self._go_on()

    def judge_unlike(self) -> None:
        """Remember that the two are not the same."""
        if both := self.pair():
            one, other = both
            label = "Judge two cards not the same"
            if self._window.perform(label, lambda tx: commands.judge_unlike(tx, one.id, other.id)):
                self._go_on()

    def put_off(self) -> None:
        """Leave the pair for another day; the file does not change."""
        row = self.list.currentRow()
        if 0 <= row < len(self._pairs):
            self._put_off.add((self._pairs[row].one_id, self._pairs[row].other_id))
            if self._only is not None:
                self.reject()
                return
            self._take([one for at, one in enumerate(self._pairs) if at != row])

    def _go_on(self) -> None:
        if self._only is not None:
            self.accept()
        else:
            self.look()


def _found(window: Window) -> Iterator[list[Double] | None]:
    """Yield None while names are compared, and in the end the pairs."""
    found = yield from doubles(window.document)
    yield found
