"""Time on the board: playing what was known, and seeing everything again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidenceboard.ui.actions import action
from evidenceboard.ui.sight import TIMELINE

if TYPE_CHECKING:
    from evidenceboard.ui.panels.timeline import Timeline
    from evidenceboard.ui.window import Window


def _timeline(window: Window) -> Timeline:
    """Open the timeline and return it."""
    from evidenceboard.ui.panels.timeline import Timeline

    dock = window.docks["timeline"]
    if dock.isHidden():
        dock.bring()
    made = dock.fill()
    if not isinstance(made, Timeline):
        raise TypeError(type(made))
    return made


@action(
    "play_reports",
    "Play by date of report",
    "View",
    help="Show on the board, day by day, what was known: in the order in which it was reported",
)
def play_reports(window: Window) -> None:
    _timeline(window).start_playing()


@action(
    "end_time",
    "End the span of time",
    "View",
    enabled=lambda window: window.sight.is_wished(TIMELINE),
    help="End what is brushed or played on the timeline: the whole board is bright again",
)
def end_time(window: Window) -> None:
    _timeline(window).end()
