"""The timeline panel: when things happened or were reported, in lanes, in step with what is selected."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from evidenceboard.model.changes import Operation
from evidenceboard.model.numbers import natural
from evidenceboard.model.records import Entity
from evidenceboard.model.timeline import TIMED, Moment, is_timed, moment, touched
from evidenceboard.ui.panels.look import on_look
from evidenceboard.ui.panels.prose import Prose, ProseButton
from evidenceboard.ui.panels.timeline_bright import NAME, Bright
from evidenceboard.ui.panels.timeline_lanes import Lanes
from evidenceboard.ui.panels.timeline_play import PlayBar
from evidenceboard.ui.panels.timeline_undated import Undated
from evidenceboard.ui.panels.timeline_view import TimelineView
from evidenceboard.ui.shell import Panel, Shell

PAUSE: Final = 120
"""Milliseconds after a change before the timeline follows."""
LISTED: Final = 290
"""Width of the list of what has no date, in pixels."""
_ANY: Final = 16_777_215
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
        self._waiting = [one.id for one in shell.document.entities if one.type in TIMED]
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
            {
                "happened": _say("When it happened"),
                "reported": _say("When it was reported"),
                "captured": _say("When it was captured"),
            },
        )
        self.all = QPushButton(_say("All"), self)
        self.all.setObjectName("timelineAll")
        self.all.setAccessibleName(_say("Bring every date into view"))
        self.play = QPushButton(_say("Play reports"), self)
        self.play.setObjectName("timelinePlay")
        self.play.setToolTip(_say("Show day by day what was known: in the order in which it was reported"))
        self.undated = ProseButton("", self, size=12)
        self.undated.quiet = True
        self.undated.setObjectName("timelineUndated")
        self.empty = Prose("", self, quiet=True)
        self.view = TimelineView(shell, self)
        self.view.setAccessibleName(_say("Timeline"))
        self.bar = PlayBar(self)
        self.bar.hide()
        self.said = Prose("", self, size=12)
        self.said.setObjectName("timelineSaid")
        self.list = Undated(shell, self._field_of, self)
        self.list.setMinimumWidth(200)
        self.list.hide()
        self._bright = Bright(shell.sight)
        self._dates_before = ""
        self.all.clicked.connect(self.view.fit)
        self.play.clicked.connect(self.start_playing)
        self.undated.clicked.connect(self._list_undated)
        self.bar.moved.connect(self._brighten)
        self.bar.ended.connect(self.end)
        self.view.brush.changed.connect(self._brushed)
        self.view.escaped.connect(self.end)
        self.view.play_wanted.connect(self._play_or_pause)
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
        shell.sight.changed.connect(self._let_go)
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
        for widget in (self.lanes, self.dates, self.all, self.play):
            top.addWidget(widget)
        top.addWidget(self.undated, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addStretch(1)
        column.addLayout(top)
        indented = QVBoxLayout()
        indented.setContentsMargins(16, 4, 16, 0)
        indented.addWidget(self.empty)
        column.addLayout(indented)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.view, 4)
        middle.addWidget(self.list, 1)
        column.addLayout(middle, 1)
        # Below, so that the axis stays under the hand that draws over it.
        column.addWidget(self.bar)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 0, 16, 6)
        foot.addWidget(self.said)
        column.addLayout(foot)
        self.said.hide()

    # -- what is shown -----------------------------------------------------------------------------------------

    def refresh(self, *, fit: bool = False) -> None:
        """Show the dates as they are now, at once or, where many are to be looked up, as soon as they are known."""
        self._later.stop()
        self._fit = self._fit or fit
        document = self._shell.document
        now, self._waiting = self._waiting[:SLICE], self._waiting[SLICE:]
        for entity_id in now:
            entity = document.find("entities", entity_id)
            if isinstance(entity, Entity) and is_timed(document, entity):
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
        dated = {one.entity_id for one in made.moments}
        self._tell_undated([one for one in self._moments.values() if one.entity_id not in dated], bool(len(made)))
        self._bright.take(self._moments.values(), dates)
        self._bright.reach(dates)  # now, so that the first move of a hand need not wait for it
        if self.bar.isVisibleTo(self):
            self.bar.show_days(self._bright.reach("reported").days())
        self.play.setEnabled(bool(self._bright.reach("reported").days()))
        self._brighten()
        nothing = {
            "happened": _say(
                "Nothing here has a date yet. Claims and events have one in “Happened”, sources in “Published”."
            ),
            "reported": _say(
                "No date of a report is known yet. A source has one in “Published”, a states link in “Reported”."
            ),
            "captured": _say("No file is kept with anything here yet, so nothing was captured."),
        }
        self.empty.say(nothing[dates])
        self.empty.setVisible(not len(made))
        self._share_room()

    # -- what has no date --------------------------------------------------------------------------------------

    def _field_of(self, moment: Moment) -> str:
        """Return the field of a moment in which the date that is shown stands, "" where it stands elsewhere."""
        if self.dates.currentData() == "captured":
            return ""
        if moment.type == "source":
            return "published"
        return "happened" if self.dates.currentData() == "happened" else ""

    def _tell_undated(self, found: list[Moment], shown: bool) -> None:
        n = len(found)
        said = _say("1 without a date") if n == 1 else _say("{n} without a date").format(n=f"{n:,}")
        opened = self.list.isVisibleTo(self)
        self.undated.say(f"{said} · {_say('hide') if opened else _say('show')}" if n else "")
        self.undated.setVisible(bool(n))
        if opened and not n:
            self.list.hide()
        elif opened:
            self.list.show_moments(sorted(found, key=lambda one: natural(one.number)))

    def _share_room(self) -> None:
        """Put the list beside the dates, or in their place where there is no room for both."""
        narrow = self.width() < 2 * LISTED + 60
        opened = self.list.isVisibleTo(self)
        self.list.setMaximumWidth(_ANY if narrow else LISTED)
        self.view.setVisible(bool(len(self.view.lanes)) and not (opened and narrow))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _list_undated(self) -> None:
        self.list.setVisible(not self.list.isVisibleTo(self))
        self._show()
        if self.list.isVisibleTo(self):
            self.list.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what is bright on the board ---------------------------------------------------------------------------

    def start_playing(self) -> None:
        """Show on the board what was known on the first day with a report, then on the next."""
        days = self._bright.reach("reported").days()
        if not days:
            return
        self.view.brush.put(None)
        if not self.bar.isVisibleTo(self):
            self._dates_before = str(self.dates.currentData())
        self.bar.show()
        self.bar.show_days(days)
        self.dates.setCurrentIndex(self.dates.findData("reported"))
        self.bar.start()
        self._brighten()

    def _play_or_pause(self) -> None:
        if self.bar.isVisibleTo(self):
            self.bar.toggle()
        else:
            self.start_playing()

    def _brushed(self) -> None:
        if self.view.brush.days is not None and self.bar.isVisibleTo(self):
            self._stop_playing()
        self._brighten()

    def _stop_playing(self) -> None:
        self.bar.pause()
        self.bar.hide()
        self.view.show_day(None)

    def end(self) -> None:
        """End the span and the playing: everything is bright again, and the dates are those that were shown before."""
        playing = self.bar.isVisibleTo(self)
        self._stop_playing()
        self.view.brush.put(None)
        self._brighten()
        if playing and self._dates_before:
            self.dates.setCurrentIndex(self.dates.findData(self._dates_before))

    def _let_go(self) -> None:
        """End here what was ended elsewhere, so that the timeline says nothing that the board does not show."""
        if self._bright.said and not self._shell.sight.is_wished(NAME):
            self.end()

    def _brighten(self) -> None:
        """Let the board show what is brushed or played, and say it."""
        day, days = self.bar.day, self.view.brush.days
        if self.bar.isVisibleTo(self) and day is not None:
            self.view.show_day(day if self.dates.currentData() == "reported" else None)
            self._bright.until(day)
        elif days is not None:
            self._bright.span(*days)
        else:
            self._bright.end()
        self.said.say(self._bright.said)
        if self._bright.said:
            self.view.setAccessibleDescription(self._bright.said)
        self.said.setVisible(bool(self._bright.said))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        dock = self.parentWidget()
        # Behind another panel, or in a window that is put away, the span stays; a panel that is closed ends it.
        if not event.spontaneous() and (dock is None or dock.isHidden() or self.isHidden()):
            self.end()

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
