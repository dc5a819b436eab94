"""The band above the board while something is supposed: what, what falls, what overtakes what, and the way out."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from evidenceboard.model.changes import Operation
from evidenceboard.model.linchpins import compared
from evidenceboard.model.records import Entity
from evidenceboard.model.types import entity_type
from evidenceboard.ui.plain import menu_text, one_line, plain_label, plain_tip
from evidenceboard.ui.shell import Shell

PAUSE: Final = 60
"""Milliseconds after a change before the order of scenarios is compared anew."""
_LISTED: Final = 40
"""Cards that fall and are listed one by one."""


def _say(text: str) -> str:
    return QCoreApplication.translate("Suppose", text)


class SupposeBand(QFrame):
    """Say what is supposed; a key that ends other things does not end it."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("supposing")
        self._shell = shell
        self._said = plain_label("", self, name="supposingSaid")
        self._said.setWordWrap(True)
        self._said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.why = QPushButton(_say("Why"), self)
        self.why.setObjectName("supposingWhy")
        self.why.clicked.connect(self.show_why)
        self.end = QPushButton(_say("End supposing"), self)
        self.end.setObjectName("supposingEnd")
        self.end.clicked.connect(shell.supposing.end)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 10, 7)
        row.setSpacing(8)
        row.addWidget(self._said, 1)
        row.addWidget(self.why)
        row.addWidget(self.end)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE)
        self._later.timeout.connect(self.tell)
        shell.supposing.changed.connect(self.tell)
        shell.bridge.changed.connect(self._changed)
        self.hide()

    def text(self) -> str:
        """Return what the band says, or ""."""
        return self._said.text() if self._shell.supposing else ""

    def _changed(self, operation: Operation) -> None:
        if self._shell.supposing and operation.tables() & {"entities", "links", "assessments", "settings"}:
            self._later.start()

    def tell(self) -> None:
        """Say what is supposed now and what follows."""
        self._later.stop()
        supposing, document = self._shell.supposing, self._shell.document
        if supposing:
            found = supposing.supposed
            n = len(found.fallen)
            falling = _say("1 card falls") if n == 1 else _say("{n} cards fall").format(n=f"{n:,}")
            order = compared(supposing.of_file(), supposing.weighed())
            parts = [
                _say("Supposing {what}").format(what=found.supposition.said(document)),
                *found.clashes[:2],
                *([falling] if n else []),
                order or _say("the order of scenarios stands"),
                _say("nothing is written"),
            ]
            self._said.setText(" · ".join(part.rstrip(".") for part in parts))
            self.setAccessibleName(self._said.text())
        self.setVisible(bool(supposing))

    def show_why(self) -> None:
        """List what is supposed, to take it back, and why each card falls, to go there."""
        menu = self.why_menu()
        menu.popup(self.why.mapToGlobal(self.why.rect().bottomLeft()))

    def why_menu(self) -> QMenu:
        """Return the menu of what is supposed and what falls."""
        menu = QMenu(self)
        menu.setObjectName("supposingMenu")
        menu.aboutToHide.connect(menu.deleteLater)
        found, document = self._shell.supposing.supposed, self._shell.document
        for said in found.clashes:
            menu.addAction(menu_text(said)).setEnabled(False)
        for ids, word in (
            (found.supposition.false, _say("Suppose {number} false no longer")),
            (found.supposition.true, _say("Suppose {number} true no longer")),
        ):
            for number in sorted(document.numbers_of(list(ids))):
                entity_id = document.entity(number).id
                menu.addAction(
                    menu_text(word.format(number=number)), partial(self._shell.supposing.take_back, [entity_id])
                )
        if found.fallen:
            menu.addSeparator()
        for entity_id, why in list(found.fallen.items())[:_LISTED]:
            entity = document.get(Entity, entity_id)
            title = one_line(entity.title, 60) or entity_type(entity.type).word
            item = menu.addAction(menu_text(why), partial(self._shell.show_entity, entity_id))
            item.setToolTip(plain_tip(title))
        more = len(found.fallen) - _LISTED
        if more > 0:
            menu.addAction(menu_text(_say("and {n} more").format(n=f"{more:,}"))).setEnabled(False)
        return menu
