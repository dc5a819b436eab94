"""An evidence board: who says what, on what evidence, how surely, and which scenario it favours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evidenceboard import commands, errors
    from evidenceboard.session import Session

__version__ = "0.0.1"
__all__ = ["Session", "__version__", "commands", "errors"]


def __getattr__(name: str) -> Any:
    # Loaded late, so that `--help` and the first frame do not wait for what they do not need.
    import importlib

    if name == "Session":
        return importlib.import_module("evidenceboard.session").Session
    if name in ("commands", "errors"):
        return importlib.import_module(f"evidenceboard.{name}")
    raise AttributeError(name)
