"""The board as it was: seeing it, going from state to state, restoring it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidenceboard.ui.actions import action

if TYPE_CHECKING:
    from evidenceboard.ui.past_window import PastWindow
    from evidenceboard.ui.window import Window


def _shows_past(window: Window) -> bool:
    return window.session.is_past


def _can_look_back(window: Window) -> bool:
    return window.session.reading is None


def _chosen(window: Window) -> str:
    """Return the step that is chosen in the history, else the one before the newest; "" where there is none."""
    from evidenceboard.ui.panels.history import History

    dock = window.docks["history"]
    shown = dock.fill() if not dock.isHidden() else None
    if isinstance(shown, History) and (step := shown.chosen()):
        return step
    ids, _ = window.session.steps.all()
    return ids[-2] if len(ids) > 1 else ids[-1]


@action(
    "see_past",
    "See the board as it was",
    "View",
    shortcut="Ctrl+Alt+H",
    enabled=_can_look_back,
    help="In a window of its own, for reading only: at the step chosen in the history, else one step back",
)
def see_past(window: Window) -> None:
    from evidenceboard.ui.past_window import show_past

    show_past(window, _chosen(window))


@action("past_back", "One step back in the history", "View", shortcut="Alt+Left", enabled=_shows_past, group="The past")
def past_back(window: PastWindow) -> None:
    window.go_to(window.past.place - 1)


@action(
    "past_forward",
    "One step forward in the history",
    "View",
    shortcut="Alt+Right",
    enabled=_shows_past,
    group="The past",
)
def past_forward(window: PastWindow) -> None:
    window.go_to(window.past.place + 1)


@action(
    "past_restore",
    "Restore the board as it is shown",
    "View",
    enabled=_shows_past,
    help="The board becomes what it was here, as one step that can be undone",
    group="The past",
)
def past_restore(window: PastWindow) -> None:
    window.restore()


@action("past_end", "Back to now", "View", enabled=_shows_past, group="The past")
def past_end(window: PastWindow) -> None:
    window.back_to_now()
