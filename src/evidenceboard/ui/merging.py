"""Taking in another copy of a board: it is read, one sees what would come, and one operation takes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QTimer

from evidenceboard import merge
from evidenceboard.errors import EvidenceBoardError
from evidenceboard.model.pace import Tick, from_to
from evidenceboard.session import Session
from evidenceboard.ui import beside, docks, keeping
from evidenceboard.ui.board import doings
from evidenceboard.ui.dialogs import ask
from evidenceboard.ui.name_strip import asked_before
from evidenceboard.ui.plain import one_line
from evidenceboard.ui.window import windows

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window

_say = QCoreApplication.translate
_PATIENCE: Final = 50
"""Milliseconds between two looks at whether a window may write."""


def choose(window: Window) -> None:
    """Ask for another copy of the board and take it in."""
    path = ask.file_to_open(window)
    if path is not None:
        take_in(window, path)


def take_in(window: Window, path: Path) -> None:
    """Read another copy, show what would come of it, and take it in as one operation. A refusal becomes a banner."""
    if window.session.read_only:
        doings.refuse_read_only(window.board.surface)
        return
    if not window.board.finish():
        return  # what is being written could not be saved, and the line above the board says why
    with read(window, path) as theirs:
        if theirs is None:
            return
        words = _say("Merging", "Comparing the two histories…")
        planned = window.look_up(lambda tick: _planned(window.session, theirs, tick), words)
        if planned is None:
            return
        if planned.is_empty:
            said = _say("Merging", "There is nothing to take: everything in {name} is in this board already.")
            window.banner(said.format(name=one_line(path.name, 60)))
            return
        # What knows dialogs and the comparison loads late, so that no window waits for it.
        from evidenceboard.ui import comparing
        from evidenceboard.ui.dialogs.merging import MergeDialog

        dialog = MergeDialog(window, theirs, planned)
        wanted = dialog.wanted()
        if wanted == "compare":
            comparing.show(window, theirs)
        elif wanted == "merge" and asked_before(window):
            window.told(lambda: _carry_out(window, theirs, planned))


def _planned(mine: Session, theirs: Session, tick: Tick) -> merge.Plan:
    made = merge.plan(mine, theirs)
    tick(1.0)  # who has pressed Stop meanwhile wants none of it
    return made


@contextmanager
def read(window: Window, path: Path) -> Iterator[Session | None]:
    """Open another copy for reading, beside the window; None, and a banner, where that cannot be."""
    if path.resolve() == window.session.path.resolve() and window.watch.lost is None:
        said = _say("Merging", "This is the board that is open here; choose another copy of it.")
        window.banner(said)
        yield None
        return
    theirs = window.look_up(lambda tick: opened(path, tick), _say("Merging", "Reading the other copy…"))
    if theirs is None:
        yield None
        return
    try:
        yield theirs
    finally:
        theirs.close(publish=False)


def opened(path: Path, tick: Tick) -> Session:
    """Look a board over and open it for reading; one that is stopped lets go of it. Raises `EvidenceBoardError`."""
    session = Session.open(path, read_only=True, staged=True, tick=from_to(tick, 0.0, 0.5))
    try:
        session.read_all(from_to(tick, 0.5, 1.0))
    except BaseException:
        session.close(publish=False)
        raise
    return session


def _carry_out(window: Window, theirs: Session, planned: merge.Plan) -> None:
    work = merge.begin(window.session, theirs, planned)
    if work is None:
        return
    beside.carry_out(window, work, _say("Merging", "Taking in the other copy…"))
    tell(window, planned, theirs.path.name)


def tell(window: Window, planned: merge.Plan, name: str) -> None:
    """Say what was taken and what is left to decide, with a way there and a way back."""
    count = len(planned.conflicts)
    offers = [(_say("Merging", "Undo it"), lambda: window.run("undo"))]
    if planned.by_records:
        said = _say("Merging", "{name} was compared record by record, because the two have no history in common.")
    else:
        said = _say("Merging", "1 operation taken.") if planned.taken == 1 else _say("Merging", "{n} operations taken.")
    hint = _say("Merging", "Nothing needs a decision.")
    if count:
        hint = _say("Merging", "1 field needs a decision.") if count == 1 else _say("Merging", "{n} need a decision.")
        offers.insert(0, (_say("Merging", "Show"), lambda: docks.bring(window, "conflicts")))
    window.offer(said.format(n=f"{planned.taken:,}", name=one_line(name, 60)), hint.format(n=f"{count:,}"), *offers)


def from_the_place(window: Window) -> None:
    """Save what the window shows as a copy of its own, go on there, and take in what lies at the old place now."""
    old = window.session.path
    path = ask.place_for_copy(window, old)
    if path is not None:
        window.told(lambda: from_the_place_to(window, path))


def from_the_place_to(window: Window, path: Path) -> None:
    """Do the same with a place that is known. Raises `EvidenceBoardError` where it is refused."""
    old = window.session.path
    keeping.save_as_to(window, path)
    shown = next((one for one in windows() if one.session.path == path.resolve()), None)
    if shown is None:
        raise EvidenceBoardError(_say("Merging", "The copy was written, but it could not be shown; nothing is lost."))
    _as_soon_as_it_may(shown, lambda: take_in(shown, old))


def _as_soon_as_it_may(window: Window, act: Callable[[], object]) -> None:
    """Do something when a window that has just opened is read and looked over, before which nothing is written."""
    session = window.session
    if window not in windows():
        return
    if session.reading is None and not session.hold.entry.waits:
        act()
        return
    QTimer.singleShot(_PATIENCE, window, lambda: _as_soon_as_it_may(window, act))
