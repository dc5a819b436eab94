"""Changes of any size: small ones at once, large ones written beside the window, with a bar and a way to stop them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from threading import Event
from time import sleep
from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer

from evidenceboard.errors import BusyError, StoppedError
from evidenceboard.model.changes import BULK, Change, Operation
from evidenceboard.model.document import Document
from evidenceboard.model.giving_way import give_way
from evidenceboard.model.pace import Tick
from evidenceboard.model.rearranged import moved_on
from evidenceboard.model.routes import Routes
from evidenceboard.model.scene import Scene
from evidenceboard.model.thinning import Thinning
from evidenceboard.model.transaction import TooMuchError, Transaction
from evidenceboard.model.work import Work
from evidenceboard.ui import collecting, turn
from evidenceboard.ui.dialogs.waiting import AFTER
from evidenceboard.ui.plain import progress_box

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window

T = TypeVar("T")
_MANY: Final = 100
"""Records from which on Python would look for garbage among what is made of them."""
_LOOK: Final = 15
"""Milliseconds between two looks at how far the work is."""
_STEPS: Final = 1000
_WIDE: Final = 340
"""Pixels: room for the words and for the name of the program above them."""


def perform(
    window: Window, label: str, command: Callable[[Transaction], T], group: str | None, values: dict[str, Any]
) -> T | None:
    """Run a command as one operation, beside the window where it is about more than `BULK` records.

    `n` among the values is how many records it is about; where that is not known, a large one begins anew beside the
    window. Raises `EvidenceBoardError`; None where it was stopped.
    """
    size = values.get("n", 0)
    if not (isinstance(size, int) and size > BULK):
        try:
            with _quietly(size), window.session.transaction(label, group=group, limit=BULK, **values) as transaction:
                return command(transaction)
        except TooMuchError:
            size = 0
    answer: list[T] = []

    def keep_answer(transaction: Transaction) -> None:
        answer[:] = [command(transaction)]

    work = window.session.begin(label, keep_answer, group=group, size=size, **values)
    carry_out(window, work, QCoreApplication.translate("Beside", "Changing the board…"))
    return answer[0] if answer else None


def step(window: Window, kind: str) -> None:
    """Take the last operation back, or do it again (`undo`, `redo`). Raises `EvidenceBoardError`."""
    session = window.session
    size = session.step_size(kind)
    if size <= BULK:
        with _quietly(size):
            session.undo() if kind == "undo" else session.redo()
        return
    work = session.begin_step(kind)
    if work is not None:
        words = "Taking it back…" if kind == "undo" else "Doing it again…"
        carry_out(window, work, QCoreApplication.translate("Beside", words))


def _quietly(size: object) -> AbstractContextManager[None]:
    """Return what keeps Python from looking for garbage while a hand waits for many records."""
    return collecting.held_off() if isinstance(size, int) and size >= _MANY else nullcontext()


def carry_out(window: Window, work: Work, words: str) -> Operation | None:
    """Carry out large work while the window lives, and show what came of it. Raises `EvidenceBoardError`.

    `words` are our own, never text of a file.
    """
    surface = window.board.surface
    board_id = window.board_id
    pictures: list[tuple[Scene, Routes, Thinning]] = []

    now = surface.trial.scene if surface.is_whole else None
    scale = surface.camera.view().scale

    def look(document: Document, changes: Sequence[Change]) -> None:
        # What the board will look like is worked out here too, so that the window has only to show it.
        scene = moved_on(now, changes, document) if now is not None else None
        if scene is None and document.find("boards", board_id) is not None:
            scene = Scene(document, board_id)
            scene.sort_out()
        window.selection.expect(document, scene)
        if scene is not None:
            scene.slots_as_array(window.selection.cards)
            lines = Routes(scene)
            thinning = Thinning(scene, lines)
            for _ in thinning.made_ready(scale):
                give_way()
            pictures.append((scene, lines, thinning))

    worker = ThreadPoolExecutor(1)
    try:
        with collecting.held_off():
            try:
                _wait(window, worker, lambda tick: work.run(tick, look), words)
            except BaseException:
                work.drop()
                raise
            before = [surface.scene, surface.routes, surface.picture.thinning]
            if pictures and window.board_id == board_id:
                surface.expect(*pictures[0])
            made = work.end()
        # Arrays of hundreds of megabytes are not given back while the hand waits.
        worker.submit(before.clear)
        worker.submit(work.let_go)
        return made
    finally:
        worker.shutdown(wait=False)


def look_up(window: Window, read: Callable[[Tick], T], words: str) -> T:
    """Work something out of the records, or of files, while the window lives; nothing changes the records meanwhile.

    `words` are our own. Raises `StoppedError` where the user stops it, and what `read` raises.
    """
    if window.session.reading is not None:
        raise BusyError(
            QCoreApplication.translate("Beside", "The file is still being read, so this has to wait."),
            QCoreApplication.translate("Beside", "Wait until all of it is there."),
        )
    worker = ThreadPoolExecutor(1)
    try:
        with window.session.held(), collecting.held_off():
            return _wait(window, worker, read, words)
    finally:
        worker.shutdown(wait=False)


def _wait(window: Window, worker: ThreadPoolExecutor, run: Callable[[Tick], T], words: str) -> T:
    stop = Event()
    done = 0.0

    def tick(share: float) -> None:
        nonlocal done
        done = share
        if stop.is_set():
            raise StoppedError(QCoreApplication.translate("Beside", "It was stopped; nothing was changed."))
        sleep(0)

    box = progress_box(words, QCoreApplication.translate("Waiting", "Stop"), _STEPS, window)
    box.setObjectName("waiting")
    box.setMinimumWidth(_WIDE)
    box.setWindowModality(Qt.WindowModality.WindowModal)
    box.setMinimumDuration(AFTER)
    box.setAutoClose(False)
    box.setAutoReset(False)
    box.canceled.connect(stop.set)
    loop = QEventLoop()
    running: Future[T] = worker.submit(run, tick)

    def watch() -> None:
        if running.done():
            loop.quit()
        elif not stop.is_set():
            box.setValue(min(_STEPS - 1, round(done * _STEPS)))

    timer = QTimer()
    timer.timeout.connect(watch)
    timer.start(_LOOK)
    try:
        with turn.leave():
            loop.exec()
    finally:
        timer.stop()
        box.close()
        box.deleteLater()
    return running.result()
