"""The event loop, turned by hand so that each turn can be timed."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop

from evidenceboard.model import giving_way

_REST: Final = 0.0005


def turned() -> bool:
    """Let the event loop turn once; tell whether anything came."""
    came = QAbstractEventDispatcher.instance().processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
    # Where a loop may sleep, it tells when a turn ends.
    giving_way.let_pass()
    return came


def rest() -> None:
    """Wait after a turn in which nothing came, as the loop of the program sleeps until something comes.

    A loop that spins takes Python from the workers, and a processor from what works beside the window.
    """
    time.sleep(_REST)
