"""Seeing less of a board: focus on a neighbourhood, the path between two cards, the filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidenceboard.ui.actions import action
from evidenceboard.ui.board.focus import FARTHEST

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window


def _can_focus(window: Window) -> bool:
    return bool(window.selection.cards or window.board.focus.starts)


@action("focus", "Focus on this", "View", shortcut="Ctrl+J", enabled=_can_focus,
        help="Only the selected cards and what is linked to them; again: 2 steps, then 3")  # fmt: skip
def focus(window: Window) -> None:
    window.board.focus.begin()


def _stepper(steps: int) -> None:
    @action(f"focus_{steps}", "Focus: 1 step" if steps == 1 else f"Focus: {steps} steps", "View", enabled=_can_focus,
            checked=lambda window: bool(window.board.focus.starts) and window.board.focus.steps == steps,
            help="How far from the selected cards one sees")  # fmt: skip
    def step(window: Window) -> None:
        window.board.focus.go(steps)


for _steps in range(1, FARTHEST + 1):
    _stepper(_steps)


@action("focus_evidence", "Focus along evidence only", "View", enabled=lambda window: bool(window.board.focus.starts),
        checked=lambda window: window.board.focus.evidence,
        help="Only along links such as states, supports and bears on")  # fmt: skip
def focus_evidence(window: Window) -> None:
    window.board.focus.along_evidence(not window.board.focus.evidence)


@action("path", "Show the path between them", "View", shortcut="Ctrl+Shift+P",
        enabled=lambda window: len(window.selection.cards) == 2,
        help="All shortest ways along links between the two selected cards")  # fmt: skip
def path(window: Window) -> None:
    window.board.paths.begin()


@action("filter_board", "Filter the board…", "View", shortcut="Ctrl+Shift+F",
        help="Only the cards that fit words and filters such as type:claim")  # fmt: skip
def filter_board(window: Window) -> None:
    from evidenceboard.ui.panels.search import Search

    window.docks["search"].bring()
    panel = window.docks["search"].fill()
    if isinstance(panel, Search):
        panel.only.setChecked(True)
        panel.field.selectAll()
