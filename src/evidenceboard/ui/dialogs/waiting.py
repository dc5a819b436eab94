"""Long work on the main thread with a window that stays alive: a bar and a way to stop it after half a second."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QWidget

from evidenceboard.render.progress import stopped
from evidenceboard.ui.plain import progress_box

AFTER: Final = 500
"""Milliseconds after which the bar shows."""
_EACH: Final = 0.03
_STEPS: Final = 1000


@contextmanager
def waiting(parent: QWidget, words: str) -> Iterator[Callable[[float], None]]:
    """Give what takes the share that is done, 0 to 1. It raises `StoppedError` once the user wants to stop."""
    box = progress_box(words, QCoreApplication.translate("Waiting", "Stop"), _STEPS, parent)
    box.setObjectName("waiting")
    box.setWindowModality(Qt.WindowModality.WindowModal)
    box.setMinimumDuration(AFTER)
    box.setAutoClose(False)
    box.setAutoReset(False)
    last = 0.0

    def progress(share: float) -> None:
        nonlocal last
        if monotonic() - last >= _EACH:
            box.setValue(min(_STEPS - 1, round(share * _STEPS)))
            QApplication.processEvents()
            last = monotonic()
        if box.wasCanceled():
            raise stopped()

    try:
        yield progress
    finally:
        box.close()
        box.deleteLater()
