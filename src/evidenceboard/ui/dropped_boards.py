"""Files that are dropped onto a window: boards open in windows of their own, what other programs wrote is taken in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtGui import QDropEvent

from evidenceboard.ui.board.drops import can_import

_KINDS: Final = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


def take(event: QEvent, open_path: Callable[[Path], None], take_in: Callable[[list[Path]], None] | None = None) -> bool:
    """Accept an event of dragging that brings nothing but boards, and open them when they are let go.

    With `take_in` also what an import reads.
    """
    if event.type() not in _KINDS or not isinstance(event, QDropEvent) or not (paths := _files_in(event)):
        return False
    boards = all(path.suffix == ".db" for path in paths)
    if not boards and (take_in is None or not can_import(paths)):
        return False
    event.acceptProposedAction()
    if event.type() == QEvent.Type.Drop:
        if boards:
            for path in paths:
                open_path(path)
        elif take_in is not None:
            take_in(paths)
    return True


def _files_in(event: QDropEvent) -> list[Path]:
    urls = event.mimeData().urls()
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return paths if len(paths) == len(urls) else []
