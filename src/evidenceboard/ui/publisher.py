"""Putting a board that is worked on through a copy back to its place: after a while, on demand, before closing."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from evidenceboard.errors import EvidenceBoardError, StaleFileError, StoppedError
from evidenceboard.store.publishing import Publishing
from evidenceboard.ui import beside, keeping
from evidenceboard.ui.notices import Offer

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window

REST: Final = 5000
"""Milliseconds without a change after which the board is put back to its place."""
AGAIN: Final = 30_000
"""Milliseconds after which it is tried again where the place cannot be reached, and looked at where nothing changes."""
_LOOK: Final = 50
_say = QCoreApplication.translate


def of(window: Window) -> Publisher | None:
    """Return what puts the board of a window back to its place; None where it is worked on where it lies."""
    publishing = window.session.hold.publishing
    return Publisher(window, publishing) if publishing else None


def published_at(publishing: Publishing) -> str:
    """Return when the board was put to its place, as clock time here; "" where it was only found there."""
    at = publishing.left.at if publishing.left else ""
    return datetime.fromisoformat(at).astimezone().strftime("%H:%M") if at else ""


class Publisher(QObject):
    """Publish beside the window, tell in the line below how things stand, and say what hinders it."""

    def __init__(self, window: Window, publishing: Publishing) -> None:
        super().__init__(window)
        self._window = window
        self._publishing = publishing
        self._worker: ThreadPoolExecutor | None = None
        self._running: Future[bool] | None = None
        self._new = not publishing.is_published
        self._newer = False
        self._may_leave = False
        self.trouble: EvidenceBoardError | None = None
        """Why the board could not be put back the last time."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.begin)
        self._look = QTimer(self)
        self._look.setInterval(_LOOK)
        self._look.timeout.connect(self._end)
        window.bridge.changed.connect(self._changed)
        self._timer.start(REST if self._new else AGAIN)
        self._tell()

    @property
    def is_overtaken(self) -> bool:
        """Tell whether somebody else's file lies where the board lay."""
        return isinstance(self.trouble, StaleFileError)

    def greet(self) -> None:
        """Say once that one works on a copy, and what of it was found."""
        window, publishing = self._window, self._publishing
        if publishing.aside:
            window.notices.stand(
                _say(
                    "Publisher",
                    "Steps of yours that were not put back do not fit to the file any more:"
                    " somebody has changed it. You see the file as it is now; your steps are kept apart.",
                ),
                offers=self._offers_for(publishing.aside[-1]),
                alarm=True,
            )
        elif publishing.found:
            window.banner(
                _say("Publisher", "Steps that were not put back yet when the program ended were found, and are here."),
                _say("Publisher", "They are put back to where the board lies in a moment."),
            )
        else:
            said = _say("Publisher", "This board lies {place}, so you work on a copy on this machine.")
            window.banner(
                said.format(place=publishing.place),
                _say(
                    "Publisher",
                    "It is put back there (published) by itself, unless somebody else has changed the board meanwhile.",
                ),
            )

    def _offers_for(self, aside: Path) -> list[Offer]:
        # Merging what was kept apart into the file belongs here as well.
        return [
            (_say("Publisher", "Show what was kept"), lambda: self._window.open_path(aside)),
            (_say("Publisher", "Let it go…"), lambda: self._ask_to_delete(aside)),
        ]

    def _ask_to_delete(self, aside: Path) -> None:
        self._window.offer(
            _say("Publisher", "Shall the steps that were kept apart be deleted for good? They may lie nowhere else."),
            "",
            (_say("Publisher", "Delete them"), lambda: self._delete(aside)),
            (_say("Publisher", "Keep them"), self._window.notices.dismiss),
        )

    def _delete(self, aside: Path) -> None:
        with suppress(OSError):
            aside.unlink()
        self._window.notices.sit_down()
        if self._publishing.aside:
            self.greet()
            return
        self._window.banner(_say("Publisher", "They were deleted. The board itself was not touched."))

    def _changed(self) -> None:
        self._new, self._newer, self._may_leave = True, self._running is not None, False
        if not self.is_overtaken:
            self._timer.start(REST)
        self._tell()

    def begin(self) -> None:
        """Put the board back to its place, beside the window, where there is something new."""
        if self._running is not None or self._window.session.busy:
            self._timer.start(REST)
            return
        self._newer = False
        self._worker = ThreadPoolExecutor(1)
        self._running = self._worker.submit(self._work)
        self._look.start()

    def _work(self) -> bool:
        published = self._publishing.publish()
        if not published and self._publishing.has_moved_on():
            self._publishing.check()
        return published

    def _end(self) -> None:
        running = self._running
        if running is None or not running.done():
            return
        self._rest()
        try:
            running.result()
        except EvidenceBoardError as error:
            self._hindered(error)
        else:
            self._done()

    def _rest(self) -> None:
        self._look.stop()
        self._running = None
        if self._worker is not None:
            self._worker.shutdown()
            self._worker = None

    def _done(self) -> None:
        self._new = self._newer
        if self.trouble is not None:
            self.trouble = None
            self._window.notices.sit_down()
        self._timer.start(REST if self._new else AGAIN)
        self._tell()

    def _hindered(self, error: EvidenceBoardError) -> None:
        news = str(self.trouble) != str(error)
        self.trouble = error
        if not isinstance(error, StaleFileError):
            self._timer.start(AGAIN)
        if news:
            self._stand(error)
        self._tell()

    def _stand(self, error: EvidenceBoardError) -> None:
        window = self._window
        if isinstance(error, StaleFileError):
            offers = keeping.ways_out(window, error)
            if not self._new:
                # Nothing of one's own would be lost: the other one may simply take the place.
                offers = [(_say("Publisher", "Show the file as it is now"), lambda: keeping.open_anew(window))]
        else:
            offers = [(_say("Publisher", "Try again"), self.begin)]
        window.notices.stand(error.message, error.hint, offers=offers, alarm=True)

    def _tell(self) -> None:
        at = published_at(self._publishing)
        if self._new:
            said = _say("Publisher", "on this machine, not published yet")
        else:
            said = _say("Publisher", "published {time}").format(time=at) if at else _say("Publisher", "published")
        self._window.status.tell_published(said, alarm=self._new and self.trouble is not None)
        self._window.status.tell_saved(self._window.session)

    def publish_now(self) -> bool:
        """Put the board back now, with a bar where it takes long; return whether all is at its place."""
        try:
            beside.look_up(self._window, self._publishing.publish, _say("Publisher", "Putting the board back…"))
        except StoppedError:
            return False
        except EvidenceBoardError as error:
            self.trouble = error
            self._stand(error)
            self._tell()
            return False
        self._newer = False
        self._done()
        return True

    def said(self) -> str:
        """Return where the board is now, in a sentence."""
        at = published_at(self._publishing)
        if not at:
            return _say("Publisher", "What lies at its place is the same as here.")
        return _say("Publisher", "It was put back to its place at {time}.").format(time=at)

    def may_leave(self) -> bool:
        """Put the board back before the window closes; where that fails say so, and let it close the second time."""
        if self._may_leave or not self._new or self.publish_now():
            return True
        self._may_leave = True
        window = self._window
        later = _say(
            "Publisher", "They are put back when you open the board here again. Close once more to leave it so."
        )
        if self.is_overtaken:
            later = _say("Publisher", "They are offered when you open the board again. Close once more to leave it so.")
        window.notices.say(
            _say(
                "Publisher", "Your steps could not be put back to where the board lies; they are safe on this machine."
            ),
            later,
            alarm=True,
            offers=[(_say("Publisher", "Save a copy…"), lambda: window.run("save_copy"))],
        )
        return False

    def stop(self) -> None:
        """Publish no more: the window closes."""
        self._timer.stop()
        self._rest()
