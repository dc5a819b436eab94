"""The timeline panel: when things happened or were reported, in lanes, in step with what is selected."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from evidenceboard.model.changes import Operation
from evidenceboard.model.numbers import natural
from evidenceboard.model.reach import Reach
from evidenceboard.model.records import Entity
from evidenceboard.model.timeline import TIMED, Moment, is_timed, moment, touched
from evidenceboard.model.values import dataclass
from evidenceboard.ui.panels.look import on_look
from evidenceboard.ui.panels.prose import Prose, ProseButton
from evidenceboard.ui.panels.timeline_bright import Bright
from evidenceboard.ui.panels.timeline_lanes import Lanes
from evidenceboard.ui.panels.timeline_play import PlayBar
from evidenceboard.ui.panels.timeline_undated import Undated
from evidenceboard.ui.panels.timeline_view import TimelineView
from evidenceboard.ui.shell import Shell
from evidenceboard.ui.sight import TIMELINE
from evidenceboard.ui.turns import AT_ONCE, Turns

PAUSE: Final = 120
"""Milliseconds after a change before the timeline follows."""
LISTED: Final = 290
"""Width of the list of what has no date, in pixels."""
_ANY: Final = 16_777_215
STEP: Final = 16
"""Entities whose dates are looked up in one step."""
SLICE: Final = STEP * AT_ONCE
"""Entities whose dates are looked up at once; more are looked up while the window stays alive."""
MANY: Final = 2000
"""Changes from which on all dates are looked up anew, which is then the quicker way."""


def _say(text: str) -> str:
    return QCoreApplication.translate("Timeline", text)


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown: `of` which lanes and dates, the moments as lanes and as reaches by date, and those undated."""

    of: tuple[str, str]
    moments: list[Moment]
    lanes: Lanes
    reaches: dict[str, Reach]
    undated: list[Moment]


class Timeline(QWidget):
    """Choose lanes and dates, and show them."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self._shell = shell
        self._fit = True
        self._moments: dict[str, Moment] = {}
        self._waiting: dict[str, None] = {}
        self._all_wait = True
        self._stale = self._differs = False
        self._shown: Shown | None = None
        self._turns = Turns(self)
        self._turns.done.connect(self._show)
        self._ringing = Turns(self)
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
        """Show the dates as they are now, at once or, where there are many, as soon as they are known and laid out."""
        self._later.stop()
        self._stale, self._fit = True, self._fit or fit
        self._turns.start(self._making(str(self.lanes.currentData()), str(self.dates.currentData())))

    def _making(self, by: str, dates: str) -> Iterator[Shown | None]:
        """Look up what waits and lay out what is known, in small steps; what needs no other layout stays as it is."""
        document = self._shell.document
        if self._all_wait:
            yield from self._gather()
        for place, entity_id in enumerate(list(self._waiting), 1):
            entity = document.find("entities", entity_id)
            timed = isinstance(entity, Entity) and is_timed(document, entity)
            found = moment(document, entity) if timed and isinstance(entity, Entity) else None
            self._differs = self._differs or found != self._moments.get(entity_id)
            if found is not None:
                self._moments[entity_id] = found
            else:
                self._moments.pop(entity_id, None)
            del self._waiting[entity_id]
            if place % STEP == 0:
                yield None
        if by == "type" and not self._differs and self._shown is not None and self._shown.of == (by, dates):
            yield self._shown
            return
        moments = list(self._moments.values())
        lanes: Lanes | None = None
        for lanes in Lanes.laid(document, moments, by, dates):
            if lanes is None:
                yield None
        reaches: dict[str, Reach] = {}
        for which in dict.fromkeys((dates, "reported")):
            for reach in Reach.read(moments, which):
                if reach is None:
                    yield None
                else:
                    reaches[which] = reach
        assert lanes is not None
        undated: list[Moment] = []
        for place, one in enumerate(moments, 1):
            if one.entity_id not in lanes.places:
                undated.append(one)
            if place % SLICE == 0:
                yield None
        yield Shown((by, dates), moments, lanes, reaches, undated)

    def _gather(self) -> Iterator[None]:
        """Let whatever may stand here or did wait for its dates."""
        document = self._shell.document
        there = (one.id for kind in TIMED for one in document.where("entities", "type", kind))
        for place, entity_id in enumerate(chain(there, self._moments), 1):
            self._waiting[entity_id] = None
            if place % SLICE == 0:
                yield
        self._all_wait = False

    def _show(self, shown: Shown) -> None:
        dates, made = shown.of[1], shown.lanes
        self._stale = self._differs = False
        if shown is self._shown and not self._fit:
            return
        self._shown = shown
        self.view.show_lanes(made, fit=self._fit)
        self._fit = False
        self._tell_undated()
        self._bright.take(shown.moments, dates, shown.reaches)
        days = shown.reaches["reported"].days()
        if self.bar.isVisibleTo(self):
            self.bar.show_days(days)
        self.play.setEnabled(bool(days))
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

    def _tell_undated(self) -> None:
        found = self._shown.undated if self._shown else []
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
        self._tell_undated()
        self._share_room()
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
        if self._bright.said and not self._shell.sight.is_wished(TIMELINE):
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
        if self.isVisible():
            self._ringing.start(self._ring())

    def _ring(self) -> Iterator[bool | None]:
        for ids in self._shell.selection.looked_up(self._shell.document):
            if ids is None:
                yield None
            else:
                yield from self.view.marking(ids)

    def _changed(self, operation: Operation) -> None:
        if operation.tables() & {"entities", "links", "attachments"}:
            self._turns.stop()
            self._stale = True
            document = self._shell.document
            if len(operation.changes) > MANY:
                self._all_wait = True
            else:
                self._waiting.update(dict.fromkeys(touched(document, operation)))
            if self.isVisible():
                self._later.start(PAUSE)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.follow()
        if self._stale and not self._turns.busy:
            self.refresh()


make: Final = Timeline
