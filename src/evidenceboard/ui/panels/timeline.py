"""The timeline panel: when things happened or were reported, in lanes, in step with what is selected."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from evidenceboard.model.changes import Operation
from evidenceboard.model.records import Entity
from evidenceboard.model.timeline import TIMED, Moment, moment, touched
from evidenceboard.ui.panels.look import on_look
from evidenceboard.ui.panels.prose import Prose
from evidenceboard.ui.panels.timeline_lanes import Lanes
from evidenceboard.ui.panels.timeline_view import TimelineView
from evidenceboard.ui.shell import Panel, Shell

PAUSE: Final = 120
"""Milliseconds after a change before the timeline follows."""
SLICE: Final = 1000
"""Entities whose dates are looked up at once; more are looked up while the window stays alive."""


def _say(text: str) -> str:
    return QCoreApplication.translate("Timeline", text)


class Timeline(QWidget):
    """Choose lanes and dates, and show them."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self._shell = shell
        self._fit = True
        self._moments: dict[str, Moment] = {}
        self._waiting = [entity.id for entity in shell.document.entities if entity.type in TIMED]
        self.lanes = self._choice(
            "timelineLanes",
            _say("Lanes"),
            {
                "type": _say("By type"),
                "source": _say("By source"),
                "actor": _say("By actor"),
                "scenario": _say("By scenario"),
            },
        )
        self.dates = self._choice(
            "timelineDates",
            _say("Dates"),
            {"happened": _say("When it happened"), "reported": _say("When it was reported")},
        )
        self.all = QPushButton(_say("All"), self)
        self.all.setObjectName("timelineAll")
        self.all.setAccessibleName(_say("Bring every date into view"))
        self.undated = Prose("", self, size=12, quiet=True)
        self.undated.setObjectName("timelineUndated")
        self.empty = Prose("", self, quiet=True)
        self.view = TimelineView(shell, self)
        self.view.setAccessibleName(_say("Timeline"))
        self.all.clicked.connect(self.view.fit)
        self.view.went.connect(shell.show_entity)
        self._arrange()
        self.setFocusProxy(self.view)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.refresh)
        self.lanes.currentIndexChanged.connect(lambda: self.refresh())
        self.dates.currentIndexChanged.connect(lambda: self.refresh(fit=True))
        shell.bridge.changed.connect(self._changed)
        shell.selection.changed.connect(self.follow)
        on_look(shell, self.view.viewport().update)
        self.refresh(fit=True)
        self.follow()

    def _choice(self, name: str, said: str, words: dict[str, str]) -> QComboBox:
        made = QComboBox(self)
        made.setObjectName(name)
        made.setAccessibleName(said)
        for value, word in words.items():
            made.addItem(word, value)
        return made

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        top = QHBoxLayout()
        top.setContentsMargins(12, 0, 12, 0)
        top.setSpacing(6)
        for widget in (self.lanes, self.dates, self.all):
            top.addWidget(widget)
        top.addSpacing(8)
        top.addWidget(self.undated, 1)
        column.addLayout(top)
        indented = QVBoxLayout()
        indented.setContentsMargins(16, 4, 16, 0)
        indented.addWidget(self.empty)
        column.addLayout(indented)
        column.addWidget(self.view, 1)

    # -- what is shown -----------------------------------------------------------------------------------------

    def refresh(self, *, fit: bool = False) -> None:
        """Show the dates as they are now, at once or, where many are to be looked up, as soon as they are known."""
        self._later.stop()
        self._fit = self._fit or fit
        document = self._shell.document
        now, self._waiting = self._waiting[:SLICE], self._waiting[SLICE:]
        for entity_id in now:
            entity = document.find("entities", entity_id)
            if isinstance(entity, Entity) and entity.type in TIMED:
                self._moments[entity_id] = moment(document, entity)
            else:
                self._moments.pop(entity_id, None)
        if self._waiting:
            self._later.start(0)
        else:
            self._show()

    def _show(self) -> None:
        document, dates = self._shell.document, str(self.dates.currentData())
        made = Lanes(document, self._moments.values(), str(self.lanes.currentData()), dates)
        self.view.show_lanes(made, fit=self._fit)
        self._fit = False
        n = len(self._moments) - len({one.entity_id for one in made.moments})
        said = _say("1 without a date") if n == 1 else _say("{n} without a date").format(n=f"{n:,}")
        self.undated.say(said if n and len(made) else "")
        reported = _say(
            "No date of a report is known yet. A source has one in “Published”, a states link in “Reported”."
        )
        happened = _say(
            "Nothing here has a date yet. Claims and events have one in “Happened”, sources in “Published”."
        )
        self.empty.say(reported if dates == "reported" else happened)
        self.empty.setVisible(not len(made))
        self.view.setVisible(bool(len(made)))

    def follow(self) -> None:
        """Ring what is selected."""
        self.view.mark(frozenset(self._shell.selection.entities(self._shell.document)))

    def _changed(self, operation: Operation) -> None:
        if operation.tables() & {"entities", "links", "attachments"}:
            self._waiting = list(dict.fromkeys([*self._waiting, *touched(self._shell.document, operation)]))
            if self.isVisible():
                self._later.start(PAUSE)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._waiting:
            self.refresh()


PANEL = Panel("timeline", "Timeline", "bottom", Timeline)
