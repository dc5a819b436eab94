"""The event loop, turned by hand so that each turn can be timed."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop

_REST: Final = 0.0005


def turned() -> bool:
    """Let the event loop turn once; tell whether anything came."""
    return QAbstractEventDispatcher.instance().processEvents(QEventLoop.ProcessEventsFlag.AllEvents)


def rest() -> None:
    """Wait after a turn in which nothing came, as the loop of the program sleeps until something comes.

    A loop that spins takes Python from the workers, and a processor from what works beside the window.
    """
    time.sleep(_REST)
