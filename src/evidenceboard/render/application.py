"""Painting without a window still needs Qt's application object, for its fonts."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

_kept: list[QGuiApplication] = []


def ensure() -> None:
    """Make sure that there is an application to paint in; without a screen an invisible one is made."""
    if QCoreApplication.instance() is not None:
        return
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _kept.append(QGuiApplication(["evidenceboard"]))
