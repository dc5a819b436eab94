"""Files dropped onto a window: a board is opened, compared or merged, what other programs wrote is taken in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtGui import QDropEvent

from evidenceboard.ui.board import doings
from evidenceboard.ui.board.drops import can_import
from evidenceboard.ui.plain import one_line

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window

_say = QCoreApplication.translate
_KINDS: Final = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


def take(event: QEvent, window: Window, *, imports: bool = False) -> bool:
    """Accept an event of dragging that brings nothing but boards; when they are let go, one is asked about.

    `imports`: also what an import reads, which is then taken into the window.
    """
    if event.type() not in _KINDS or not isinstance(event, QDropEvent) or not (paths := _files_in(event)):
        return False
    boards = all(path.suffix == ".db" for path in paths)
    if not boards and not (imports and can_import(paths)):
        return False
    event.acceptProposedAction()
    if event.type() == QEvent.Type.Drop:
        if not boards:
            take_in(window, paths)
        elif len(paths) == 1 and paths[0].resolve() != window.session.path.resolve():
            ask(window, paths[0])
        else:
            for path in paths:
                window.open_path(path)
    return True


def ask(window: Window, path: Path) -> None:
    """Ask above the board what to do with a board that was dropped: open, compare or merge it."""
    from evidenceboard.ui import comparing, merging  # loaded when somebody drops a board

    offers = [
        (_say("Dropped", "Open"), lambda: window.open_path(path)),
        (_say("Dropped", "Compare"), lambda: _after(window, lambda: comparing.compare(window, path))),
    ]
    if not window.session.read_only:
        offers.append((_say("Dropped", "Merge in…"), lambda: _after(window, lambda: merging.take_in(window, path))))
    said = _say("Dropped", "What shall be done with {name}?").format(name=one_line(path.name, 80))
    window.offer(said, _say("Dropped", "Nothing was changed yet."), *offers)


def _after(window: Window, act: Callable[[], object]) -> None:
    """Do what was chosen, and take the question away."""
    window.notices.dismiss()
    act()


def take_in(window: Window, paths: list[Path]) -> None:
    """Take files into a window, as soon as the hand has let go of them."""
    # What knows all formats takes a while to load, so no window waits for it.
    from evidenceboard.ui import imports

    if doings.may_change(window.board.surface):
        QTimer.singleShot(0, window, lambda: imports.take_in_dropped(window, paths))


def _files_in(event: QDropEvent) -> list[Path]:
    urls = event.mimeData().urls()
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return paths if len(paths) == len(urls) else []
