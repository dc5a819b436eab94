"""Files that are dropped onto a window: boards open in windows of their own, what other programs wrote is taken in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QDropEvent

from evidenceboard.ui.board import doings
from evidenceboard.ui.board.drops import can_import

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window

_KINDS: Final = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


def take(event: QEvent, open_path: Callable[[Path], object], window: Window | None = None) -> bool:
    """Accept an event of dragging that brings nothing but boards, and open them when they are let go.

    With a window also what an import reads, which is then taken into it.
    """
    if event.type() not in _KINDS or not isinstance(event, QDropEvent) or not (paths := _files_in(event)):
        return False
    boards = all(path.suffix == ".db" for path in paths)
    if not boards and (window is None or not can_import(paths)):
        return False
    event.acceptProposedAction()
    if event.type() == QEvent.Type.Drop:
        if boards:
            for path in paths:
                open_path(path)
        elif window is not None:
            take_in(window, paths)
    return True


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
