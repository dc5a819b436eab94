"""A window that shows the board as it was: the same parts over a state of the file that was, for reading only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QCoreApplication, QPoint, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidenceboard.model.changes import BULK, Operation
from evidenceboard.model.pace import Tick
from evidenceboard.model.since import since
from evidenceboard.session import Past
from evidenceboard.ui import restoring, settings
from evidenceboard.ui.board.since_marks import SinceMarks
from evidenceboard.ui.past_band import PastBand
from evidenceboard.ui.plain import one_line
from evidenceboard.ui.statusline import moment
from evidenceboard.ui.window import Window, windows

if TYPE_CHECKING:
    from evidenceboard.session import Session

PAUSE: Final = 60
"""Milliseconds after a change before what became of the cards is worked out anew."""
_OF_THE_FILE: Final = frozenset({"compare", "file_properties", "merge_in", "send", "share"})
"""Actions that would take the file as it is now for what is shown."""
_BESIDE: Final = QPoint(36, 36)


def _say(text: str) -> str:
    return QCoreApplication.translate("Past", text)


def past_of(session: Session) -> PastWindow | None:
    """Return the window that shows the past of a session, or None."""
    shown = (one for one in windows() if isinstance(one, PastWindow) and one.past.now is session)
    return next(shown, None)


def of_now(window: Window) -> Window:
    """Return the window that shows what the file holds now, for one that may show the past."""
    return window.now if isinstance(window, PastWindow) else window


def show_past(window: Window, operation_id: str) -> PastWindow | None:
    """Show the board as it was after an operation, in a window beside the one of now; a refusal becomes a banner."""
    now = of_now(window)
    shown = past_of(now.session)
    if shown is not None:
        shown.go(operation_id)
    else:
        past = now.look_up(lambda tick: _past_at(now.session, operation_id, tick), _say("Reading the history…"))
        if past is None:
            return None
        # Both look at the same place, so that they can be compared.
        settings.remember_place(now.session.path, {"board": now.board_id, **now.board.stands()})
        shown = PastWindow(now, past)
        shown.show()
    shown.raise_()
    shown.activateWindow()
    return shown


def _past_at(now: Session, operation_id: str, tick: Tick) -> Past:
    past = Past(now)
    try:
        place = past.place_of(operation_id, past.ids)
        past.show(place, past.way_to(place, tick))
    except BaseException:
        past.close()
        raise
    return past


class PastWindow(Window):
    """Show one state of a file that is open in another window, and go from state to state."""

    def __init__(self, now: Window, past: Past) -> None:
        super().__init__(past)
        self.now = now
        self.setGeometry(now.geometry().translated(_BESIDE))
        self.restoreState(now.saveState())
        self.marks = SinceMarks(self.board.surface, past)
        self.board.surface.also.append(self.marks.paint)
        self.board.mark_past()
        self.rail.setEnabled(False)
        self.topbar.only_shows(_say("The past cannot be changed"))
        self.band = PastBand(self)
        column = cast(QVBoxLayout, cast(QWidget, self.centralWidget()).layout())
        column.insertWidget(0, self.band)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE)
        self._later.timeout.connect(self.compare)
        self.bridge.changed.connect(self._moved)
        self.board_shown.connect(self.compare)
        now.bridge.closing.connect(self.close)
        now.bridge.changed.connect(self._look_for_redaction)
        self.bridge.closing.connect(self._later.stop)
        self.compare()

    @property
    def past(self) -> Past:
        """Return the state that is shown."""
        return cast(Past, self.session)

    def at(self) -> str:
        """Return when the state came to be, as clock time here."""
        return moment(self.past.saved_at()) or _say("a time that is not known")

    def go(self, operation_id: str) -> None:
        """Show the state after another operation."""
        place = self.told(lambda: self.past.place_of(operation_id, self.past.ids))
        if place is not None:
            self.go_to(place)

    def go_to(self, place: int) -> None:
        """Show the state after so many steps, the whole way beside the window where it is long."""
        past = self.past
        place = max(1, min(len(past), place))
        if place == past.place:
            return
        if past.size_of_way(place) <= BULK:
            swaps = self.told(lambda: past.way_to(place))
        else:
            swaps = self.look_up(lambda tick: past.way_to(place, tick), _say("Reading the history…"))
        if swaps is None:
            self.band.tell()  # the slider goes back to where one is
            return
        past.show(place, swaps)

    def restore(self) -> None:
        """Make the board what it was here, as one step that can be undone, and go back to it."""
        now, at, wanted = self.now, self.past.saved_at(), self.past.document.copied()
        self.close()
        now.raise_()
        now.activateWindow()
        restoring.restore_document(now, wanted, at)

    def back_to_now(self) -> None:
        """Close this window and bring the one of now to the front."""
        now = self.now
        self.close()
        now.raise_()
        now.activateWindow()

    def can(self, action_id: str) -> bool:
        """Return whether an action can be run now: what is about the file and not about this state cannot."""
        return action_id not in _OF_THE_FILE and super().can(action_id)

    # -- what became of it -------------------------------------------------------------------------------------

    def _moved(self, operation: Operation) -> None:
        self._tell_title()
        self.band.tell()
        self._later.start()

    def _look_for_redaction(self, operation: Operation) -> None:
        """Close where something is taken out of the file for good: it is not to be seen here any longer either."""
        if operation.kind == "redact":
            self.close()

    def compare(self) -> None:
        """Mark on the cards what became of them since, and count it in the band."""
        self._later.stop()
        past = self.past
        self.marks.since = since(past.document, past.now.document, self.board_id, past.since)
        self.band.tell()
        self.board.surface.update_overlay()

    def _tell_title(self) -> None:
        said = _say("{name} as it was on {time}").format(name=one_line(self.session.path.name), time=self.at())
        self.setWindowTitle(f"{said} · Evidenceboard")
