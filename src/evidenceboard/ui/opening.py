"""Opening a large board: first what was looked at last, then its whole picture, then all that it says, bit by bit."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeGuard

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.model.geometry import Geometry
from evidenceboard.model.giving_back import give_back
from evidenceboard.model.routes import Routes
from evidenceboard.model.scene import Scene
from evidenceboard.model.thinning import Thinning
from evidenceboard.session import Session
from evidenceboard.ui import docks, settings, turn
from evidenceboard.ui.shell import Shell

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window

STAGED_FROM: Final = 4 * 1024 * 1024
"""Bytes of a file from which on it is opened in stages; a smaller one is there at once."""
_TURN: Final = 0.005
"""Seconds of reading in one turn of the event loop."""
_LONGEST_WAIT: Final = 1.0
"""Seconds that reading waits for a picture that is being painted; somebody may move the view for minutes."""
_TURNS: Final = 8
"""Turns of the event loop after which the end waits no longer for one in which nothing else works."""
_PATIENCE: Final = 2
"""Milliseconds between two looks at whether cards and lines are known."""
_EVERY: Final = 100
"""Milliseconds between two reports of how far the reading is."""


def is_large(path: Path) -> bool:
    """Tell whether a file is opened in stages."""
    try:
        return path.stat().st_size > STAGED_FROM
    except OSError:
        return False


def first_geometry(session: Session, board_id: str) -> Geometry | None:
    """Return what a board shows where it was left, with the file still being read; None where all of it is there.

    Of a board that was never looked at nothing is shown before its whole picture is known.
    """
    if session.reading is None:
        return None
    made = _last_seen(session, board_id)
    session.arrival.look_ahead(board_id)
    return made


def _last_seen(session: Session, board_id: str) -> Geometry:
    cameras = settings.place_of(session.path).get("cameras")
    known = cameras.get(board_id) if isinstance(cameras, dict) else None
    if not is_camera(known):
        return Geometry(whole=False)
    zoom, x, y = known
    screen = QGuiApplication.primaryScreen().availableSize()
    wide, high = screen.width() / zoom, screen.height() / zoom
    return session.arrival.near(board_id, (x - wide / 8, y - high / 8, x + wide * 9 / 8, y + high * 9 / 8))


def is_camera(known: Any) -> TypeGuard[list[float]]:
    """Tell whether what is remembered of a board is a zoom and an upper left corner."""
    return isinstance(known, list) and len(known) == 3 and all(isinstance(n, (int, float)) for n in known)


def read_on(window: Window) -> Opening:
    """Read the rest of a window's file after its first frame."""
    surface = window.board.surface
    opening = Opening(window, lambda: surface.is_whole, surface.is_settled, window)

    def end() -> None:
        window.tell_state()
        window.greet()
        docks.fill_shown(window)
        window.bridge.ready.emit()

    def begin() -> None:
        surface.settled.disconnect(begin)
        opening.start()

    opening.seen.connect(surface.complete)
    opening.moved.connect(lambda: window.status.tell_saved(window.session))
    opening.went_on.connect(window.finder.begin)
    opening.done.connect(end)
    opening.failed.connect(lambda said, hint: window.banner(said, hint, alarm=True))
    surface.settled.connect(begin)
    return opening


class Opening(QObject):
    """Read on after the first frame, with the window alive.

    `seen` gives the whole picture of the board that is shown, `went_on` that records may have come, `moved` now and
    then that it is further; `done` tells that everything is there, `failed` in words why it never will be.
    """

    seen = Signal(object, object, object)
    moved = Signal()
    went_on = Signal()
    done = Signal()
    failed = Signal(str, str)

    def __init__(
        self, shell: Shell, is_whole: Callable[[], bool], is_sharp: Callable[[], bool], parent: QObject
    ) -> None:
        """`is_whole` tells whether the picture of the shown board is complete, `is_sharp` whether it is painted."""
        super().__init__(parent)
        self._shell = shell
        self._is_whole = is_whole
        self._is_sharp = is_sharp
        self._waiting_since = 0.0
        self._put_off = 0
        self._session = shell.session
        self._looks: Iterator[Geometry] | None = None
        self._board_id = ""
        self._worker: ThreadPoolExecutor | None = None
        self._lines: Future[tuple[Scene, Routes, Thinning]] | None = None
        self._unplaced: Scene | None = None
        """A scene that does not know its cards and links by their ids yet: that waits for the picture as well."""
        self._unsorted: Scene | None = None
        """A scene that does not know its links by their ends either."""
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._work)
        self._report = QTimer(self)
        self._report.setInterval(_EVERY)
        self._report.timeout.connect(self.moved)

    def start(self) -> None:
        """Begin to read on."""
        # Looking for garbage among a million new records again and again would take longer than reading them.
        gc.disable()
        self._timer.start()
        self._report.start()

    def stop(self) -> None:
        """Read no further: the window closes, or everything is there."""
        if self._timer.isActive():
            self._timer.stop()
            self._report.stop()
            gc.freeze()
            gc.enable()
            QTimer.singleShot(_PATIENCE, give_back)  # takes as long as filling a panel, so in a turn of its own
        # Whoever reads ahead for it has to be done before the file is closed.
        self._looks = None
        worker, self._worker, self._lines = self._worker, None, None
        if worker is not None:
            worker.shutdown(cancel_futures=True)

    def _work(self) -> None:
        try:
            if self._lines is None and not self._is_whole():
                self._look()
            elif self._lines is not None:
                self._take_lines()
            elif not self._read_on() and not self._puts_off():
                with turn.share(_TURN, first=True):
                    self.stop()
                    self.done.emit()
        except EvidenceBoardError as error:
            self.stop()
            self.failed.emit(error.message, error.hint)

    def _waits_for_the_picture(self) -> bool:
        """Tell whether the picture comes first: workers that read take Python's lock from what paints it."""
        now = time.perf_counter()
        if self._is_sharp():
            self._waiting_since = now
            return False
        return now - self._waiting_since < _LONGEST_WAIT

    def _puts_off(self) -> bool:
        """Tell whether the end, which fills panels, waits for a turn in which nothing else has worked."""
        self._put_off += 1
        return turn.is_used() and self._put_off < _TURNS

    def _read_on(self) -> bool:
        if self._waits_for_the_picture():
            return True
        if self._unsorted is not None and self._worker is not None:
            # Nothing is changed before all has been read, and then the worker is waited for.
            self._worker.submit(self._unsorted.sort_links)
            self._unsorted = None
        with turn.share(_TURN) as end:
            # A worker reads; meanwhile it is noted which card stands where.
            more = self._session.read_on(0.0 if self._unplaced is not None else end - time.perf_counter())
            self.went_on.emit()
            while self._unplaced is not None and time.perf_counter() < end:
                if not self._unplaced.places.note():
                    self._unplaced = None
        return more or self._unplaced is not None

    def _look(self) -> None:
        if self._looks is None or self._shell.board_id != self._board_id:
            self._board_id = self._shell.board_id
            self._looks = self._session.arrival.geometry(self._board_id)
            # Workers find it out, which lets the window go on meanwhile.
            self._timer.setInterval(_PATIENCE)
        made = next(self._looks)
        if not made.whole:
            return
        self._looks = None
        document = self._shell.document
        self._worker = ThreadPoolExecutor(1)
        # Where the lines lie is work for numpy alone, which lets the window go on too; reading would not.
        self._lines = self._worker.submit(lambda: _with_lines(Scene(document, self._board_id, made, placed=False)))

    def _take_lines(self) -> None:
        if self._lines is not None and self._lines.done():
            scene, routes, thinning = self._lines.result()
            self._lines = None
            self._timer.setInterval(0)
            self._waiting_since = time.perf_counter()
            if self._shell.board_id == self._board_id:
                self.seen.emit(scene, routes, thinning)
            self._unplaced = self._unsorted = scene


def _with_lines(scene: Scene) -> tuple[Scene, Routes, Thinning]:
    give_back()
    lines = Routes(scene)
    give_back()
    scene.sort_cards()
    scene.order()  # is asked for at the first look, and kept
    return scene, lines, Thinning(scene, lines)
