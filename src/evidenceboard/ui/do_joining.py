"""Cards that look like one: looking through them, joining two that are selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidenceboard.model.records import Entity
from evidenceboard.ui.actions import action

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window


def _two(window: Window) -> tuple[str, str] | None:
    """Return the two cards of one type that are selected, or None."""
    chosen = [window.document.find("entities", one) for one in window.selection.entities(window.document)[:3]]
    if len(chosen) != 2:
        return None
    one, other = chosen
    if isinstance(one, Entity) and isinstance(other, Entity) and one.type == other.type and one.id != other.id:
        return one.id, other.id
    return None


@action("lookalikes", "Look-alikes…", "Board",
        help="Cards that may be one by name, script or address, side by side; nothing is joined by itself")  # fmt: skip
def lookalikes(window: Window) -> None:
    # Loaded when it is asked for: comparing names needs more than the first frame may take.
    from evidenceboard.ui.dialogs.lookalikes import Lookalikes

    dialog = Lookalikes(window)
    dialog.exec()
    dialog.deleteLater()


@action("join", "Join two cards…", "Edit", writes=True, enabled=lambda window: _two(window) is not None,
        help="Make one of two selected cards of one type; they can be split again any day")  # fmt: skip
def join(window: Window) -> None:
    from evidenceboard.model.doubles import double_of
    from evidenceboard.ui.dialogs.lookalikes import Lookalikes

    two = _two(window)
    if two is not None:
        dialog = Lookalikes(window, double_of(window.document, *two))
        dialog.exec()
        dialog.deleteLater()
