"""Every action of the window: importing this is what registers those of each `do_….py` file, in their order."""

from __future__ import annotations

from typing import Final

from evidenceboard.ui import (
    do_board,
    do_declutter,
    do_edit,
    do_file,
    do_help,
    do_joining,
    do_layout,
    do_marking,
    do_origins,
    do_past,
    do_style,
    do_suppose,
    do_time,
    do_view,
)
from evidenceboard.ui.actions import ACTIONS

__all__ = ["ACTIONS", "REGISTERED"]

REGISTERED: Final = (
    do_file,
    do_edit,
    do_marking,
    do_joining,
    do_view,
    do_style,
    do_time,
    do_past,
    do_declutter,
    do_origins,
    do_board,
    do_layout,
    do_suppose,
    do_help,
)
"""The modules whose actions the menus, the shortcuts and the command palette offer."""
