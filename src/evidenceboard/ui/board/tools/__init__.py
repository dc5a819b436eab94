"""One file per gesture. The surface asks the tools in this order who takes the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidenceboard.ui.board.tools.connect import Connect
from evidenceboard.ui.board.tools.drag import Drag
from evidenceboard.ui.board.tools.pan import Pan
from evidenceboard.ui.board.tools.rehang import Rehang
from evidenceboard.ui.board.tools.resize import Resize
from evidenceboard.ui.board.tools.select import Select
from evidenceboard.ui.board.tools.tool import Tool

if TYPE_CHECKING:
    from evidenceboard.ui.board.surface import Surface


def make_tools(surface: Surface) -> list[Tool]:
    """Return the tools of a board, those that claim the smallest places first."""
    return [Pan(surface), Rehang(surface), Connect(surface), Resize(surface), Drag(surface), Select(surface)]
