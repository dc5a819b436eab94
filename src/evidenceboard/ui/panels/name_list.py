"""The other names of an entity, which sources use each, and what was joined into it, to be split again."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from evidenceboard import commands
from evidenceboard.model.in_steps import Steps
from evidenceboard.model.joins import Join, Named, names_used
from evidenceboard.model.records import Entity
from evidenceboard.ui.panels.prose import Prose, ProseButton
from evidenceboard.ui.panels.sections import column, heading
from evidenceboard.ui.plain import one_line
from evidenceboard.ui.shell import Shell

_MANY = 12
"""Sources that are named before they are only counted."""


def _say(text: str) -> str:
    return QCoreApplication.translate("NameList", text)


class NameList(QWidget):
    """List the other names; it is built anew only where what it says has changed."""

    def __init__(self, shell: Shell, entity_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell, self._entity_id = shell, entity_id
        self._said: object = None
        self._column = column(self, 2)
        self.splits: list[ProseButton] = []
        self.hide()

    def looking(self) -> Steps[None]:
        """Show the names as they are now, in small steps."""
        entity = self._shell.document.find("entities", self._entity_id)
        if not isinstance(entity, Entity):
            return
        found = yield from names_used(self._shell.document, entity)
        said = [(one, self._used(one)) for one in found]
        if said != self._said:
            self._said = said
            self._build(said)

    def _used(self, one: Named) -> str:
        parts = []
        if one.join is not None:
            parts.append(_say("was {number}").format(number=one.join.number))
        if one.came:
            parts.append(_say("came with what {sources} said").format(sources=self._numbers(one.came)))
        if one.words:
            parts.append(_say("in the words of {sources}").format(sources=self._numbers(one.words)))
        return " · ".join(parts) or _say("no source here uses it")

    def _numbers(self, ids: tuple[str, ...]) -> str:
        numbers = self._shell.document.numbers_of(ids)
        more = len(numbers) - _MANY
        said = ", ".join(one_line(number, 20) for number in numbers[:_MANY])
        return _say("{numbers} and {n} more").format(numbers=said, n=more) if more > 0 else said

    def _build(self, said: list[tuple[Named, str]]) -> None:
        self.splits = []
        while (item := self._column.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self.setVisible(bool(said))
        if not said:
            return
        self._column.setContentsMargins(0, 0, 0, 14)
        self._add(heading(_say("Other names"), self))
        for one, used in said:
            self._add(Prose(one.name, self))
            self._add(Prose(used, self, size=12, quiet=True))
            if one.join is not None and not self._shell.session.read_only:
                self._column.addWidget(self._split_button(one.join))

    def _add(self, words: Prose) -> None:
        """Put words below, as far from the edge as those of buttons are."""
        holder = QWidget(self)
        inside = column(holder)
        inside.setContentsMargins(ProseButton.PAD[0], 0, ProseButton.PAD[0], 0)
        inside.addWidget(words)
        self._column.addWidget(holder)

    def _split_button(self, one: Join) -> ProseButton:
        said = _say("Split {number} off again").format(number=one_line(one.number, 20))
        button = ProseButton(said, self, size=12, colour=self.palette().link().color())
        button.setObjectName("split")
        button.clicked.connect(lambda: self.split(one))
        self.splits.append(button)
        return button

    def split(self, one: Join) -> None:
        """Give back the entity that was joined in."""
        made = self._shell.perform("Split two cards", lambda tx: commands.split(tx, one.setting_id))
        if made is not None:
            self._shell.show_entity(made.id)
