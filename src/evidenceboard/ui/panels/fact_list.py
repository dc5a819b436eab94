"""What is computed of an entity, as lines that follow the document."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from evidenceboard.model.in_steps import Steps
from evidenceboard.model.records import Entity
from evidenceboard.ui.panels.facts import facts_at_hand, facts_supposed
from evidenceboard.ui.panels.form import Fact
from evidenceboard.ui.panels.sections import column
from evidenceboard.ui.shell import Shell


class FactList(QWidget):
    """Show the computed lines of one entity; a line that says the same stays as it is."""

    def __init__(self, shell: Shell, entity_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell, self._entity_id = shell, entity_id
        self._column = column(self, 3)
        self._kinds: list[tuple[str, bool]] = []
        self.lines: list[Fact] = []

    def looking(self) -> Steps[None]:
        """Show the lines as they are now, in small steps."""
        entity = self._shell.document.find("entities", self._entity_id)
        found = []
        if isinstance(entity, Entity):
            supposed = self._shell.supposing.supposed
            yield from facts_at_hand(supposed, entity)
            found = facts_supposed(supposed, entity)
        kinds = [(label, strong) for label, _, strong in found]
        if kinds != self._kinds:
            self._kinds = kinds
            self._build(found)
        for line, (_, words, _) in zip(self.lines, found, strict=True):
            line.say(words)

    def _build(self, found: list[tuple[str, str, bool]]) -> None:
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = [Fact(label, words, self, strong=strong) for label, words, strong in found]
        for line in self.lines:
            self._column.addWidget(line)
        self.setVisible(bool(self.lines))
