"""Which steps of the history are wanted: by words, author, time, the selected card, or a name of their state."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication, QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from evidenceboard.errors import InvalidValueError
from evidenceboard.model.date_box import understood
from evidenceboard.model.edtf import Day
from evidenceboard.model.records import Entity
from evidenceboard.ui.panels.history_steps import Wanted
from evidenceboard.ui.panels.prose import Prose
from evidenceboard.ui.plain import menu_text, one_line
from evidenceboard.ui.shell import Shell

PAUSE: Final = 60
_NARROW: Final = 60
"""Pixels that a list of choices has at least."""


def _say(text: str) -> str:
    return QCoreApplication.translate("History", text)


class HistoryFilters(QWidget):
    """Ask for words, author, time, card and names; `changed` tells that something else is wanted."""

    changed = Signal()

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self.text = QLineEdit(self)
        self.text.setObjectName("historyFilter")
        self.text.setPlaceholderText(_say("Filter"))
        self.text.setAccessibleName(_say("Filter the history"))
        self.text.setClearButtonEnabled(True)
        self.setFocusProxy(self.text)
        self.who = QComboBox(self)
        self.who.setObjectName("historyWho")
        self.who.setAccessibleName(_say("By whom"))
        self.when = QComboBox(self)
        self.when.setObjectName("historyWhen")
        self.when.setAccessibleName(_say("When"))
        self.when.setEditable(True)
        self.when.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        words = (_say("any time"), _say("today"), _say("last 7 days"), _say("last 30 days"))
        for days, said in zip((None, 0, 6, 29), words, strict=True):
            self.when.addItem(said, days)
        self.when.setToolTip(_say("Choose, or write a time: Oct 2024, since August 2024, 3 to 5 May 2024"))
        for box in (self.who, self.when):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumWidth(_NARROW)
        self.card = self._switch(_say("This card only"), "historyCard")
        self.named = self._switch(_say("Named states"), "historyNamed")
        self.note = Prose("", self, quiet=True)
        self.note.hide()
        self._about: tuple[str, frozenset[str]] = ("", frozenset())
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE)
        self._later.timeout.connect(self.changed)
        self._arrange()
        self.fill()
        self.text.textChanged.connect(lambda: self._later.start())
        self.who.currentIndexChanged.connect(self.changed)
        self.when.currentTextChanged.connect(lambda: self._later.start())
        for button in (self.card, self.named):
            button.toggled.connect(self.changed)
        shell.selection.changed.connect(self._selected)
        self._selected()

    def _switch(self, text: str, name: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setCheckable(True)
        return button

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widgets in ((self.who, self.when), (self.card, self.named)):
            row = QHBoxLayout()
            row.setSpacing(6)
            for widget in widgets:
                row.addWidget(widget, 1)
            column.addLayout(row)
        column.addWidget(self.note)

    def fill(self) -> None:
        """Offer the authors of the file; the one that is chosen stays so."""
        chosen, session = self.who.currentData() or "", self._shell.session
        named = {author_id: one_line(name, 60) or _say("another analyst") for author_id, name in session.log.authors()}
        named[session.author_id] = _say("you")
        with QSignalBlocker(self.who):
            self.who.clear()
            self.who.addItem(_say("everybody"), "")
            for author_id, name in sorted(named.items(), key=lambda one: one[1].casefold()):
                self.who.addItem(name, author_id)
            self.who.setCurrentIndex(max(0, self.who.findData(chosen)))

    def wanted(self) -> Wanted:
        """Return what is wanted now."""
        first, last = self._days()
        return Wanted(
            self.text.text().strip().casefold(),
            str(self.who.currentData() or ""),
            first,
            last,
            self._operations() if self.card.isChecked() else None,
            self.named.isChecked(),
        )

    def outdate(self) -> None:
        """Look anew which operations are about the card: something was done."""
        self._about = (self._about[0], frozenset())

    # -- time --------------------------------------------------------------------------------------------------

    def _days(self) -> tuple[date | None, date | None]:
        """Return the first and last day that are wanted; what is not understood is said and narrows nothing."""
        typed = self.when.currentText().strip()
        place, today = self.when.findText(typed), date.today()
        self.note.hide()
        if not typed or place == 0:
            return None, None
        if place > 0:
            return today - timedelta(self.when.itemData(place)), None
        try:
            span = understood(typed, Day(today.year, today.month, today.day)).span
            first = date(*span.earliest) if span.earliest else None
            return first, date(*span.latest) if span.latest else None
        except (InvalidValueError, ValueError):
            self.note.say(_say("This time is not understood, so all times are listed. Try “since Oct 2024”."))
            self.note.show()
            return None, None

    # -- the card ----------------------------------------------------------------------------------------------

    def _entity(self) -> str:
        """Return the one entity that is selected, or ""."""
        selection, document = self._shell.selection, self._shell.document
        found = [selection.entity] if selection.entity else selection.entities(document, 2)
        return found[0] if len(set(found)) == 1 else ""

    def _selected(self) -> None:
        entity = self._shell.document.find("entities", self._entity())
        number = entity.number if isinstance(entity, Entity) else ""
        said = _say("{number} only").format(number=one_line(number, 20)) if number else _say("This card only")
        self.card.setText(menu_text(said))
        self.card.setEnabled(bool(number) or self.card.isChecked())
        self.card.setToolTip("" if number else _say("Select one card to see what was done with it"))
        if self.card.isChecked():
            self.changed.emit()

    def _operations(self) -> frozenset[str]:
        """Return the operations about the selected card; the last one stays where none is selected."""
        entity_id = self._entity() or self._about[0]
        if entity_id and (entity_id != self._about[0] or not self._about[1]):
            self._about = (entity_id, frozenset(self._shell.session.operations_about(entity_id)))
        return self._about[1]
