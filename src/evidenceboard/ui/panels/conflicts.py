"""The panel of conflicts: what two copies say differently, by card, and the keys that decide."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QSplitter, QVBoxLayout, QWidget

from evidenceboard.model.changes import Operation
from evidenceboard.model.numbers import natural
from evidenceboard.ui.board.physical import sign_of
from evidenceboard.ui.conflict_words import Told, told
from evidenceboard.ui.panels.deciding import Deciding
from evidenceboard.ui.panels.folding import FoldingList, Line
from evidenceboard.ui.panels.look import on_look
from evidenceboard.ui.panels.prose import Prose
from evidenceboard.ui.shell import Shell
from evidenceboard.ui.turns import Turns

PAUSE: Final = 60
_SAID: Final = frozenset({"conflicts", "entities", "links", "assessments", "boards", "frames", "settings"})
_STEP: Final = 32
"""Conflicts that are told in one step."""
_HALF: Final = 400
"""The list and what is chosen share the height evenly at first."""


def _say(text: str) -> str:
    return QCoreApplication.translate("Conflicts", text)


class Conflicts(QWidget):
    """List the fields that are not decided, go to their cards, and decide."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("conflicts")
        self._shell = shell
        self._told: dict[str, Told] = {}
        self._stale = True
        self.head = Prose("", self, quiet=True)
        self.list = FoldingList(shell, "conflictList", _say("Undecided fields by card"), self)
        self.list.chosen.connect(self._tell)
        self.list.activated.connect(self.go)
        self.list.view.installEventFilter(self)
        self.deciding: Deciding | None = None
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        self._split = QSplitter(Qt.Orientation.Vertical, self)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.list)
        self._split.addWidget(self._scroll)
        self._split.setSizes([_HALF, _HALF])
        self.list.setMinimumHeight(70)
        self._scroll.setMinimumHeight(172)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 8)
        column.setSpacing(6)
        indented = QVBoxLayout()
        indented.setContentsMargins(16, 0, 16, 0)
        indented.addWidget(self.head)
        column.addLayout(indented)
        column.addWidget(self._split, 1)
        self.setFocusProxy(self.list)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE)
        self._later.timeout.connect(self.refresh)
        shell.bridge.changed.connect(self._changed)
        on_look(shell, self.list.view.viewport().update)
        self._turns = Turns(self)
        self._turns.done.connect(self._take)
        self.refresh()

    # -- what is listed ----------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """List what is not decided now: at once, or bit by bit where there is much of it."""
        self._later.stop()
        self._stale = False
        self._turns.start(self._working())

    def _working(self) -> Iterator[dict[str, Told] | None]:
        found: dict[str, Told] = {}
        for one in told(self._shell.session):
            found[one.id] = one
            if len(found) % _STEP == 0:
                yield None
        yield found

    def _take(self, found: dict[str, Told]) -> None:
        """List conflicts; the chosen line stays chosen, or the next one takes its place."""
        was, near = self.list.line(), self.list.view.currentIndex().row()
        self._told = found
        ordered = sorted(self._told.values(), key=lambda one: (not one.number, natural(one.number), one.field))
        self.list.model.take([("", "", "", [_line(one) for one in ordered])])
        if was is not None or near >= 0:
            self.list.choose(was.id if was else "", near)
        elif self._told:
            self.list.choose("", 0)
        self._tell()
        count = len(self._told)
        single, several = _say("1 field is not decided."), _say("{n} fields are not decided.")
        said = (single if count == 1 else several).format(n=f"{count:,}")
        self.head.say(said if count else _say("Nothing is undecided: no two copies differ."))
        self._split.setVisible(bool(count))

    def _changed(self, operation: Operation) -> None:
        if operation.is_bulk or operation.tables() & _SAID:
            self._stale = True
            self._turns.stop()
            if self.isVisible():
                self._later.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        # Nothing is read for nobody, and not at all when the window has let go of its file.
        self._stale = self._stale or self._later.isActive() or self._turns.busy
        self._later.stop()
        self._turns.stop()
        super().hideEvent(event)

    # -- one of them -------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        line = self.list.line()
        chosen = self._told.get(line.id) if line else None
        if self.deciding is not None and self.deciding.told == chosen:
            return
        self.deciding = Deciding(self._shell, chosen, self, keys=True) if chosen else None
        holder = QWidget(self._scroll)
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(8, 4, 16, 8)
        if self.deciding is not None:
            inside.addWidget(self.deciding)
            self.deciding.decided.connect(partial(self._decided, self.deciding.told.id))
            self.deciding.left.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        inside.addStretch(1)
        old = self._scroll.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()
        self._scroll.setWidget(holder)
        holder.setAutoFillBackground(False)
        holder.show()

    def _decided(self, conflict_id: str) -> None:
        self._take({key: one for key, one in self._told.items() if key != conflict_id})
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def go(self, conflict_id: str) -> None:
        """Go to the card of a conflict, and to the link where it is about one."""
        one = self._told.get(conflict_id)
        if one is None:
            return
        if one.entity_id:
            self._shell.show_entity(one.entity_id)
        if one.link_id and self._shell.document.find("links", one.link_id):
            self._shell.selection.set(links=[one.link_id])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._letter(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and (letter := self._letter(event)):
            if self.deciding is not None:
                self.deciding.press(letter)
            return True
        return super().eventFilter(watched, event)

    def _letter(self, event: QKeyEvent) -> str:
        held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
        letter = "" if event.modifiers() & held else sign_of(event)
        return letter if letter and letter in "MTBO123456789" else ""


def _line(one: Told) -> Line:
    field = one.field[:1].upper() + one.field[1:]
    beneath = one.gist or _say("the values did not come along")
    return Line(one.id, one.number, f"{field} · {one.title}", beneath, one.type_id)


make: Final = Conflicts
