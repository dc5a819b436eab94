"""The values of one conflict side by side, with the buttons that decide: in the panel and at the field itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from evidenceboard import commands
from evidenceboard.model.conflicts import DELETED
from evidenceboard.model.records import Conflict
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.words_apart import words_apart
from evidenceboard.ui.conflict_words import Side, Told, field_for
from evidenceboard.ui.panels.editors import Editor, editor
from evidenceboard.ui.panels.marked_prose import MarkedProse
from evidenceboard.ui.panels.prose import Prose
from evidenceboard.ui.panels.saving import put
from evidenceboard.ui.plain import menu_text, one_line, plain_tip
from evidenceboard.ui.shell import Shell

LABEL: Final = "Decide {field}"
_ACROSS: Final = 3
"""Buttons beside each other in the panel."""
_BESIDE_A_LABEL: Final = 2
"""The same at a field, where its label takes a third of the width."""
_LONGEST: Final = 28


def _say(text: str) -> str:
    return QCoreApplication.translate("Deciding", text)


class Deciding(QWidget):
    """Show the values that stand, what only each of them says, and let one decide.

    `decided` tells when it is done, `left` when an editor was left without a decision.
    """

    decided = Signal()
    left = Signal()

    def __init__(self, shell: Shell, told: Told, parent: QWidget | None = None, *, keys: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("deciding")
        self._shell, self.told, self._keys = shell, told, keys
        self.editor: Editor | None = None
        self.buttons: dict[str, QPushButton] = {}
        self._may = not shell.session.read_only
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 2, 0, 6)
        self._column.setSpacing(2)
        if not keys:
            self._column.addWidget(Prose(self._question(), self, size=12, weight=QFont.Weight.DemiBold))
        for side in told.sides:
            self._add(side)
        self._rows = QGridLayout()
        self._rows.setContentsMargins(0, 4, 0, 0)
        self._rows.setSpacing(6)
        across = _ACROSS if keys else _BESIDE_A_LABEL
        self._rows.setColumnStretch(across, 1)
        for place, offer in enumerate(self._offers()):
            self._rows.addWidget(self._button(*offer), place // across, place % across)
        self._column.addLayout(self._rows)
        self.refused = Prose("", self, size=12)
        self.refused.hide()
        self._column.addWidget(self.refused)

    @property
    def busy(self) -> bool:
        """Whether another value is being written here."""
        return self.editor is not None

    def _question(self) -> str:
        if not self.told.sides:
            return _say("Undecided; the values did not come along with this file")
        return _say("Deleted there or kept?") if self.told.deletion else _say("Undecided: which one?")

    # -- the values --------------------------------------------------------------------------------------------

    def _add(self, side: Side) -> None:
        other = next((one for one in self.told.sides if one is not side), side)
        marks = [] if self.told.deletion else words_apart(side.words, other.words)[0]
        stands = _say("stands in the field now") if side.stands and not self.told.deletion else ""
        head = " · ".join(part for part in (side.by, stands) if part)
        if side is not self.told.sides[0]:
            self._column.addSpacing(5)
        self._column.addWidget(Prose(head, self, size=11, quiet=True))
        self._column.addWidget(MarkedProse(side.words, marks, self))

    # -- deciding ----------------------------------------------------------------------------------------------

    def _offers(self) -> list[tuple[str, str, Callable[[], object]]]:
        told = self.told
        offers: list[tuple[str, str, Callable[[], object]]] = []
        for place, side in enumerate(told.sides):
            letter = "M" if side is told.mine else "T" if side is told.theirs else str(place + 1)
            offers.append((letter, self._named(side), partial(self.take, side)))
        if told.both:
            offers.append(("B", _say("Keep both"), self.take_both))
        if not told.deletion:
            offers.append(("O", _say("Other…"), self.write))
        return offers

    def _named(self, side: Side) -> str:
        if self.told.deletion:
            kind = self._candidate(side)
            return _say("Delete it") if kind == DELETED else _say("Keep it")
        if side.own:
            return _say("Mine")
        others = [one for one in self.told.sides if not one.own]
        if side is self.told.mine or len(others) > 1:
            return _say("That of {who}").format(who=side.who)
        return _say("Theirs")

    def _candidate(self, side: Side) -> str:
        conflict = self._shell.document.find("conflicts", self.told.id)
        said = conflict.candidates.get(side.key) if isinstance(conflict, Conflict) else None
        return str(said["value"]) if said else ""

    def _button(self, letter: str, words: str, act: Callable[[], object]) -> QPushButton:
        said = f"{words}  {letter}" if self._keys else words
        button = QPushButton(menu_text(one_line(said, _LONGEST)), self)
        button.setObjectName(f"decide_{letter}")
        button.setToolTip(plain_tip(words))
        button.setEnabled(self._may)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(act)
        self.buttons[letter] = button
        return button

    def press(self, letter: str) -> bool:
        """Decide as the button of a key does; return whether there is one that can be pressed."""
        button = self.buttons.get(letter)
        if button is None or not button.isEnabled():
            return False
        button.click()
        return True

    def take(self, side: Side) -> None:
        """Decide for one of the values that stand."""
        self._perform(lambda tx: commands.decide(tx, self.told.id, side.key))

    def take_both(self) -> None:
        """Keep the judgements of two analysts side by side."""
        self._perform(lambda tx: commands.decide_both(tx, self.told.id))

    def _perform(self, change: Callable[[Transaction], object]) -> bool:
        refused = put(self._shell, LABEL, change, field=self.told.field)
        self.refused.say(refused)
        self.refused.setVisible(bool(refused))
        if not refused:
            self.decided.emit()
        return not refused

    # -- another value -----------------------------------------------------------------------------------------

    def write(self) -> None:
        """Open an editor with what stands in the field; Enter decides, Esc leaves it undecided."""
        conflict = self._shell.document.find("conflicts", self.told.id)
        if self.editor is not None or not isinstance(conflict, Conflict):
            return
        field = field_for(self._shell.document, conflict.record_table, conflict.record_id, conflict.field)
        start = next((one.typed for one in self.told.sides if one.stands), "")
        self.editor = editor(field, start, self)
        self.editor.setObjectName("editor_decision")
        self.editor.editing.kept.connect(self._keep)
        self.editor.editing.put_back.connect(self._put_back)
        self._column.insertWidget(self._column.indexOf(self.refused), self.editor)
        self.editor.show()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self) -> None:
        if self.editor is not None:
            typed = self.editor.value()
            self._perform(lambda tx: commands.decide_as_typed(tx, self.told.id, typed))

    def _put_back(self) -> None:
        if self.editor is not None:
            gone, self.editor = self.editor, None
            gone.removeEventFilter(gone.editing)
            gone.hide()
            gone.deleteLater()
            self.refused.hide()
            self.left.emit()
