"""Board files that are dropped onto a window: each opens in a window of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtGui import QDropEvent

_KINDS: Final = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


def take(event: QEvent, open_path: Callable[[Path], None]) -> bool:
    """Accept an event of dragging that brings nothing but boards, and open them when they are let go."""
    if event.type() not in _KINDS or not isinstance(event, QDropEvent) or not (boards := _boards_in(event)):
        return False
    event.acceptProposedAction()
    if event.type() == QEvent.Type.Drop:
        for path in boards:
            open_path(path)
    return True


def _boards_in(event: QDropEvent) -> list[Path]:
    urls = event.mimeData().urls()
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return paths if paths and len(paths) == len(urls) and all(path.suffix == ".db" for path in paths) else []
