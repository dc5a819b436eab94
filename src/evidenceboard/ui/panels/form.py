"""A column of fields that Tab walks through."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from evidenceboard.ui.panels.field_row import LABEL, FieldRow
from evidenceboard.ui.panels.prose import Prose, ProseButton


class Form(QWidget):
    """Hold the rows of one subject, refresh them together and lead Tab from one to the next."""

    drafted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[FieldRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)

    def add(self, rows: Iterable[FieldRow]) -> None:
        """Put rows below those that are there."""
        for row in rows:
            row.went_on.connect(self.go_on)
            row.drafted.connect(self.drafted)
            self.rows.append(row)
            self._column.addWidget(row)

    def add_fact(self, label: str, words: str, *, strong: bool = False, at: int = -1) -> Fact:
        """Put a line that is computed or told, not written; `at`: as so many-th line, else below all."""
        fact = Fact(label, words, self, strong=strong)
        self._column.insertWidget(at, fact)
        return fact

    def add_widget(self, widget: QWidget) -> None:
        """Put any other line."""
        self._column.addWidget(widget)

    def add_space(self, height: int) -> None:
        """Leave room."""
        self._column.addSpacing(height)

    def row(self, key: str) -> FieldRow | None:
        """Return the row of a field, or None."""
        return next((row for row in self.rows if row.field.key == key), None)

    def refresh(self) -> None:
        """Show every value as the document has it now."""
        for row in self.rows:
            row.refresh()

    def keep(self) -> None:
        """Write what stands in open editors."""
        for row in self.rows:
            if row.busy:
                row.keep()

    def go_on(self, row: FieldRow, step: int) -> None:
        """Open the next field, or the one before; beyond the last one the keyboard goes on to what follows."""
        at = self.rows.index(row) + step
        if 0 <= at < len(self.rows):
            self.rows[at].open()
            return
        row.value.setFocus(Qt.FocusReason.TabFocusReason)
        self.focusNextPrevChild(step > 0)


class Fact(QWidget):
    """A label and words that nobody types."""

    def __init__(self, label: str, words: str, parent: QWidget | None = None, *, strong: bool = False) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        across, down = ProseButton.PAD
        grid.setContentsMargins(across, down, across, down)
        grid.setHorizontalSpacing(across)
        head = Prose(label, self, quiet=True)
        head.setFixedWidth(LABEL - across)
        weight = QFont.Weight.DemiBold if strong else QFont.Weight.Normal
        self.words = Prose(words, self, weight=weight)
        self.label = label
        self.say(words)
        grid.addWidget(head, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.words, 0, 1)
        grid.setColumnStretch(1, 1)

    def say(self, words: str) -> None:
        """Show other words."""
        self.words.say(words)
        self.setAccessibleName(f"{self.label}: {self.words.words}")
