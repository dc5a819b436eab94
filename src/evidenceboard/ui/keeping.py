"""Whether a window still holds its file: what is said, and offered, where that was moved, replaced or given free."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from evidenceboard.errors import EvidenceBoardError, SaveFailedError, StaleFileError
from evidenceboard.ui import looked_over, publisher, settings
from evidenceboard.ui.dialogs import ask
from evidenceboard.ui.notices import Offer
from evidenceboard.ui.plain import one_line

if TYPE_CHECKING:
    from evidenceboard.ui.panels.field_row import FieldRow
    from evidenceboard.ui.window import Window

EVERY: Final = 2000
"""Milliseconds between two looks at the file."""
_say = QCoreApplication.translate


def greet(window: Window) -> None:
    """Say what has to be known of the file before one begins."""
    session = window.session
    if session.reading is not None or session.hold.entry.waits or session.is_past:
        return
    if session.read_only:
        said = _say("Window", "This board is open for reading only: {why}. Nothing here changes it.")
        if session.hold.waits:
            hint = _say("Window", "As soon as it is closed there, you can go on here; or save a copy to work on.")
        else:
            hint = _say("Window", "Save a copy to work on.")
        copy = (_say("Window", "Save a copy…"), lambda: window.run("save_copy"))
        window.notices.stand(said.format(why=session.read_only), hint, offers=[copy])
    elif window.watch.publisher is not None:
        window.watch.publisher.greet()
    elif session.hold.entry.findings:
        looked_over.tell(window)
    elif session.problems:
        said = _say("Window", "{n} values in this file are not as they should be; they are shown as they can be read.")
        window.banner(said.format(n=len(session.problems)), _say("Window", "Nothing was changed in the file."))


def ways_out(window: Window, lost: StaleFileError) -> list[Offer]:
    """Return what can be done where the file is not the one of this window any more, the likeliest first."""
    save = (_say("Keeping", "Save as…"), lambda: save_as(window))
    now_at = lost.now_at
    if now_at is not None:
        return [(_say("Keeping", "Open it there"), lambda: go_on_with(window, now_at)), save]
    if lost.became == "gone":
        return [save]
    merge = (_say("Keeping", "Merge…"), lambda: _merge(window))
    return [save, merge, (_say("Keeping", "Show the file as it is now"), lambda: show_beside(window))]


def save_as(window: Window) -> None:
    """Ask for another place, write everything there, and go on with it."""
    path = ask.place_for_copy(window, window.session.path)
    if path:
        window.told(lambda: save_as_to(window, path))


def save_as_to(window: Window, path: Path) -> None:
    """Write everything to another place, with what is typed and not saved, and go on there. Raises where refused."""
    window.session.save_copy(path)
    go_on_with(window, path)


def _merge(window: Window) -> None:
    from evidenceboard.ui import merging  # not needed by a window that opens

    merging.from_the_place(window)


def go_on_with(window: Window, path: Path) -> None:
    """Show another file in place of this window; what was being written here is written there."""
    shown = _in_place(window, path)
    if shown is None:
        return
    pending = window.board.editor.hand_over()
    if pending is not None and not pending(shown.perform):
        return  # that window says why; the text still stands in this one
    window.watch.may_go = True
    window.close()


def _in_place(window: Window, path: Path) -> Window | None:
    """Show a file where a window stands, with the same board in view; None where it is refused."""
    window.session.hold.is_now_at(path)  # then what is being typed can be written there at once
    # Else the new window might find the very same file held by this one.
    window.session.hold.let_go()
    settings.remember_place(path, {"board": window.board_id, **window.board.stands()})
    shown = window.show_path(path)
    if shown is not None:
        shown.setGeometry(window.geometry())
    return shown


def show_beside(window: Window) -> None:
    """Show what lies at the place of the file now, beside this window, which stays as it is."""
    # Else the new window would find the very same file held by this one.
    window.session.hold.let_go()
    window.show_path(window.session.path)


def open_anew(window: Window) -> None:
    """Show the file as it is now in place of this window, for writing where nobody else holds it."""
    window.watch.may_go = True
    if _in_place(window, window.session.path) is None:
        window.watch.may_go = False
        return
    window.close()


class Watch(QObject):
    """Look at the file of a window again and again, so that what happened to it is known before the next change."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.lost: StaleFileError | None = None
        """Why the file is not the one of this window any more."""
        self.may_go = False
        """Whether the window may close although what it shows lies nowhere else: the user knows it."""
        self.looked_over = looked_over.LookedOver(window) if window.session.hold.entry.waits else None
        """What has the file looked over; None where that is not needed."""
        self.publisher = publisher.of(window)
        """What puts a board that is worked on through a copy back to its place, else None."""
        self._told = ""
        self._typed = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @property
    def has_its_file(self) -> bool:
        """Tell whether what the window shows is what lies at the place of its file."""
        shows_it = self.lost is None and not self.may_go and not self._window.session.is_past
        return shows_it and (self.publisher is None or not self.publisher.is_overtaken)

    def look(self) -> None:
        """Look at the file now, and say what has become of it."""
        session = self._window.session
        if session.reading is not None or session.busy or session.in_transaction or session.hold.entry.waits:
            return
        if session.is_past:
            return  # the window of what is there now looks after the file
        if self.publisher is not None and self.publisher.is_overtaken:
            return  # that stands above the board, and the copy may be put aside
        if session.read_only:
            self._look_for_room()
            return
        try:
            session.look_at_file()
        except StaleFileError as error:
            self.tell(error, again=False)
        except EvidenceBoardError:
            return  # it was told when it happened, and is looked at again
        else:
            self._found_again()
            self._retry()

    def refused(self, error: EvidenceBoardError) -> None:
        """Say why something was not done, and what can be done."""
        window = self._window
        if isinstance(error, StaleFileError):
            self.tell(error)
            return
        offers: list[Offer] = []
        if isinstance(error, SaveFailedError):
            self._typed = True  # it may be text, which waits in its editor
            QTimer.singleShot(0, self, self.tell_typed)
            offers = [(_say("Window", "Save a copy…"), lambda: window.run("save_copy"))]
        window.notices.say(error.message, error.hint, alarm=True, offers=offers)

    def changed(self) -> None:
        """Look whether what was typed is saved now: the file has taken a change."""
        if self._typed:
            QTimer.singleShot(0, self, self.tell_typed)  # when its editor knows it

    def tell_typed(self) -> None:
        """Say in the line below where something that was typed is not saved."""
        if self._typed and self.lost is None:
            self._typed = self._window.board.editor.unsaved or bool(self._rows())
            self._window.status.tell_trouble(_say("Keeping", "Not saved yet: what you typed") if self._typed else "")
            self._window.status.tell_saved(self._window.session)

    def _rows(self) -> list[FieldRow]:
        if "evidenceboard.ui.panels.field_row" not in sys.modules:
            return []
        from evidenceboard.ui.panels.field_row import FieldRow

        return [row for row in self._window.findChildren(FieldRow) if row.waits]

    def _retry(self) -> None:
        """Write once more what the file did not take; the editor on the board does so by itself."""
        if self._typed:
            for row in self._rows():
                row.try_again()
            self.tell_typed()

    def tell(self, lost: StaleFileError, *, again: bool = True) -> None:
        """Say what has become of the file, and what can be done; `again` also where that was said already."""
        window = self._window
        news = self.lost is None or (self.lost.became, self.lost.now_at) != (lost.became, lost.now_at)
        self.lost = lost
        if news:
            hint = lost.hint
            if lost.now_at is not None:
                hint = _say("Keeping", "It lies at {place} now.").format(place=one_line(str(lost.now_at), 120))
            window.notices.stand(lost.message, hint, offers=ways_out(window, lost), alarm=True)
            window.status.tell_trouble(_say("Keeping", "Nothing is saved now, see above"))
        elif again:
            window.notices.stand_again()

    def _found_again(self) -> None:
        if self.lost is None:
            return
        self.lost = None
        self.may_go = False
        self._window.notices.sit_down()
        self._window.status.tell_trouble("")
        self._window.status.tell_saved(self._window.session)
        self._window.banner(_say("Keeping", "The file is back at its place; every change is saved again."))

    def _look_for_room(self) -> None:
        """Offer to go on where the one who held the file has closed it, or has changed it meanwhile."""
        window = self._window
        session = window.session
        if session.hold.waits and session.hold.is_free():
            news = "free"
            said = _say("Keeping", "This board has been closed where it was open; you can change it here now.")
            hint, offer = "", _say("Keeping", "Open for writing")
        elif session.hold.is_outdated():
            news = "outdated"
            said = _say("Keeping", "This board has been changed since you opened it; you see it as it was before.")
            hint, offer = _say("Keeping", "It is still open for reading only."), _say("Keeping", "Show the newest")
        else:
            return
        if news != self._told:
            self._told = news
            window.notices.stand(said, hint, offers=[(offer, lambda: open_anew(window))])

    def stop(self) -> None:
        """Look no more: the window closes."""
        self._timer.stop()
        if self.looked_over is not None:
            self.looked_over.stop()
        if self.publisher is not None:
            self.publisher.stop()

    def may_close(self) -> bool:
        """Tell whether the window may close; the first time say that what it shows lies nowhere else."""
        if self.publisher is not None and not self.may_go and not self.publisher.may_leave():
            return False
        if self.lost is None or self.may_go or self.lost.became == "moved" or not self._window.session.has_written:
            return True
        self.may_go = True
        window = self._window
        window.notices.say(
            _say("Keeping", "What you see lies in no file any more, so it is lost when this window closes."),
            _say("Keeping", "Save it under another name first, or close the window once more to let it go."),
            alarm=True,
            offers=ways_out(window, self.lost),
        )
        return False
