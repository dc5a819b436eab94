"""How the board is looked at: zoom, panels, boards, light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from evidenceboard import commands
from evidenceboard.model.transaction import Transaction
from evidenceboard.ui.actions import action
from evidenceboard.ui.panels import PANELS, Panel
from evidenceboard.ui.theme import theme

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window

_STEP: Final = 1.25
_PANEL_KEYS: Final = {
    "inspector": "Ctrl+I",
    "outline": "Ctrl+Shift+O",
    "table": "Ctrl+Shift+T",
    "history": "Ctrl+H",
}


def _panel(panel: Panel) -> None:
    @action(
        f"panel_{panel.id}",
        panel.title,
        "View",
        shortcut=_PANEL_KEYS.get(panel.id, ""),
        checked=lambda window: not window.docks[panel.id].isHidden(),
        help="Open or close this panel",
    )
    def toggle(window: Window) -> None:
        dock = window.docks[panel.id]
        if dock.isHidden():
            dock.bring()
        else:
            dock.close()


for _each in PANELS:
    _panel(_each)


@action("zoom_in", "Larger", "View", shortcut="Ctrl++")
def zoom_in(window: Window) -> None:
    window.board.surface.zoom_by(_STEP)


@action("zoom_out", "Smaller", "View", shortcut="Ctrl+-")
def zoom_out(window: Window) -> None:
    window.board.surface.zoom_by(1 / _STEP)


@action("zoom_100", "At 100 %", "View", shortcut="Ctrl+0")
def zoom_100(window: Window) -> None:
    window.board.surface.hundred_percent()


@action("zoom_fit", "The whole board", "View", shortcut="Ctrl+9")
def zoom_fit(window: Window) -> None:
    window.board.surface.fit()


@action("zoom_selection", "The selection", "View", shortcut="Ctrl+8", enabled=lambda window: bool(window.selection))
def zoom_selection(window: Window) -> None:
    window.board.surface.fit_selection()


def _closed_frames(window: Window) -> list[str]:
    return [frame.id for frame in window.document.frames_on(window.board_id) if frame.collapsed]


@action(
    "show_hidden",
    "Show what is hidden",
    "View",
    enabled=lambda window: bool(_closed_frames(window) or window.sight.reasons()),
    help="End focus and filter, and open all collapsed frames of this board",
)
def show_hidden(window: Window) -> None:
    closed = _closed_frames(window)
    if window.sight.reasons():
        # What one chose not to see comes back first: that changes nothing in the file.
        window.sight.show_all()
        return

    def open_all(tx: Transaction) -> None:
        for frame_id in closed:
            commands.collapse_frame(tx, frame_id, False)

    window.perform("Open {n} frames", open_all, n=len(closed))


def _look(name: str, text: str) -> None:
    @action(f"look_{name}", text, "View", checked=lambda window: theme().look == name)
    def choose(window: Window) -> None:
        theme().choose(name)


_look("system", "Colours as the system has them")
_look("light", "Light")
_look("dark", "Dark")
_look("contrast", "High contrast")


def _step_board(window: Window, step: int) -> None:
    boards = [board.id for board in window.document.boards]
    place = boards.index(window.board_id) if window.board_id in boards else 0
    window.show_board(boards[(place + step) % len(boards)])


@action("next_board", "Next board", "View", shortcut="Ctrl+PgDown", enabled=lambda w: len(w.document.boards) > 1)
def next_board(window: Window) -> None:
    _step_board(window, 1)


@action("previous_board", "Previous board", "View", shortcut="Ctrl+PgUp", enabled=lambda w: len(w.document.boards) > 1)
def previous_board(window: Window) -> None:
    _step_board(window, -1)
