"""How panels follow the look of the window."""

from __future__ import annotations

from collections.abc import Callable

from evidenceboard.ui.shell import Shell


def on_look(shell: Shell, dress: Callable[[], None]) -> None:
    """Call `dress` whenever the colours change, where the shell is a window that tells so."""
    changed = getattr(shell, "look_changed", None)
    if changed is not None:
        changed.connect(dress)
