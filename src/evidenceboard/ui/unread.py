"""Sources that stay unread: Qt for Python looks through the text of every module that is imported after it."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def leave_sources_unread() -> None:
    """Take it for granted that no module asks for other names of Qt's functions, as in a program without sources.

    Reading the text of some hundred modules to find that out takes a tenth of the start, and all of it is kept.
    """
    import_module("PySide6.QtCore")
    features: Any = import_module("shibokensupport.feature")
    if hasattr(features, "_mod_uses_pyside"):
        features._mod_uses_pyside = _asks_for_nothing


def _asks_for_nothing(module: object) -> bool:
    return False
