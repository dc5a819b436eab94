"""Comparing the board that is open with another copy of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from evidenceboard.merge.overlaid import overlaid
from evidenceboard.model.pace import Tick
from evidenceboard.session import Session
from evidenceboard.ui import merging
from evidenceboard.ui.compare.board import laid
from evidenceboard.ui.compare.listing import listed
from evidenceboard.ui.compare.window import Compared, CompareWindow
from evidenceboard.ui.dialogs import ask
from evidenceboard.ui.plain import one_line
from evidenceboard.ui.statusline import saved_at

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window

_say = QCoreApplication.translate
_LOOKED: Final = 200
"""Operations of the other copy among which its newest author is looked for."""


def choose(window: Window) -> None:
    """Ask for another copy and compare it with this board."""
    path = ask.file_to_open(window)
    if path is not None:
        compare(window, path)


def compare(window: Window, path: Path) -> CompareWindow | None:
    """Compare this board with another copy; None, and a banner, where that cannot be read."""
    with merging.read(window, path) as theirs:
        return show(window, theirs) if theirs is not None else None


def show(window: Window, theirs: Session) -> CompareWindow | None:
    """Show this board and an open copy over each other. Both are only read."""
    name = side_name(window.session, theirs)

    def work(tick: Tick) -> Compared:
        made = overlaid(window.document, theirs.document, tick)
        board = laid(made, window.board_id)
        tick(0.8)
        return Compared(made, board, listed(made))

    made = window.look_up(work, _say("Comparing", "Comparing the two…"))
    if made is None:
        return None
    said = _say("Comparing", "Yours: {mine}, saved {at}.  Theirs: {theirs}, saved {then}. Nothing here changes either.")
    said = said.format(
        mine=one_line(window.session.path.name, 60), at=saved_at(window.session),
        theirs=one_line(theirs.path.name, 60), then=saved_at(theirs),
    )  # fmt: skip
    shown = CompareWindow(window, made, theirs.path, name, said)
    shown.show()
    return shown


def side_name(mine: Session, theirs: Session) -> str:
    """Return what the other side is called: its newest author with a name who is not this one, else its file."""
    for operation, _ in theirs.history(_LOOKED):
        if operation.author_id != mine.author_id and (name := one_line(theirs.author_name(operation.author_id), 30)):
            return _say("Comparing", "the copy of {name}").format(name=name)
    return one_line(theirs.path.name, 40)
